"""Messages of one topic, in order within each partition, and the offsets of those that have been finished.

Blocks, and belongs to one thread at a time. Knows nothing of articles.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import structlog
from kafka import KafkaConsumer, TopicPartition
from kafka.errors import (
    AuthorizationError,
    CommitFailedError,
    KafkaError,
    RebalanceInProgressError,
    RetriableError,
    SaslAuthenticationFailedError,
)
from kafka.structs import OffsetAndMetadata

from services.connect import BOOTSTRAP, connect, has_connection
from services.errors import SettingsError, UserError
from services.kafka import KafkaConnection
from services.outage import kafka_answers
from services.subscribe.start import EARLIEST, Start, positions

log = structlog.get_logger(__name__)

_POLL_MS = 500
_COMMIT_MS = 5000
_COMMIT_EVERY = 1.0
_LEFT_OUT_SECONDS = 3.0
_AWAY_PAUSE = 1.0
# A group takes its member for dead after five minutes without a question for more: few at once let a slow caller ask.
_AT_ONCE = 100
_REFUSALS = (AuthorizationError, SaslAuthenticationFailedError)


class Reader:
    """Reads `topic` from `start` on. With a group, Kafka deals out partitions and remembers what was finished."""

    def __init__(
        self,
        connection: KafkaConnection,
        topic: str,
        group: str | None,
        start: Start,
        *,
        until_end: bool,
        deadline: float,
    ) -> None:
        """Connects. Raises UserError where no broker answers within `deadline` seconds, or there is no such topic."""
        self._connection = connection
        self._topic = topic
        self._group = group
        self._finished: dict[TopicPartition, int] = {}
        self._committed_at = time.monotonic()
        self._left_out: tuple[int, float] | None = None
        self._consumer = connect(
            KafkaConsumer,
            connection,
            deadline=deadline,
            client_id="dateline-subscribe",
            group_id=group,
            enable_auto_commit=False,
            auto_offset_reset=start if group and isinstance(start, str) else EARLIEST,
            allow_auto_create_topics=False,
            max_poll_records=_AT_ONCE,
            reconnect_backoff_max_ms=5000,
        )
        try:
            self._ends = self._begin(start, until_end)
        except RetriableError as error:
            self._consumer.close(autocommit=False)
            raise SettingsError(BOOTSTRAP, f"{connection.bootstrap} no longer answers: {error}") from error
        except (KafkaError, UserError) as error:
            self._consumer.close(autocommit=False)
            raise UserError(str(error)) from error

    def _begin(self, start: Start, until_end: bool) -> Mapping[TopicPartition, int] | None:
        """Take up the partitions; the offsets to stop at, where an end is wanted."""
        found = self._consumer.partitions_for_topic(self._topic)
        if not found:
            raise UserError(
                f"there is no topic {self._topic} at {self._connection.bootstrap}; is DATELINE_TOPIC_PREFIX right?"
            )
        places = [TopicPartition(self._topic, partition) for partition in sorted(found)]
        if self._group:
            self._consumer.subscribe([self._topic])
        else:
            self._consumer.assign(places)
            for place, offset in positions(self._consumer, places, start).items():
                self._consumer.seek(place, offset)
        return self._consumer.end_offsets(places) if until_end else None

    def read(self) -> list[Any]:
        """Messages that have come, as kafka-python's ConsumerRecord; after half a second, none.

        A broker that is away is waited for. Raises UserError where it now refuses the login or the topic.
        """
        try:
            batches = self._consumer.poll(timeout_ms=_POLL_MS)
        except RetriableError as error:
            log.warning("broker_away", bootstrap=self._connection.bootstrap, error=str(error))
            time.sleep(_AWAY_PAUSE)
            return []
        except _REFUSALS as error:
            raise UserError(f"{self._connection.bootstrap} refuses: {error}") from error
        if has_connection(self._consumer):
            kafka_answers(self._connection.bootstrap)
        found = [record for records in batches.values() for record in records]
        if self._ends is None:
            return found
        # What was put on the topic after the start is for another time.
        return [record for record in found if record.offset < self._end_of(record.topic, record.partition)]

    def at_end(self) -> bool:
        """Whether all partitions held have been read up to where they ended at the start. Never, if no end is wanted.

        True only of what `read` has returned already, all of it.
        """
        if self._ends is None:
            return False
        held = self._consumer.assignment()
        if not held:
            return bool(self._group) and self._is_left_out()
        self._left_out = None
        return all(self._has_reached(place) for place in held)

    def _is_left_out(self) -> bool:
        """There are more members than partitions: this one has joined, and has had nothing to read for a while.

        Between joining and being dealt partitions it has none either.
        """
        generation = self._consumer.group_metadata().generation_id
        if generation <= 0:
            return False
        if self._left_out is None or self._left_out[0] != generation:
            self._left_out = generation, time.monotonic()
        return time.monotonic() - self._left_out[1] > _LEFT_OUT_SECONDS

    def _has_reached(self, place: TopicPartition) -> bool:
        try:
            position = self._consumer.position(place, timeout_ms=_POLL_MS)
        except RetriableError:
            return False
        return position is not None and position >= self._end_of(*place)

    def _end_of(self, topic: str, partition: int) -> int:
        return self._ends.get(TopicPartition(topic, partition), 0) if self._ends else 0

    def finish(self, record: Any) -> None:
        """The message need not be delivered again. Takes effect with the next `commit`."""
        self._finished[TopicPartition(record.topic, record.partition)] = record.offset + 1

    @property
    def commit_is_due(self) -> bool:
        """Whether finished messages have waited for their commit long enough."""
        return bool(self._group and self._finished) and time.monotonic() - self._committed_at > _COMMIT_EVERY

    def commit(self) -> None:
        """Tell the group what was finished. Where that fails, messages come again: to here, or to another member."""
        if not self._group:
            return
        # A copy: another thread may finish messages meanwhile.
        finished = self._finished.copy()
        # What was dealt to another member meanwhile is for that one to commit.
        held = {place: offset for place, offset in finished.items() if place in self._consumer.assignment()}
        if held:
            offsets = {place: OffsetAndMetadata(offset, "", -1) for place, offset in held.items()}
            try:
                self._consumer.commit(offsets, timeout_ms=_COMMIT_MS)
            except RetriableError as error:
                log.warning("commit_delayed", group=self._group, error=str(error))
                return
            except (CommitFailedError, RebalanceInProgressError) as error:
                log.warning("commit_failed", group=self._group, error=str(error))
        self._committed_at = time.monotonic()
        for place, offset in finished.items():
            if self._finished.get(place) == offset:
                del self._finished[place]

    def close(self) -> None:
        """Commit what was finished and leave."""
        self.commit()
        self._consumer.close(autocommit=False, timeout_ms=_COMMIT_MS)
