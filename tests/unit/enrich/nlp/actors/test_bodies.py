from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.actors.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "The National Union of Dockers went on strike. NUD accused the port of lying.",
        "The Movement for a Free Delta (MFD) burned a post. MFD threatened more.",
    ],
)
def test_bodies_join_an_acronym_to_what_it_stands_for(nlp: Language, text: str) -> None:
    found = read(nlp, text)
    acronym = text.split(". ")[1].split()[0]
    assert len(found.of(acronym).mentions) > 1


def test_bodies_call_a_known_body_by_the_noun_of_its_name(nlp: Language) -> None:
    found = read(nlp, "The Chilean Navy sank two boats. The navy had warned the smugglers.")
    assert found.code("navy") == "CHL MIL"
