"""The date of an act: that of its own clause, and no other."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.coding import coded


@pytest.mark.parametrize(
    ("text", "trigger", "date"),
    [
        ("Togo said on Monday that Ghana attacked two villages on May 3.", "attacked", "May 3"),
        ("Togo said on Monday that Ghana attacked two villages.", "attacked", None),
        ("France condemned the 2003 invasion of Togo by Ghanaian troops.", "condemned", None),
        ("France condemned the 2003 invasion of Togo by Ghanaian troops.", "invasion", "2003"),
        ("Ghana attacked Togo and seized two villages late on Monday.", "attacked", "late on Monday"),
        ("Togo has condemned Ghana over the deaths of farmers in 2003.", "condemned", None),
        ("Togo decided on Monday to expel the Ghanaian ambassador.", "expel", None),
        ("The war began in 2003, when Ghana attacked Togo.", "attacked", "2003"),
    ],
)
def test_settings_have_the_date_of_the_acts_own_clause(
    nlp: Language, text: str, trigger: str, date: str | None
) -> None:
    (event,) = (event for event in coded(nlp, text).events if event.trigger.text == trigger)
    assert (event.date.text if event.date is not None else None) == date


@pytest.mark.parametrize("text", ["Ghana attacked Togo during the Cold War.", "The Soviet Union attacked Togo."])
def test_settings_in_a_past_age_are_history(nlp: Language, text: str) -> None:
    (event,) = coded(nlp, text).events
    assert event.tense.value == "historical"
