"""How an act stands to fact: polarity and modality, one turn of language a line."""

from __future__ import annotations

import pytest
from spacy.language import Language

from schemas.events import Event, PloverType
from tests.unit.enrich.nlp.coding import coded


def act(nlp: Language, text: str, trigger: str) -> Event:
    """The event of a text that the word `trigger` stands for."""
    (event,) = (event for event in coded(nlp, text).events if event.trigger.text == trigger)
    return event


@pytest.mark.parametrize(
    ("text", "trigger", "polarity", "modality"),
    [
        # possible, for what is left open
        ("Ghana did not rule out expelling the Togolese ambassador.", "expelling", "affirmed", "possible"),
        ("The court was asked whether Ghana had attacked Togo.", "attacked", "affirmed", "possible"),
        ("Did Ghana attack Togo?", "attack", "affirmed", "possible"),
        ("Ghana must have attacked Togo.", "attacked", "affirmed", "possible"),
        ("Ghana might attack Togo if the rebels return.", "attack", "affirmed", "possible"),
        # planned
        ("Ghana would attack Togo unless the rebels left.", "attack", "affirmed", "planned"),
        ("Ghana has no plans to expel the Togolese ambassador.", "expel", "negated", "planned"),
        # hypothetical
        ("Ghana would attack Togo if the rebels returned.", "attack", "affirmed", "hypothetical"),
        ("Ghana should have released the Togolese reporters.", "released", "affirmed", "hypothetical"),
        # requested
        ("Togo wants Ghana to release the reporters.", "release", "affirmed", "requested"),
        ('"Release the Togolese reporters," the minister told Ghana.', "Release", "affirmed", "requested"),
        ("It is important for Ghana to release the reporters.", "release", "affirmed", "requested"),
        # done, or not
        ("Ghana has yet to condemn Togo.", "condemn", "negated", "actual"),
        ("Ghana nearly attacked Togo.", "attacked", "negated", "actual"),
        ("Ghana no longer supports Togo.", "supports", "negated", "actual"),
        ("Ghana did not meet Togo until Friday.", "meet", "affirmed", "actual"),
        ("There is no evidence that Ghana attacked Togo.", "attacked", "negated", "actual"),
        ("The minister travelled to Lome to meet the Togolese president.", "meet", "affirmed", "actual"),
        ("Ghana rejected a demand by Togo for talks.", "demand", "affirmed", "actual"),
        ("Ghana had to release the Togolese reporters.", "release", "affirmed", "actual"),
        # what joined verbs share
        ("Ghana did not attack Togo and will release the Togolese reporters.", "release", "affirmed", "planned"),
        ("Ghana did not attack or occupy Togo.", "occupy", "negated", "actual"),
        ("Ghana's police did not arrest the reporters but freed them.", "freed", "affirmed", "actual"),
        # what is rejected: a proposal, a claim
        ("Parliament turned down a proposal to expel the Togolese ambassador.", "expel", "negated", "planned"),
        ("Ghana rejected a claim that its army had attacked Togo.", "attacked", "negated", "actual"),
        # a semicolon ends what is denied
        ("Ghana condemned Togo; Togo denied the charge; Mali kept silent.", "condemned", "affirmed", "actual"),
        # what somebody goes somewhere for
        ("The Danish minister will visit Lome for talks with Togo.", "visit", "affirmed", "planned"),
    ],
)
def test_circumstances_are_told_by_the_words_around_an_act(
    nlp: Language, text: str, trigger: str, polarity: str, modality: str
) -> None:
    event = act(nlp, text, trigger)
    assert (event.polarity.value, event.modality.value) == (polarity, modality)


@pytest.mark.parametrize(
    ("text", "plover"),
    [
        ("Ghana offered to send soldiers to help Togo.", PloverType.AGREE),
        ("Ghana refused to send soldiers to help Togo.", PloverType.REJECT),
        ("Ghana sent soldiers to help Togo.", PloverType.AID),
    ],
)
def test_circumstances_of_what_a_promise_is_for_are_those_of_the_promise(
    nlp: Language, text: str, plover: PloverType
) -> None:
    assert act(nlp, text, "help").plover is plover


@pytest.mark.parametrize(
    "text",
    [
        "The law allows the police to arrest Togolese reporters.",
        "Under the law the police may arrest Togolese reporters.",
    ],
)
def test_circumstances_of_what_a_law_provides_for_make_no_event(nlp: Language, text: str) -> None:
    assert coded(nlp, text).events == ()


def test_circumstances_of_saying_are_not_those_of_what_is_said(nlp: Language) -> None:
    event = act(nlp, "Prosecutors will charge the colonel with killing a Togolese judge.", "killing")
    assert event.modality.value == "actual"


def test_circumstances_of_what_others_expect_are_no_promise(nlp: Language) -> None:
    event = act(nlp, "Togo expects Ghana to release the reporters.", "release")
    assert (event.modality.value, event.plover) == ("planned", PloverType.RETREAT)


def test_circumstances_of_an_unsaid_act_leave_it_open(nlp: Language) -> None:
    event = act(nlp, "The minister did not say that Ghana had attacked Togo.", "attacked")
    assert (event.polarity.value, event.modality.value, event.attribution) == ("affirmed", "possible", ())


@pytest.mark.parametrize(
    ("text", "trigger", "tense"),
    [
        ("Ghana could attack Togo.", "attack", "future"),
        ("Ghana could have attacked Togo.", "attacked", "past"),
        ("If Ghana attacks Togo, the talks will end.", "attacks", "future"),
        ("If Ghana attacked Togo, the talks would end.", "attacked", "future"),
        ("The army said that Ghana was attacking Togo.", "attacking", "ongoing"),
        ("Once Ghana has released the reporters, Togo will reopen the border.", "released", "future"),
    ],
)
def test_circumstances_tell_when_an_act_is(nlp: Language, text: str, trigger: str, tense: str) -> None:
    assert act(nlp, text, trigger).tense.value == tense
