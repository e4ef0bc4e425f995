from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.deadletter_limit import DeadLetterLimit, DeadLettersOverLimit


def limit(run: int = 3, ratio: float = 0.5, window: int = 10) -> DeadLetterLimit:
    return DeadLetterLimit(run=run, ratio=ratio, window=window)


def test_deadletter_limit_lets_a_run_up_to_it_pass() -> None:
    limit().check([True, True, True])


def test_deadletter_limit_stops_a_longer_run_over_several_batches() -> None:
    counted = limit()
    counted.check([False, True, True])

    with pytest.raises(DeadLettersOverLimit, match="DATELINE_DEAD_LETTER_RUN: 4 messages in a row"):
        counted.check([True, True])


def test_deadletter_limit_forgets_a_run_that_a_good_message_ends() -> None:
    counted = limit(ratio=1)

    counted.check([True, True, True, False] * 10)


def test_deadletter_limit_tells_the_last_cause() -> None:
    with pytest.raises(DeadLettersOverLimit, match="the last: no JSON; line 1"):
        limit().check([True] * 4, "no JSON; line 1")


def test_deadletter_limit_looks_at_no_share_before_its_window_is_full() -> None:
    limit().check([True, False, True, True, False, True, True, False, True])


def test_deadletter_limit_stops_a_share_over_its_own() -> None:
    with pytest.raises(DeadLettersOverLimit, match="DATELINE_DEAD_LETTER_RATIO: 6 of the last 10 messages"):
        limit().check([True, False] * 4 + [True, True])


def test_deadletter_limit_of_none_stops_nothing() -> None:
    limit(run=0, ratio=1).check([True] * 1000)


@given(st.lists(st.booleans(), max_size=60), st.integers(1, 6), st.floats(0, 1), st.integers(1, 12))
def test_deadletter_limit_stops_where_counting_anew_says_so(
    dead: list[bool], run: int, ratio: float, window: int
) -> None:
    def over(seen: list[bool]) -> bool:
        last = seen[-window:]
        return seen[-run - 1 :] == [True] * (run + 1) or (len(last) == window and sum(last) > ratio * window)

    expected = any(over(dead[: n + 1]) for n in range(len(dead)))
    counted = DeadLetterLimit(run=run, ratio=ratio, window=window)

    try:
        counted.check(dead)
        stopped = False
    except DeadLettersOverLimit:
        stopped = True

    assert stopped == expected
