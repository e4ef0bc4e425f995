from __future__ import annotations

import pytest

from schemas.events import Event, PloverType
from services.evaluate.rows import Picked, ScoredRow, is_right, row_figures, score_row
from tests.unit.evaluate.coded import TEXT, event, record, row

PAIR = ("Kenya", "Somalia")
BOTH = event(TEXT, "ACCUSE", "Kenya", "Somalia", "accused")
SOURCE = event(TEXT, "AID", "Kenya", "Uganda", "lying")
SWAPPED = event(TEXT, "REJECT", "Somalia", "Kenya", "talk")
OTHER = event(TEXT, "PROTEST", "Uganda", "", "urged")


def picked(*events: Event, pair: tuple[str | None, str | None] = PAIR) -> ScoredRow:
    return score_row(row(TEXT, "ACCUSE", *pair), record(TEXT, *events))


@pytest.mark.parametrize(
    ("events", "by", "taken_for"),
    [
        ([OTHER, SWAPPED, SOURCE, BOTH], Picked.SOURCE_AND_TARGET, "ACCUSE"),
        ([OTHER, SWAPPED, SOURCE], Picked.SOURCE, "AID"),
        ([OTHER, SWAPPED], Picked.SWAPPED, "REJECT"),
        ([OTHER], Picked.ANY, "PROTEST"),
        ([], Picked.NO_EVENT, "NONE"),
    ],
)
def test_rows_pick_the_event_between_the_pair(events: list[Event], by: Picked, taken_for: str) -> None:
    found = picked(*events)
    assert (found.by, found.taken_for) == (by, taken_for)


def test_rows_of_two_events_pick_the_surer() -> None:
    surer = event(TEXT, "REJECT", "Kenya", "Somalia", "lying", confidence=0.9)
    assert picked(BOTH, surer).taken_for == "REJECT"


def test_rows_find_a_target_among_the_sources_of_what_is_done_together() -> None:
    assert picked(event(TEXT, "CONSULT", "Kenya|Somalia")).by is Picked.SOURCE_AND_TARGET


def test_rows_without_a_source_go_by_the_target() -> None:
    assert picked(OTHER, BOTH, pair=("An actor", "Somalia")).taken_for == "ACCUSE"


def test_rows_are_taken_for_the_type_after_the_shift() -> None:
    assert picked(BOTH.model_copy(update={"plover": PloverType.AGREE})).taken_for == "AGREE"


def test_rows_without_a_record_have_no_event() -> None:
    assert score_row(row(TEXT, "ACCUSE"), None).taken_for == "NONE"


def figures(*kinds: tuple[str, str]) -> dict[str, object]:
    rows = [
        score_row(row(TEXT, root, *PAIR), record(TEXT, *[event(TEXT, kind, *PAIR, "accused")] if kind else []))
        for root, kind in kinds
    ]
    return row_figures(rows)


def test_rows_figures_are_by_root() -> None:
    found = figures(("ACCUSE", "ACCUSE"), ("ACCUSE", ""), ("AID", "ACCUSE"), ("AID", "AID"))
    assert {name: found[name] for name in ("accuracy", "macro_f1")} == {"accuracy": 0.5, "macro_f1": 0.5833}


def test_rows_confusion_has_no_event_as_none() -> None:
    found = figures(("ACCUSE", ""), ("AID", "ACCUSE"), ("AID", "AID"))
    assert found["confusion"] == {"AID": {"AID": 1, "ACCUSE": 1}, "ACCUSE": {"NONE": 1}}


def test_rows_yield_stands_for_concede_and_retreat() -> None:
    assert figures(("YIELD", "CONCEDE"), ("YIELD", "RETREAT"))["accuracy"] == 1


def test_rows_without_yield_tell_concede_from_retreat() -> None:
    assert figures(("CONCEDE", "CONCEDE"), ("CONCEDE", "RETREAT"))["accuracy"] == 0.5


@pytest.mark.parametrize(
    ("root", "taken_for", "right"),
    [("YIELD", "RETREAT", True), ("RETREAT", "CONCEDE", False), ("NONE", "NONE", True), ("AID", "NONE", False)],
)
def test_rows_are_right_with_the_same_root(root: str, taken_for: str, right: bool) -> None:
    assert is_right(root, taken_for) is right
