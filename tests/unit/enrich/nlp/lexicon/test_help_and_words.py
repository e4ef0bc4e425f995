"""Help, meetings, promises, praise and yielding: what the cooperative frames take for an event, and what not."""

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
        "The Kenyan minister was saved from a scolding by his aide.",
        "An usher escorted the Danish premier to her seat.",
        "The young skater gave Oslo a victory in the last race.",
        "The clerk advised the Kenyan police that the archive was closed.",
        "The minister's wife helped the farmers with the harvest.",
    ],
)
def test_help_is_no_favour_guidance_lead_or_kindness_at_home(nlp: Language, text: str) -> None:
    assert "AID" not in types(nlp, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Sweden maintained its aid to Zambia after the coup.", Act("Sweden", "AID", "Zambia")),
        ("Ghana lent Togo two ferries.", Act("Ghana", "AID", "Togo")),
        ("China cancelled Zambia's debt.", Act("China", "AID", "Zambia's debt")),
    ],
)
def test_help_goes_on_is_lent_and_forgives_debts(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "The former Kenyan premier met his wife at a village dance.",
        "The choir travelled to Bogota in spring.",
        "Two roads of Turkey meet near the old fort.",
        "The Kenyan firefighters were called to the town hall before noon.",
        "The Kenyan minister spoke to his lawyer before the hearing.",
    ],
)
def test_meetings_are_no_private_ones(nlp: Language, text: str) -> None:
    assert "CONSULT" not in types(nlp, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The Danish premier received a delegation of Kenyan farmers.",
         Act("The Danish premier", "CONSULT", "Kenyan farmers")),
        ("The Kenyan minister held meetings in Lisbon.", Act("The Kenyan minister", "CONSULT", "")),
    ],
)  # fmt: skip
def test_meetings_are_received_and_held(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "The Chadian guard is loyal to the president.",
        "A witness recognised the Kenyan officer from a photograph.",
        "The singer thanked the people of Glasgow.",
        "The Danish ministry supported the software for ten years.",
    ],
)
def test_support_is_no_feeling_sight_or_service(nlp: Language, text: str) -> None:
    assert "SUPPORT" not in types(nlp, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The Danish premier asked the islanders for forgiveness.",
         Act("The Danish premier", "SUPPORT", "the islanders")),
        ("Chile and Peru reopened their embassies in June.", Act("Chile + Peru", "SUPPORT", "")),
    ],
)  # fmt: skip
def test_support_is_to_ask_forgiveness_and_to_send_envoys_back(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "The Danish minister was released from hospital on Sunday.",
        "The Kenyan officer pulled out a notebook at the gate.",
        "The gunmen fled the scene in Nairobi on two motorbikes.",
        "The earthquake led to the evacuation of several Danish buildings.",
        "The flaw allows the Danish police to read the messages.",
    ],
)
def test_yielding_is_no_discharge_flight_alarm_or_flaw(nlp: Language, text: str) -> None:
    assert not {"RETREAT", "CONCEDE"} & types(nlp, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The Ugandan troops pulled out in June.", Act("The Ugandan troops", "RETREAT", "")),
        ("Iran let the Greek tanker go on Monday.", Act("Iran", "RETREAT", "the Greek tanker")),
        ("The European Commission gave Greece two more months.", Act("The European Commission", "CONCEDE", "Greece")),
    ],
)
def test_yielding_is_to_pull_out_let_go_and_give_time(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)
