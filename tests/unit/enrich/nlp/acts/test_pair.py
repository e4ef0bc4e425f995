from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from schemas.events import Event
from services.enrich.nlp.acts.pair import Pair
from tests.unit.enrich.nlp.coding import Act, coded, short

BAKERY = "A bakery sued a florist over a wall."


def pair(text: str, source: str | None, target: str | None) -> Pair:
    """Where both stand in the text."""
    places = [[(text.index(words), text.index(words) + len(words))] if words else [] for words in (source, target)]
    return Pair(*places)


def between(nlp: Language, text: str, source: str | None, target: str | None) -> Event:
    (event,) = coded(nlp, text, pair(text, source, target)).events
    return event


def test_pair_private_people_are_no_event_unless_they_are_asked_about(nlp: Language) -> None:
    assert coded(nlp, BAKERY).events == ()
    assert short(between(nlp, BAKERY, "A bakery", "a florist")) == Act("A bakery", "ACCUSE", "a florist")


def test_pair_a_frame_that_holds_is_as_sure_as_ever(nlp: Language) -> None:
    text = "Kenya sent rice to Chad."
    (untold,) = coded(nlp, text).events
    assert between(nlp, text, "Kenya", "Chad") == untold


def test_pair_without_a_frame_that_holds_takes_the_nearest_and_says_so(nlp: Language) -> None:
    text = "Kenya donated a brass gong that had rung for a century in Chad."
    assert coded(nlp, text).events == ()

    event = between(nlp, text, "Kenya", "Chad")

    assert (event.type.value, event.confidence) == ("AID", 0.5)
    assert event.path.startswith("nearest frame for the pair; verb 'donated'")
    assert [who.text for who in (*event.sources, *event.targets)] == ["Kenya", "Chad"]


@pytest.mark.parametrize("text", ["A bakery smells of bread.", "Bread.", ""])
def test_pair_without_any_word_that_has_a_frame_gives_no_event(nlp: Language, text: str) -> None:
    assert coded(nlp, text, Pair([(0, 8)], [(24, 33)])).events == ()


@given(st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_pair_anywhere_in_or_beside_the_text_does_no_harm(nlp: Language, stretches: list[tuple[int, int]]) -> None:
    for event in coded(nlp, BAKERY, Pair(stretches, stretches)).events:
        for who in (*event.sources, *event.targets):
            assert BAKERY[who.start : who.end] == who.text
