from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.actors.reading import read


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("The destroyer USS Laurel shot down a drone.", "destroyer USS Laurel", "USA MIL"),
        ("HMAS Darling rescued forty sailors.", "HMAS Darling", "AUS MIL"),
        ("India said INS Sagar had sunk a boat.", "INS Sagar", "IND MIL"),
    ],
)
def test_ships_are_of_the_navy_whose_prefix_they_bear(nlp: Language, text: str, name: str, code: str) -> None:
    assert read(nlp, text).code(name) == code


def test_ships_of_an_ambiguous_prefix_have_no_country(nlp: Language) -> None:
    assert read(nlp, "INS Sagar sank a boat.").of("INS Sagar").country is None
