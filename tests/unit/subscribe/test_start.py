from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kafka import TopicPartition
from kafka.structs import OffsetAndTimestamp

from services.errors import UserError
from services.subscribe.start import choose_start, positions

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
FIRST, SECOND = TopicPartition("t", 0), TopicPartition("t", 1)


class Log:
    """Two partitions as a consumer sees them: 0 holds the offsets 5 to 9, a minute apart from noon; 1 is empty."""

    def beginning_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        return dict(zip(partitions, (5, 0), strict=True))

    def end_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        return dict(zip(partitions, (10, 0), strict=True))

    def offsets_for_times(self, asked: dict[TopicPartition, int]) -> dict[TopicPartition, OffsetAndTimestamp | None]:
        times = {offset: int((NOON + timedelta(minutes=offset - 5)).timestamp() * 1000) for offset in range(5, 10)}
        found = next((offset for offset, time in times.items() if time >= asked[FIRST]), None)
        return {FIRST: None if found is None else OffsetAndTimestamp(found, times[found], None), SECOND: None}


def test_start_is_the_earliest_if_none_is_named() -> None:
    assert choose_start(None, None, None) == "earliest"


@pytest.mark.parametrize("offset", ["earliest", "latest", 0, 7])
def test_start_is_the_offset_that_is_named(offset: int | str) -> None:
    assert choose_start(None, offset, None) == offset


def test_start_is_the_moment_that_is_named() -> None:
    assert choose_start(NOON, None, None) == NOON


@pytest.mark.parametrize("offset", [None, "earliest", "latest"])
def test_start_of_a_group_may_be_either_end(offset: str | None) -> None:
    assert choose_start(None, offset, "g") == (offset or "earliest")


@pytest.mark.parametrize(
    ("since", "offset", "group", "complaint"),
    [
        (NOON, "latest", None, "give one of them"),
        (NOON, 0, None, "give one of them"),
        (NOON, None, "g", "begins where it stopped"),
        (None, 7, "g", "begins where it stopped"),
        (NOON.replace(tzinfo=None), None, None, "no UTC offset"),
        (None, "middle", None, "'middle' is no offset"),
        (None, -1, None, "-1 is no offset"),
    ],
)
def test_start_that_contradicts_itself_is_refused(
    since: datetime | None, offset: Any, group: str | None, complaint: str
) -> None:
    with pytest.raises(UserError, match=complaint):
        choose_start(since, offset, group)


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("earliest", 5),
        ("latest", 10),
        (7, 7),
        (0, 5),
        (99, 10),
        (NOON, 5),
        (NOON + timedelta(seconds=61), 7),
        (NOON + timedelta(hours=1), 10),
        (datetime(1800, 1, 1, tzinfo=UTC), 5),
    ],
)
def test_positions_of_a_partition(start: Any, first: int) -> None:
    assert positions(Log(), [FIRST, SECOND], start)[FIRST] == first


@pytest.mark.parametrize("start", ["earliest", "latest", 7, NOON])
def test_positions_of_an_empty_partition_are_its_end(start: Any) -> None:
    assert positions(Log(), [FIRST, SECOND], start)[SECOND] == 0
