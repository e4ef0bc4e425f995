"""What kind of thing a noun is, by the list of nouns, by the frames it has, by its name and by who it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.enrich.nlp.actors.resolve import find_actors
from services.enrich.nlp.acts.frames import ACTOR_KINDS
from services.enrich.nlp.acts.kinds import Kinds, load_kinds
from services.errors import LexiconError
from tests.unit.enrich.nlp.coding import PUBLISHED, knowledge
from tests.unit.enrich.nlp.engine import frames
from tests.unit.enrich.nlp.trees import tree_of

NOUNS = {"tank": frozenset({"weapon", "vehicle"}), "water_tank": frozenset({"building"}), "baker": frozenset({"job"})}
FRAMES = frames("CONSULT: S n:talk with T", "ASSAULT: S n:air_raid on T", "no CONSULT: S n:radio_talk")


def kinds(notation: str, given: frozenset[int] = frozenset()) -> frozenset[str]:
    """Kinds of a phrase by its last word."""
    tree = tree_of(notation)
    actors = find_actors(tree, PUBLISHED, knowledge().actors)
    return Kinds(tree, actors, NOUNS, FRAMES, given).of(len(tree) - 1)


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("tank NN ROOT", {"weapon", "vehicle"}),
        ("teapot NN ROOT", set()),
        ("water NN compound tank | tank NN ROOT", {"weapon", "vehicle", "building"}),
        ("talks:talk NNS ROOT", {"consult"}),  # an event noun is of the kind of its event
        ("raid NN ROOT", set()),
        ("air NN compound raid | raid NN ROOT", {"assault"}),
        ("radio NN compound talk | talk NN ROOT", set()),  # no talk of that kind
        ("Friday NNP ROOT DATE", {"time"}),
        ("$ CD ROOT MONEY", {"money"}),
        ("Everest NNP ROOT LOC", {"place"}),
    ],
)
def test_kinds_come_from_the_list_the_frames_and_the_name(notation: str, expected: set[str]) -> None:
    assert kinds(notation) == expected


@pytest.mark.parametrize(
    ("notation", "expected"),
    [("Kenya NNP ROOT GPE", {"actor", "state"}), ("soldiers:soldier NNS ROOT", {"actor", "force", "group"})],
)
def test_kinds_of_actors_come_from_who_they_are(notation: str, expected: set[str]) -> None:
    assert kinds(notation) >= expected


def test_kinds_of_a_given_participant_of_whom_nothing_is_known_are_all_that_actors_have() -> None:
    assert kinds("teapot NN ROOT", frozenset({0})) == ACTOR_KINDS


def test_kinds_are_read_from_lines_of_kind_and_nouns(tmp_path: Path) -> None:
    path = tmp_path / "kinds.psv"
    path.write_text("# kind | nouns\n\nweapon | tank sword | A.\nvehicle | tank | B.\n", encoding="utf-8")
    assert load_kinds(path) == {"tank": {"weapon", "vehicle"}, "sword": {"weapon"}}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("furniture | chair | B.", "kinds.psv:2: unknown kind 'furniture'"),
        ("weapon | sword | B.", "kinds.psv:2: 'sword' is a weapon already"),
        ("weapon | spear", "kinds.psv:2: there are 3 columns: kind . nouns . example"),
    ],
)
def test_kinds_say_which_line_is_at_fault(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "kinds.psv"
    path.write_text(f"weapon | sword | A.\n{line}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=fault):
        load_kinds(path)
