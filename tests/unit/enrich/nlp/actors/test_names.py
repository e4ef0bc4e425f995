from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.actors.reading import read


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Leeds United signed a goalkeeper.", "GBR"),
        ("The Boston Celtics lost again.", "USA"),
        ("A tanker was seized in the Gulf of Oman.", "OMN"),
        ("Two frigates left for the Indian Ocean.", "IND"),
    ],
)
def test_names_of_clubs_and_seas_are_no_states(nlp: Language, text: str, country: str) -> None:
    states = [one for one in read(nlp, text).actors.records if one.kind == "state" and one.country == country]
    assert states == []


def test_names_tell_the_state_of_georgia_by_what_only_a_state_has(nlp: Language) -> None:
    assert read(nlp, "Georgia's prime minister resigned.").code("Georgia's prime minister") == "GEO GOV"


def test_names_of_congress_are_those_of_the_country_of_the_text(nlp: Language) -> None:
    found = read(nlp, "Peru's president dissolved Congress on Monday.")
    assert "USA" not in {one.country for one in found.actors.records}


def test_names_of_halves_are_koreas_where_the_text_is_on_korea(nlp: Language) -> None:
    found = read(nlp, "Seoul offered talks, but the North's army fired a rocket.")
    assert found.of("North").country == "PRK"
    assert [one.name for one in read(nlp, "Mali said the North was calm.").actors.records] == ["Mali"]
