from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from schemas.deadletter import DeadLetter, Place, Reason, Replayed, Stage
from services.cli.dead_table import (
    COLUMNS,
    alien_record,
    counted,
    record,
    show,
    show_counts,
    show_letter,
    write_csv,
    write_json,
)
from services.replay.dead import Alien, Case, Letter, Status
from tests.unit.cli.test_bytes_shown import HOSTILE, acts

DEAD = DeadLetter(
    "articles.raw", 3, 12, Stage.ENRICH, Reason.INVALID, "builtins.ValueError", "title: is a number", 2,
    datetime(2026, 3, 3, 9, tzinfo=UTC), key=b"a1", value=b'{"title": 3}', headers=(("x-from", b"\xff"),),
)  # fmt: skip
AT = Place("articles.deadletter", 0, 40)
AGAIN = Replayed(DEAD.origin, Place("articles.raw", 3, 99), 1, datetime(2026, 3, 4, 9, tzinfo=UTC))
ALIEN = Alien(Place("articles.deadletter", 0, 41), b"k", "header is missing")
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.just(HOSTILE)


def case(status: Status = Status.OPEN, history: tuple[Replayed, ...] = (), **changes: Any) -> Case:
    dead = replace(DEAD, **changes)
    return Case(Letter(replace(dead, value=None), AT, len(dead.value or b"")), status, history)


def printed(shown: Sequence[dict[str, Any]], width: int = 80, limit: int | None = None) -> list[str]:
    out = Console(file=io.StringIO(), width=width)
    show(shown, out, limit)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue().splitlines()


def in_full(one: Case, dead: DeadLetter = DEAD, chars: int = 4000) -> list[str]:
    out = Console(file=io.StringIO(), width=80)
    show_letter(one, dead, out, chars)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue().splitlines()


def test_dead_record_has_the_columns_in_their_order() -> None:
    assert tuple(record(case())) == COLUMNS == tuple(alien_record(ALIEN))


@pytest.mark.parametrize("width", [80, 120])
def test_dead_table_fits_and_keeps_places_whole(width: int) -> None:
    lines = printed([record(case(topic="articles.enriched", offset=123456, reason=Reason.UNSUPPORTED_VERSION))], width)

    assert max(map(cell_len, lines)) <= width
    assert any("articles.enriched/3/123456" in line for line in lines)


def test_dead_table_says_of_an_alien_that_it_is_not_ours() -> None:
    assert any("articles.deadletter/0/41" in line and "not ours" in line for line in printed([alien_record(ALIEN)]))


def test_dead_table_tells_how_many_more_there_are() -> None:
    assert printed([record(case())] * 3, limit=2)[-1] == "dead letters: 3; 1 more: --limit"


def test_dead_table_says_that_there_are_none() -> None:
    assert printed([]) == ["no such dead letters"]


@given(key=st.binary(max_size=20) | ANYTHING.map(str.encode), message=ANYTHING, topic=ANYTHING)
def test_dead_table_never_prints_a_character_that_acts(key: bytes, message: str, topic: str) -> None:
    lines = printed([record(case(key=key, message=message, topic=topic))])

    assert [line for line in lines if acts(line)] == []


@given(
    headers=st.lists(st.tuples(ANYTHING, st.binary(max_size=20) | ANYTHING.map(str.encode)), max_size=3),
    value=st.binary(max_size=60) | ANYTHING.map(str.encode),
    exception=ANYTHING,
    topic=ANYTHING,
)
def test_dead_letter_in_full_never_prints_a_character_that_acts(
    headers: list[tuple[str, bytes]], value: bytes, exception: str, topic: str
) -> None:
    changes = {"headers": tuple(headers), "value": value, "exception": exception, "topic": topic, "message": topic}
    to = Place(topic, 0, 1)

    lines = in_full(case(Status.PENDING, (replace(AGAIN, to=to),), **changes), replace(DEAD, **changes))

    assert [line for line in lines if acts(line)] == []


def test_dead_letter_in_full_tells_its_replays() -> None:
    lines = in_full(case(Status.PENDING, (AGAIN,)))

    assert "    2026-03-04 09:00:00 UTC  number 1, to articles.raw/3/99" in lines


def test_dead_letter_in_full_has_headers_and_value() -> None:
    lines = in_full(case())

    assert lines[-4:] == ["  headers      1", "    x-from: 0xff", "  value        12 bytes, UTF-8", '    {"title": 3}']


def test_dead_letter_in_full_tells_that_its_value_is_cut() -> None:
    assert any("the first 5 of 12 characters: --chars 0 shows all" in line for line in in_full(case(), chars=5))


def test_dead_letter_in_full_with_no_value_says_so() -> None:
    assert in_full(case(value=None), replace(DEAD, value=None))[-1] == "  value        none"


def test_dead_counts_are_by_stage_reason_and_status_the_most_first() -> None:
    found = counted([case(), case(Status.RESOLVED), case(Status.RESOLVED)], [ALIEN])

    assert [tuple(row.values()) for row in found] == [
        ("enrich", "invalid", "resolved", 2),
        ("enrich", "invalid", "open", 1),
        (None, None, "not ours", 1),
    ]


def test_dead_counts_for_people_have_the_sum() -> None:
    out = Console(file=io.StringIO(), width=80)
    show_counts(counted([case(), case()], [ALIEN]), out)
    assert isinstance(out.file, io.StringIO)
    assert out.file.getvalue().splitlines()[-1] == "in all: 3"


@given(message=ANYTHING)
def test_dead_json_never_has_a_character_that_acts_and_means_the_same(message: str) -> None:
    stream = io.StringIO()
    write_json([record(case(message=message))], stream)

    line = stream.getvalue().removesuffix("\n")
    assert json.loads(line)["message"] == message
    assert [one for one in line if one < " " or one in "\x7f\x9b\u202e\u2066"] == []


@pytest.mark.parametrize("message", ["=1+1", "@x", "+1", "-1"])
def test_dead_csv_has_no_formulas(message: str) -> None:
    stream = io.StringIO()
    write_csv([record(case(message=message))], COLUMNS, stream)

    (row,) = csv.DictReader(io.StringIO(stream.getvalue()))
    assert row["message"] == f"'{message}"
