from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.deadletter import REPLAYS, DeadLetter, Place, Reason, Replayed, Stage
from services.replay.dead import (
    Alien,
    Case,
    Committed,
    Letter,
    Status,
    Wanted,
    cases,
    choose,
    headers_of_replay,
    replays_behind,
    unknown_ids,
)

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
RAW = "articles.raw"


def letter(offset: int, count: int = 0, **changes: Any) -> Letter:
    headers = ((REPLAYS, str(count).encode()),) if count else ()
    dead = DeadLetter(
        RAW, 0, offset, Stage.ENRICH, Reason.INVALID, "E", "bad", 1, NOON, key=b"a%d" % offset, headers=headers
    )
    return Letter(replace(dead, **changes), Place("articles.deadletter", 0, offset), 3)


def marker(origin: int, to: int, count: int = 1, minutes: int = 0) -> Replayed:
    return Replayed(Place(RAW, 0, origin), Place(RAW, 0, to), count, NOON + timedelta(minutes=minutes))


def read_to(offset: int) -> Committed:
    return {Stage.ENRICH: {(RAW, 0): offset}}


def status_of(letters: list[Letter], markers: list[Replayed], committed: Committed) -> dict[int, Status]:
    return {case.dead.offset: case.status for case in cases(letters, markers, committed)}


def test_dead_letter_that_was_never_replayed_is_open() -> None:
    assert status_of([letter(1)], [], read_to(100)) == {1: Status.OPEN}


@pytest.mark.parametrize("committed", [{}, {Stage.ENRICH: {}}, read_to(7), {Stage.SINK: {(RAW, 0): 100}}])
def test_dead_letter_is_pending_until_its_stage_came_past_it(committed: Committed) -> None:
    assert status_of([letter(1)], [marker(1, to=7)], committed) == {1: Status.PENDING}


def test_dead_letter_is_resolved_when_its_stage_came_past_it_with_no_new_letter() -> None:
    assert status_of([letter(1)], [marker(1, to=7)], read_to(8)) == {1: Status.RESOLVED}


@pytest.mark.parametrize("committed", [{}, read_to(8)])
def test_dead_letter_failed_again_where_a_letter_comes_from_its_new_place(committed: Committed) -> None:
    found = status_of([letter(1), letter(7, count=1)], [marker(1, to=7)], committed)

    assert found == {1: Status.FAILED_AGAIN, 7: Status.OPEN}


def test_dead_letter_does_not_fail_by_a_letter_of_a_topic_that_was_made_anew() -> None:
    assert status_of([letter(7), letter(1)], [marker(1, to=7)], read_to(8))[1] is Status.RESOLVED


def test_dead_letter_goes_by_its_latest_replay() -> None:
    letters = [letter(1), letter(7, count=1)]

    assert status_of(letters, [marker(1, 9, 2, minutes=5), marker(1, 7)], read_to(10))[1] is Status.RESOLVED


def test_dead_letter_of_the_sink_goes_by_how_far_the_sink_is() -> None:
    refused = letter(1, topic="articles.enriched", stage=Stage.SINK)
    again = Replayed(refused.dead.origin, Place("articles.enriched", 0, 7), 1, NOON)

    (case,) = cases([refused], [again], {Stage.SINK: {("articles.enriched", 0): 8}})

    assert case.status is Status.RESOLVED


def test_dead_letter_copies_are_one() -> None:
    (case,) = cases([letter(1), letter(1), letter(1)], [], {})

    assert case.copies == 3


def test_dead_letter_marker_of_nothing_that_is_there_tells_nothing() -> None:
    assert status_of([letter(1)], [marker(2, to=7)], read_to(100)) == {1: Status.OPEN}


def test_dead_letter_marker_with_no_offset_from_utc_is_as_good() -> None:
    naive = replace(marker(1, 7), at=datetime(2026, 3, 3))  # noqa: DTZ001 - what others may write

    (case,) = cases([letter(1)], [naive, marker(1, 9, 2)], {})

    assert [one.to.offset for one in case.history] == [7, 9]


@given(
    letters=st.lists(st.builds(letter, st.integers(0, 6), st.integers(0, 2)), max_size=12),
    markers=st.lists(st.builds(marker, st.integers(0, 6), st.integers(0, 12), st.integers(1, 3)), max_size=12),
    passed=st.integers(0, 14),
)
def test_dead_letters_have_one_status_each_whatever_is_on_the_topic(
    letters: list[Letter], markers: list[Replayed], passed: int
) -> None:
    found = cases(letters, markers, read_to(passed))

    replayed = {one.origin for one in markers}
    assert Counter(case.id for case in found) == Counter({str(one.dead.origin) for one in letters})
    assert all((case.status is Status.OPEN) == (case.dead.origin not in replayed) for case in found)
    assert all(case.history[-1].to.offset < passed for case in found if case.status is Status.RESOLVED)
    assert sum(case.copies for case in found) == len(letters)


