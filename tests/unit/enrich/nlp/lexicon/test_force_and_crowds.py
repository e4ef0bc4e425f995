"""Force, compulsion, crowds and troops: what the frames of material conflict take for an event, and what not."""

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
        "Four robbers smashed the window of a jeweller near the Dutch border.",
        "The thieves set light to the van of the Swiss minister.",
        "Frightened Chileans poured into the streets in fear.",
        "The Kenyan minister was besieged by reporters.",
        "The Kenyan ministry was damaged.",
    ],
)
def test_crowds_are_no_robbers_no_reporters_and_not_the_frightened(nlp: Language, text: str) -> None:
    assert "PROTEST" not in types(nlp, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Bolivian drivers parked across the main avenue.", Act("Bolivian drivers", "PROTEST", "")),
        ("Latvian nurses gathered to demand more pay.", Act("Latvian nurses", "PROTEST", "")),
        ("The teachers of Zambia are on strike.", Act("The teachers", "PROTEST", "")),
        ("Clashes broke out between police and Kenyan students.", Act("Kenyan students", "PROTEST", "")),
    ],
)
def test_crowds_that_block_gather_strike_and_clash_protest(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan ministers were forced to walk when the lift failed.",
        "A painting was stolen from the Kenyan embassy.",
        "The clerk bribed the Kenyan police.",
    ],
)
def test_compulsion_by_nobody_theft_and_bribes_are_no_repression(nlp: Language, text: str) -> None:
    assert "COERCE" not in types(nlp, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Bolivian police raided nine gold traders.", Act("Bolivian police", "COERCE", "nine gold traders")),
        ("The Indian navy captured nine pirates.", Act("The Indian navy", "COERCE", "nine pirates")),
        ("Canada hit back with tariffs on steel.", Act("Canada", "COERCE", "")),
        ("Iranian judges handed down death sentences to three rioters.",
         Act("Iranian judges", "COERCE", "three rioters")),
    ],
)  # fmt: skip
def test_compulsion_is_what_police_courts_and_customs_do(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "Seven Greek soldiers were injured when their lorry overturned.",
        "The Croatian beat the Chilean in three sets.",
        "Two workers were charged in the robbery in Kenya.",
        "Bomb experts of the Danish army detonated a mine from the old war.",
    ],
)
def test_harm_is_not_by_accident_in_sport_in_court_or_in_safety(nlp: Language, text: str) -> None:
    assert "ASSAULT" not in types(nlp, text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("A Turkish offensive entered its second week.", Act("Turkish", "ASSAULT", "")),
        ("The clashes wounded nine Peruvian policemen.", Act("", "ASSAULT", "nine Peruvian policemen")),
        ("Five Kenyan soldiers were injured in the clashes.", Act("", "ASSAULT", "Five Kenyan soldiers")),
        ("Ugandan soldiers killed the gravedigger.", Act("Ugandan soldiers", "ASSAULT", "the gravedigger")),
    ],
)
def test_harm_is_found_in_offensives_and_fights(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "The Chilean army deployed two helicopters to rescue the climbers.",
        "The former minister took up a position at the bank.",
        "Lorries rolled into the Kenyan capital.",
    ],
)
def test_troops_are_not_readied_by_rescue_jobs_and_traffic(nlp: Language, text: str) -> None:
    assert "MOBILIZE" not in types(nlp, text)
