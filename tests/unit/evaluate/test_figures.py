from __future__ import annotations

from schemas.events import Polarity
from services.evaluate.figures import Tally, confusion, counted, f_measure, macro, participants, tally_by_type, total
from tests.unit.evaluate.coded import TEXT, event, label, scored

ACCUSE = label("ACCUSE", "Kenya", "Somalia", trigger="accused", polarity="affirmed")
REQUEST = label("REQUEST", "Uganda", "Somalia", trigger="urged")
RIGHT = event(TEXT, "ACCUSE", "Kenya", "Somalia", "accused")


def test_figures_f_measure_of_counts() -> None:
    assert f_measure(6, 8, 10) == {"precision": 0.75, "recall": 0.6, "f1": 0.6667}


def test_figures_f_measure_of_nothing_is_none() -> None:
    assert f_measure(0, 0, 0) == {"precision": None, "recall": None, "f1": None}


def test_figures_count_each_type_apart() -> None:
    found = tally_by_type([scored(TEXT, [ACCUSE, REQUEST], [RIGHT, event(TEXT, "AID", "Uganda", "", "talk")])])
    assert {kind: (tally.gold, tally.coded, tally.found) for kind, tally in found.items()} == {
        "AID": (0, 1, 0),
        "REQUEST": (1, 0, 0),
        "ACCUSE": (1, 1, 1),
    }


def test_figures_swapped_event_counts_for_its_type_and_not_for_its_arguments() -> None:
    tally = tally_by_type([scored(TEXT, [ACCUSE], [event(TEXT, "ACCUSE", "Somalia", "Kenya", "accused")])])["ACCUSE"]
    assert (tally.found, tally.right, tally.swapped) == (1, 0, 1)


def test_figures_optional_event_counts_nowhere() -> None:
    assert tally_by_type([scored(TEXT, [ACCUSE | {"optional": True}], [RIGHT])]) == {}


def test_figures_check_the_fields_of_found_events() -> None:
    denied = RIGHT.model_copy(update={"polarity": Polarity.NEGATED})
    tally = tally_by_type([scored(TEXT, [ACCUSE], [RIGHT]), scored(TEXT, [ACCUSE], [denied])])["ACCUSE"]
    assert tally.as_dict()["polarity"] == {"right": 1, "of": 2, "accuracy": 0.5}


def test_figures_total_is_of_all_types_together() -> None:
    summed = total([Tally(gold=1, coded=2, found=1, checks={"date": (1, 2)}), Tally(gold=3, checks={"date": (1, 1)})])
    assert summed == Tally(gold=4, coded=2, found=1, checks={"date": (2, 3)})


def test_figures_mean_leaves_out_types_that_are_not_labelled() -> None:
    tallies = {"A": Tally(gold=1, coded=1, found=1, right=1), "B": Tally(gold=1, coded=3), "C": Tally(coded=5)}
    assert macro(tallies) == {"f1": 0.5, "f1_with_arguments": 0.5}


def test_figures_participants_are_those_of_found_events() -> None:
    labels = [label("ACCUSE", "Kenya|Uganda", "Somalia", trigger="accused"), REQUEST]
    found = participants([scored(TEXT, labels, [RIGHT])])
    assert (found["gold"], found["coded"], found["found"]) == (3, 2, 2)


def test_figures_confusion_has_what_was_taken_for_what() -> None:
    events = [RIGHT, event(TEXT, "REJECT", "Uganda", "Somalia", "urged"), event(TEXT, "AID", "", "", "talk")]
    missed = label("PROTEST", trigger="lying")
    assert confusion([scored(TEXT, [ACCUSE, REQUEST, missed], events)]) == {
        "REQUEST": {"REJECT": 1},
        "ACCUSE": {"ACCUSE": 1},
        "PROTEST": {"NONE": 1},
        "NONE": {"AID": 1},
    }


def test_figures_counts_with_a_noun() -> None:
    assert [counted(count, "event") for count in (0, 1, 1200)] == ["0 events", "1 event", "1,200 events"]
