"""Which partitions are ours, and where in each of them reading starts.

The store decides where, and nobody else. Its watermark was written with the rows below it, so from there on nothing is
missing and nothing is there twice. What the group has committed to Kafka only says how far we were for those who watch
the lag: it may be behind (killed before the commit) or ahead (a store put back from a copy), and another store reading
with the same group has its own truth. A store that knows nothing of a partition reads it from its start.

kafka-python calls the listener in its own thread while ours waits inside ``poll`` or ``close``. So a partition is never
taken away in the middle of a batch, and the listener may neither ask the broker (it would wait for itself) nor the
store. It pauses what is new, before anything of it is fetched; ``place`` does the rest afterwards, in our thread.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from kafka import ConsumerRebalanceListener, KafkaConsumer, TopicPartition
from kafka.errors import KafkaTimeoutError

from services.errors import Transient, UserError
from services.sink.stores.port import Store, TopicKey
from services.telemetry import PARTITIONS, Telemetry

log = structlog.get_logger(__name__)

_ASK_MS = 5000


class Assignment(ConsumerRebalanceListener):  # type: ignore[misc]  # the library has no types
    """The partitions of one topic that the group gives to one consumer."""

    def __init__(self, consumer: KafkaConsumer, topic: TopicKey, store: Store, telemetry: Telemetry) -> None:
        self.epoch = 0
        """Rises whenever partitions come or go. What was taken in another epoch is no longer ours to write."""
        self.joined = False
        self._consumer = consumer
        self._topic = topic
        self._store = store
        self._telemetry = telemetry
        self._unplaced: set[TopicPartition] = set()

    def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """The library calls this in its own thread, with all partitions that are now ours."""
        self._changed(set(assigned))
        self.joined = True
        for partition in self._unplaced:
            self._consumer.pause(partition)
            # Any position will do. Without one the library would go and look for it.
            self._consumer.seek(partition, 0)

    def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:  # noqa: ARG002
        """The library calls this in its own thread, before partitions are given out anew, and when it closes."""
        self._changed(set())

    def displace(self, partitions: Iterable[TopicPartition]) -> None:
        """Have `partitions` placed once more."""
        self._unplaced |= set(partitions)
        self._consumer.pause(*self._unplaced)

    def place(self) -> dict[int, int]:
        """Go to the watermark on every partition that is new, and start to read there. Returns their offsets.

        Raises Transient where the store or the broker does not answer, UserError where the topic ends before the
        watermark.
        """
        if not self._unplaced:
            return {}
        placed: dict[int, int] = {}
        new = sorted(self._unplaced)
        try:
            first = self._consumer.beginning_offsets(new, timeout_ms=_ASK_MS)
            end = self._consumer.end_offsets(new, timeout_ms=_ASK_MS)
        except KafkaTimeoutError as error:
            raise Transient("Kafka does not tell where the partitions start and end") from error
        for partition in new:
            watermark = self._store.watermark(self._topic, partition.partition)
            offset = start(self._topic.name, partition.partition, watermark, first[partition], end[partition])
            self._consumer.seek(partition, offset)
            self._consumer.resume(partition)
            self._unplaced.discard(partition)
            placed[partition.partition] = offset
        return placed

    def hold(self) -> None:
        """Fetch nothing. The consumer must still be polled, or the group takes it for dead."""
        self._consumer.pause(*self._consumer.assignment())

    def release(self) -> None:
        """Fetch again, except from partitions that have no place yet."""
        self._consumer.resume(*(self._consumer.assignment() - self._unplaced))

    def _changed(self, unplaced: set[Any]) -> None:
        self.epoch += 1
        self._unplaced = unplaced
        self._telemetry.set(PARTITIONS, len(unplaced))


def start(topic: str, partition: int, watermark: int | None, first: int, end: int) -> int:
    """Offset to read a partition from, which holds messages from `first` up to, not including, `end`.

    Raises UserError where the watermark lies beyond the end.
    """
    if watermark is None:
        return first
    if watermark > end:
        # Going on would pass over whatever comes next, up to the watermark. Starting anew is right only if this is
        # still the topic that the store was filled from, and that is for a person to say.
        raise UserError(
            f"the store has partition {partition} of {topic} up to offset {watermark}, but the partition ends at {end}:"
            " the broker has lost messages, was put back from a copy, or the topic was created anew."
            " What is in the store stays right. To read the topic from its start, run `dateline sink --from-start`"
        )
    if watermark < first:
        # Nothing can bring them back; what is still there must not wait for somebody to notice.
        log.error("messages_lost_to_retention", topic=topic, partition=partition, lost=first - watermark)
    return max(watermark, first)
