from __future__ import annotations

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from services.errors import UserError
from services.sink.assignment import start

OFFSETS = st.integers(0, 2**62)


@given(first=OFFSETS, length=OFFSETS)
def test_start_of_a_partition_the_store_does_not_know_is_its_first_message(first: int, length: int) -> None:
    assert start("t", 0, None, first, first + length) == first


@given(bounds=st.tuples(OFFSETS, OFFSETS, OFFSETS).map(sorted))
def test_start_is_the_watermark(bounds: list[int]) -> None:
    first, watermark, end = bounds

    assert start("t", 0, watermark, first, end) == watermark


def test_start_tells_how_much_retention_has_taken() -> None:
    with structlog.testing.capture_logs() as logs:
        offset = start("t", 3, 10, 25, 30)

    assert offset == 25
    assert logs == [
        {"event": "messages_lost_to_retention", "log_level": "error", "topic": "t", "partition": 3, "lost": 15}
    ]


def test_start_says_nothing_where_nothing_is_lost() -> None:
    with structlog.testing.capture_logs() as logs:
        start("t", 3, 25, 25, 30)

    assert logs == []


@given(end=OFFSETS, beyond=st.integers(1, 100))
def test_start_refuses_a_watermark_beyond_the_end(end: int, beyond: int) -> None:
    with pytest.raises(UserError, match="`dateline sink --from-start`"):
        start("t", 0, end + beyond, 0, end)
