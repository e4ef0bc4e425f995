"""Accusation, refusal, request, threat and broken ties: what their frames take for an event, and what not."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.coding import Act, acts


def types(nlp: Language, text: str) -> set[str]:
    """The types of the events of a text."""
    return {act.type for act in acts(nlp, text)}


@pytest.mark.parametrize(
    "text",
    [
        "The Kenyan minister was angry about the weather.",
        "Iceland upset England with two late goals.",
        "The Norwegian king inspected a fish factory.",
        "Kenyan police questioned residents in two streets.",
        "The Chilean minister complained about the food.",
    ],
)
def test_feelings_tours_and_canvassing_accuse_nobody(nlp: Language, text: str) -> None:
    assert "ACCUSE" not in types(nlp, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Hanoi called the embargo illegal.", Act("Hanoi", "ACCUSE", "the embargo")),
        ("The governor of Cali faces charges of taking bribes.", Act("", "ACCUSE", "The governor")),
        (
            "The Peruvian senate is investigating whether the mayor lied.",
            Act("The Peruvian senate", "ACCUSE", "the mayor"),
        ),
    ],
)
def test_harsh_names_charges_and_open_questions_accuse(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "The Norwegian ministry declined to be named in the report.",
        "The Norwegian ministry declined requests for interviews.",
        "The Norwegian prosecutor objected to the evidence.",
        "The money went to roads, as opposed to the Norwegian army.",
    ],
)
def test_silence_towards_the_press_and_routine_in_court_refuse_nothing(nlp: Language, text: str) -> None:
    assert "REJECT" not in types(nlp, text)


def test_a_refused_plea_is_both_a_refusal_and_a_plea(nlp: Language) -> None:
    assert acts(nlp, "Oslo rejected the Haitian government's plea for money.") == {
        Act("Oslo", "REJECT", "the Haitian government's plea"),
        Act("the Haitian government", "REQUEST", "Oslo"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "The Kenyan ministry advised people to boil their water.",
        "Kenyan police urged motorists to drive slowly.",
        "The Kenyan law requires banks to keep records.",
        "The Kenyan prosecutor asked the jury to look at the map.",
        "The Chilean coastguard heard the distress call of a freighter.",
    ],
)
def test_advice_rules_and_routine_in_court_request_nothing(nlp: Language, text: str) -> None:
    assert "REQUEST" not in types(nlp, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Armenia wants Poland to send observers.", Act("Armenia", "REQUEST", "Poland")),
        (
            "The flight was stopped at the behest of the Chadian government.",
            Act("the Chadian government", "REQUEST", ""),
        ),
    ],
)
def test_wishes_and_behests_request(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "The African Union gave the junta two weeks to restore order.",
            Act("The African Union", "THREATEN", "the junta"),
        ),
        ("Hanoi vowed to retaliate on Monday.", Act("Hanoi", "THREATEN", "")),
    ],
)
def test_deadlines_and_vows_threaten(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


def test_a_warning_to_travellers_threatens_nobody(nlp: Language) -> None:
    assert "THREATEN" not in types(nlp, "The Swiss government warned travellers about thefts in Lima.")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Prague gave six Russian diplomats two days to leave.", Act("Prague", "SANCTION", "six Russian diplomats")),
        ("Oslo has frozen its loans to Malawi.", Act("Oslo", "SANCTION", "Malawi")),
    ],
)
def test_envoys_sent_home_and_loans_stopped_break_ties(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


@pytest.mark.parametrize(
    "text", ["The Danish court dismissed one juror.", "The former Danish minister fired his lawyers."]
)
def test_jurors_and_lawyers_sent_away_break_no_ties(nlp: Language, text: str) -> None:
    assert "SANCTION" not in types(nlp, text)
