"""Where in a topic reading begins: earliest, latest, an offset, or a moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kafka import TopicPartition

from services.errors import UserError

EARLIEST, LATEST = "earliest", "latest"
Start = str | int | datetime
"""``"earliest"``, ``"latest"``, an offset for each partition, or a moment: the first message put on the topic since."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def choose_start(since: datetime | None, offset: int | str | None, group: str | None) -> Start:
    """The one beginning that is meant; earliest, if none is named. Raises UserError where two contradict each other."""
    if since is not None and offset is not None:
        raise UserError("both a moment and an offset to begin at: give one of them")
    start = since if since is not None else EARLIEST if offset is None else offset
    if group and start not in (EARLIEST, LATEST):
        raise UserError(
            f"group {group!r} begins where it stopped: leave out the moment or the offset, or leave out the group"
        )
    if isinstance(start, datetime) and start.tzinfo is None:
        raise UserError(f"{start.isoformat()} has no UTC offset: write {start.isoformat()}Z, or what is meant")
    if isinstance(start, str) and start not in (EARLIEST, LATEST):
        raise UserError(f"{start!r} is no offset: give {EARLIEST}, {LATEST} or a number")
    if isinstance(start, int) and start < 0:
        raise UserError(f"{start} is no offset: the first is 0")
    return start


def positions(consumer: Any, partitions: list[TopicPartition], start: Start) -> Mapping[TopicPartition, int]:
    """The first offset to read in each partition. Raises the errors of kafka-python's KafkaConsumer."""
    if start == EARLIEST:
        return dict(consumer.beginning_offsets(partitions))
    ends = consumer.end_offsets(partitions)
    if start == LATEST:
        return dict(ends)
    if isinstance(start, datetime):
        milliseconds = max(0, int((start - _EPOCH).total_seconds() * 1000))
        found = consumer.offsets_for_times(dict.fromkeys(partitions, milliseconds))
        return {place: first.offset if (first := found.get(place)) else ends[place] for place in partitions}
    # Out of bounds, Kafka would begin at the very first message instead.
    begins = consumer.beginning_offsets(partitions)
    return {place: min(max(int(start), begins[place]), ends[place]) for place in partitions}
