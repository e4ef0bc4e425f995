"""What stands in a slot, and the actor that it is or that is behind it."""

from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.acts.fillers import Filler, Fillers
from tests.unit.enrich.nlp.engine import Engine, frame, frames, start

KINDS = {"speech": ["statement"], "rifle": ["weapon"], "ship": ["vehicle"], "novel": ["art"]}


def engine(nlp: Language, text: str) -> Engine:
    """A sentence without frames."""
    return start(nlp, text, frames(), KINDS)


def filled(nlp: Language, text: str, slot: str, word: str) -> list[tuple[str, str | None]]:
    """Of the fillers, the word that stands in the slot and the name of the actor; the slot is the object's."""
    read = engine(nlp, text)
    asked = frame(f"ACCUSE: S do {slot}")
    found = Fillers(read.grammar, read.actors, read.kinds).of(asked.slots[1], asked, [read.token(word)])
    return [(read.tree.words[one.mention], read.name(one.actor)) for one in found]


@pytest.mark.parametrize(
    ("text", "slot", "word", "expected"),
    [
        ("Fiji blamed Japan.", "T", "Japan", [("Japan", "Japan")]),
        ("Fiji blamed Japan.", "T:state", "Japan", [("Japan", "Japan")]),
        ("Fiji blamed Japan.", "T:!state", "Japan", []),
        ("Fiji blamed Japan.", "T:weapon", "Japan", []),
        ("Fiji sold the rifle.", "O:weapon", "rifle", [("rifle", None)]),
        ("Fiji sold the rifle.", "O:(rifle|pistol)", "rifle", [("rifle", None)]),
        ("Fiji sold the rifle.", "O:(pistol)", "rifle", []),
        ("Fiji sold the rifle.", "O:building|(rifle)", "rifle", [("rifle", None)]),
    ],
)
def test_fillers_are_of_the_kind_or_the_words_that_a_slot_asks_for(
    nlp: Language, text: str, slot: str, word: str, expected: list[tuple[str, str | None]]
) -> None:
    assert filled(nlp, text, slot, word) == expected


@pytest.mark.parametrize(
    ("slot", "expected"),
    [
        ("T:actor", [("president", "Samoan president")]),
        ("T", [("president", "Samoan president")]),
        ("T:weapon", []),
        ("O:actor", []),  # an object is what it is
    ],
)
def test_fillers_look_through_a_thing_to_the_actor_that_has_it(
    nlp: Language, slot: str, expected: list[tuple[str, str | None]]
) -> None:
    assert filled(nlp, "Fiji rejected the Samoan president's speech.", slot, "speech") == expected


def test_fillers_take_the_name_beside_a_noun_that_is_nobody(nlp: Language) -> None:
    found = filled(nlp, "Fiji praised the winner, President Tuilaepa.", "T", "winner")
    assert [word for word, _ in found] == ["Tuilaepa"]


def test_fillers_bring_the_leader_of_a_delegation(nlp: Language) -> None:
    found = filled(nlp, "Fiji received a Samoan delegation led by President Tuilaepa.", "T", "delegation")
    assert [word for word, _ in found] == ["delegation", "Tuilaepa"]


def test_fillers_tell_apart_the_envoys_of_several_states(nlp: Language) -> None:
    found = filled(nlp, "Fiji received Samoan and Tongan envoys.", "T", "envoys")
    assert [word for word, _ in found] == ["Samoan", "Tongan"]


@pytest.mark.parametrize(
    ("rule", "expected"), [("CONSULT: S& meet", ["Samoa", "Tonga"]), ("CONSULT: S leave", ["kings"])]
)
def test_fillers_tell_apart_the_states_whose_kings_met(nlp: Language, rule: str, expected: list[str]) -> None:
    read = engine(nlp, "The kings of Samoa and Tonga met.")
    asked = frame(rule)
    found = Fillers(read.grammar, read.actors, read.kinds).of(asked.slots[0], asked, [read.token("kings")])
    assert [read.tree.words[one.mention] for one in found] == expected


@pytest.mark.parametrize(
    ("text", "word", "owner"),
    [
        ("Ugandan troops were withdrawn.", "troops", ["troops"]),
        ("Ugandan novels were withdrawn.", "novels", []),
    ],
)
def test_fillers_know_who_has_a_force(nlp: Language, text: str, word: str, owner: list[str]) -> None:
    read = engine(nlp, text)
    token = read.token(word)
    found = Fillers(read.grammar, read.actors, read.kinds).owner_of_force([Filler(token, token, None)])
    assert [read.tree.words[one.token] for one in found] == owner


@pytest.mark.parametrize(
    ("filler", "through"), [(Filler(3, 3, "a0"), False), (Filler(3, 1, "a0"), True), (Filler(3, 1, None), False)]
)
def test_fillers_are_looked_through_where_the_actor_is_not_what_stands_there(filler: Filler, through: bool) -> None:
    assert filler.looked_through == through


@pytest.mark.parametrize(
    ("text", "rule", "word", "found"),
    [
        ("The Fijian president's speech attacked Japan.", "ACCUSE: S attack T", "speech", True),
        ("The Fijian president's speech attacked Japan.", "ASSAULT: S attack T", "speech", False),
        ("The Fijian president's rifle killed a guard.", "ASSAULT: S kill T", "rifle", True),
        ("The Fijian president's survival pleased Japan.", "SUPPORT: S please T", "survival", False),
        ("Nobody in the Fijian government blamed Japan.", "ACCUSE: S blame T", "Nobody", True),
        ("Fijian pranksters fooled Japan.", "COERCE: S fool T", "pranksters", True),
    ],
)
def test_fillers_of_a_source_stand_only_for_who_answers_for_them(
    nlp: Language, text: str, rule: str, word: str, found: bool
) -> None:
    read, asked = engine(nlp, text), frame(rule)
    fillers = Fillers(read.grammar, read.actors, read.kinds).of(asked.slots[0], asked, [read.token(word)])
    assert bool(fillers) is found


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("Fiji condemned the killing of Samoan monks.", None),
        ("Fiji condemned the killing of Samoan monks by Japan.", "Japan"),
        ("Fiji condemned Japan's killing of Samoan monks.", "Japan"),
    ],
)
def test_fillers_of_a_condemned_act_are_who_did_it_and_not_to_whom(
    nlp: Language, text: str, accused: str | None
) -> None:
    read = start(nlp, text, frames("ASSAULT: n:killing of T"), KINDS)
    asked = frame("ACCUSE: S condemn T")
    (filler,) = Fillers(read.grammar, read.actors, read.kinds).of(asked.slots[1], asked, [read.token("killing")])
    assert read.name(filler.actor) == accused