@given(failures=st.integers(0, 8), most=st.integers(0, 5))
def test_dead_letter_that_always_fails_is_replayed_so_many_times_and_no_more(failures: int, most: int) -> None:
    letters, markers, sent = [letter(0)], [], 0
    for _ in range(failures):
        found = cases(letters, markers, read_to(100))
        for case in choose(Wanted(), found, most).send:
            sent += 1
            markers.append(marker(case.dead.offset, to=sent, count=case.replays + 1))
            letters.append(letter(sent, case.replays + 1))

    assert sent == min(failures, most)


def test_dead_letter_replays_count_those_of_its_original_and_its_own() -> None:
    (case,) = cases([letter(7, count=2)], [marker(7, to=9, count=3)], {})

    assert case.replays == 3


@pytest.mark.parametrize("value", [b"", b"-1", b"many", b"\xff", b"9" * 40, "²".encode()])
def test_replays_behind_a_header_that_is_no_number_are_none(value: bytes) -> None:
    assert replays_behind([(REPLAYS, value)]) == 0


@given(
    headers=st.lists(st.tuples(st.sampled_from(["a", "ce_id", ""]), st.binary(max_size=5))), count=st.integers(1, 99)
)
def test_headers_of_replay_are_the_originals_and_its_number(headers: list[tuple[str, bytes]], count: int) -> None:
    earlier = [(REPLAYS, str(count - 1).encode()), *headers]

    assert headers_of_replay(earlier, count) == [*headers, (REPLAYS, str(count).encode())]


def test_choose_passes_over_what_is_not_open() -> None:
    found = cases([letter(1), letter(2)], [marker(1, to=7)], {})

    choice = choose(Wanted(), found, 3)

    assert ([case.dead.offset for case in choice.send], [case.dead.offset for case in choice.passed_over]) == ([2], [1])


def test_choose_takes_what_is_asked_for_by_its_status() -> None:
    found = cases([letter(1), letter(2)], [marker(1, to=7)], {})

    assert [case.dead.offset for case in choose(Wanted(statuses=(Status.PENDING,)), found, 3).send] == [1]


@pytest.mark.parametrize(("again", "sent", "refused"), [(False, [1], [2]), (True, [1, 2], [])])
def test_choose_refuses_what_was_replayed_too_often_unless_told(
    again: bool, sent: list[int], refused: list[int]
) -> None:
    choice = choose(Wanted(), cases([letter(1, 2), letter(2, 3)], [], {}), 3, again=again)

    assert [case.dead.offset for case in choice.send] == sent
    assert [case.dead.offset for case in choice.refused] == refused


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (Wanted(), True),
        (Wanted(reasons=(Reason.INVALID, Reason.EMPTY)), True),
        (Wanted(reasons=(Reason.EMPTY,)), False),
        (Wanted(stages=(Stage.SINK,)), False),
        (Wanted(statuses=(Status.OPEN,)), True),
        (Wanted(statuses=(Status.PENDING,)), False),
        (Wanted(ids=("a1",)), True),
        (Wanted(ids=("articles.raw/0/1",)), True),
        (Wanted(ids=("articles.raw/0/2", "1")), False),
        (Wanted(since=NOON), True),
        (Wanted(since=NOON + timedelta(seconds=1)), False),
        (Wanted(until=NOON), False),
        (Wanted(until=NOON + timedelta(seconds=1)), True),
        (Wanted(ids=("a1",), stages=(Stage.SINK,)), False),
    ],
)
def test_wanted_takes_what_fulfils_all_of_it(wanted: Wanted, taken: bool) -> None:
    assert wanted.takes(Case(letter(1), Status.OPEN)) is taken


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [(Wanted(), True), (Wanted(ids=("k",)), True), (Wanted(ids=("d/0/5",)), True), (Wanted(ids=("x",)), False),
     (Wanted(reasons=(Reason.EMPTY,)), False), (Wanted(since=NOON), False)],
)  # fmt: skip
def test_wanted_takes_an_alien_unless_asked_for_what_it_has_not(wanted: Wanted, taken: bool) -> None:
    assert wanted.takes_alien(Alien(Place("d", 0, 5), b"k", "why")) is taken


def test_wanted_can_ask_a_letter_that_says_no_offset_from_utc() -> None:
    naive = letter(1, first_failed_at=datetime(2026, 3, 3, 12))  # noqa: DTZ001 - what others may write

    assert Wanted(since=NOON).takes(Case(naive, Status.OPEN))


def test_unknown_ids_are_those_of_no_letter_no_article_and_no_alien() -> None:
    found = [Case(letter(1), Status.OPEN)]
    aliens = [Alien(Place("d", 0, 5), b"k", "why")]

    assert unknown_ids(["a1", "articles.raw/0/1", "d/0/5", "k", "a2"], found, aliens) == ["a2"]
