from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.coding import coded


def _acts(nlp: Language, text: str) -> set[tuple[str, str, str]]:
    return {
        (event.type.value, " + ".join(one.text for one in event.sources), " + ".join(one.text for one in event.targets))
        for event in coded(nlp, text).events
    }


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "The French general was arrested while visiting Nairobi by Kenyan police.",
            ("COERCE", "Kenyan police", "The French general"),
        ),
        (
            "The general was denounced as a traitor by the French government.",
            ("ACCUSE", "the French government", "The general"),
        ),
        ("The arrest by Iran of two Americans was condemned by Peru.", ("COERCE", "Iran", "two Americans")),
        (
            "A request by Tonga for vaccines was turned down by the parliament in Apia.",
            ("REQUEST", "Tonga", "the parliament"),
        ),
        ("The attack on Kabul killed eleven policemen.", ("ASSAULT", "", "eleven policemen")),
    ],
)
def test_constructions_give_who_and_whom(nlp: Language, text: str, act: tuple[str, str, str]) -> None:
    assert act in _acts(nlp, text)


def test_constructions_of_joined_verbs_share_what_follows_the_last(nlp: Language) -> None:
    found = _acts(nlp, "Police arrested, beat and jailed the Ghanaian opposition leader.")
    assert ("ASSAULT", "Police", "the Ghanaian opposition leader") in found


def test_constructions_with_not_once_are_negated(nlp: Language) -> None:
    (event,) = coded(nlp, "Not once has Germany condemned the Malian junta.").events
    assert event.polarity.value == "negated"


def test_constructions_behind_a_cited_source_are_not_what_it_says(nlp: Language) -> None:
    text = "The firm is Ghanaian, according to Germany, which on Monday condemned the Kenyan government."
    assert [event.attribution for event in coded(nlp, text).events] == [()]
