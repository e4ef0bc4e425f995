"""A capital is a city, or the government that sits there; other places never are a state."""

from __future__ import annotations

import pytest
from spacy.language import Language

from schemas.events import ActorKind
from tests.unit.enrich.nlp.actors.reading import read


@pytest.mark.parametrize(
    ("text", "mention", "code"),
    [
        ("Rebels shelled Tripoli on Monday.", "Tripoli", "LBY"),
        ("The envoy flew to Riyadh for talks.", "Riyadh", "SAU"),
        ("The mayor of Lisbon resigned.", "Lisbon", "PRT"),
        ("Lisbon said it would send doctors.", "Lisbon", "PRT GOV"),
        ("Norway urged Lisbon to sign the treaty.", "Lisbon", "PRT GOV"),
        ("Norway sent a letter to Lisbon.", "Lisbon", "PRT GOV"),
        ("Norway hit Minsk with sanctions.", "Minsk", "BLR GOV"),
    ],
)
def test_seats_are_cities_where_something_is_done_to_them(nlp: Language, text: str, mention: str, code: str) -> None:
    assert read(nlp, text).code(mention) == code


def test_seats_and_other_cities_are_no_states(nlp: Language) -> None:
    assert read(nlp, "The army shelled Goma.").of("Goma").kind is ActorKind.GROUP


@pytest.mark.parametrize(
    ("text", "mention", "code"),
    [
        ("Police in Paris, Texas, arrested a nurse.", "Police", "USA COP"),
        ("Georgia's governor vetoed the bill.", "governor", "USA GOV"),
        ("Georgia's president vetoed the bill.", "president", "GEO GOV"),
        ("Police in Tbilisi, Georgia, arrested a nurse.", "Police", "GEO COP"),
    ],
)
def test_namesakes_are_told_apart_by_what_stands_beside(nlp: Language, text: str, mention: str, code: str) -> None:
    found = [one for one in read(nlp, text).actors.records if any(mention in span.text for span in one.mentions)]
    assert [one.code for one in found] == [code]
