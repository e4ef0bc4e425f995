"""Who says so: speakers and cues of acts that no plain "said that" has in it."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.coding import coded


def said(nlp: Language, text: str, trigger: str) -> list[tuple[str, str | None]]:
    """Cue and speaker of each link, outermost first."""
    found = coded(nlp, text)
    names = {actor.id: actor.name for actor in found.actors}
    (event,) = (event for event in found.events if event.trigger.text == trigger)
    return [(link.cue, names.get(link.speaker or "")) for link in event.attribution]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Ghana reportedly attacked two villages.", [("reportedly", None)]),
        ("As Togo said on Sunday, Ghana attacked two villages.", [("said", "Togo")]),
        ("By the army's own account, Ghana attacked two villages.", [("account", "army")]),
        ("Ghana is said to have attacked two villages.", [("said", None)]),
        ("She was allegedly among ten men who attacked a police station.", [("allegedly", None)]),
        ("Ghana attacked two villages, the army said, citing the police.", [("said", "army"), ("citing", "police")]),
        ("Ghana attacked two villages and burned three, according to Togo.", [("according to", "Togo")]),
        ("The army quoted the mayor as saying Ghana attacked two villages.", [("quoted", "army"), ("saying", "mayor")]),
        ("Had Ghana attacked two villages, Togo said, war would have come.", [("said", "Togo")]),
    ],
)
def test_hearsay_is_found_beside_an_act(nlp: Language, text: str, links: list[tuple[str, str | None]]) -> None:
    assert said(nlp, text, "attacked") == links


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The colonel, accused of killing two judges, fled.", None),
        ("The colonel was accused by Togo of killing two judges.", "Togo"),
        ("A Togolese court convicted the colonel of killing two judges.", "Togolese court"),
        ("The army found the colonel guilty of killing two judges.", "army"),
    ],
)
def test_hearsay_of_a_charge_is_by_who_makes_it(nlp: Language, text: str, speaker: str | None) -> None:
    ((_, found),) = said(nlp, text, "killing")
    assert found == speaker


def test_hearsay_of_one_clause_is_not_of_the_next_about_others(nlp: Language) -> None:
    assert said(nlp, "Rebels shelled the port, the army said, and Togo expelled the ambassador.", "expelled") == []


def test_hearsay_of_whom_somebody_told_is_not_theirs(nlp: Language) -> None:
    assert said(nlp, "The ministers were told that Ghana had attacked Togo.", "attacked") == []


def test_hearsay_of_a_headline_is_by_who_stands_before_the_colon(nlp: Language) -> None:
    assert said(nlp, "Minister: Ghana will expel Togolese diplomats", "expel") == [("Minister", "Minister")]
