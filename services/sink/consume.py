"""Taking batches from Kafka, and telling Kafka how far we are."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

import structlog
from kafka import KafkaConsumer, OffsetAndMetadata, TopicPartition
from kafka.errors import (
    CommitFailedError,
    IllegalGenerationError,
    KafkaError,
    OffsetOutOfRangeError,
    RebalanceInProgressError,
    RetriableError,
    UnknownMemberIdError,
)

from services.errors import Transient
from services.health import Health
from services.sink.assignment import Assignment
from services.sink.batch import Writer
from services.sink.patience import Abandoned, Patience

log = structlog.get_logger(__name__)

_POLL_MS = 500
_COMMIT_MS = 5000


def consume(
    consumer: KafkaConsumer,
    assignment: Assignment,
    patience: Patience,
    writer: Writer,
    health: Health,
    stop: threading.Event,
    topic: str,
    until_idle: float | None,
) -> None:
    """Take batches and have them written, until `stop` is set or nothing has come for `until_idle` seconds."""
    health.waiting_for = "its group"
    busy, epoch = time.monotonic(), assignment.epoch
    while not stop.is_set():
        patience.tell()
        try:
            # Kafka may know another place than the store. Those who watch the lag are to see the true one at once.
            _acknowledge(consumer, topic, patience.until_done(assignment.place, "the store"))
            records = patience.until_done(lambda: _take(consumer, assignment), "Kafka")
            health.waiting_for = None if assignment.joined else "its group"
            if records:
                _acknowledge(consumer, topic, writer.write(records))
        except Abandoned:
            continue
        if records or not assignment.joined or assignment.epoch != epoch:
            busy, epoch = time.monotonic(), assignment.epoch
        elif until_idle is not None and time.monotonic() - busy > until_idle:
            return


def _take(consumer: KafkaConsumer, assignment: Assignment) -> list[Any]:
    """The next records, in order within each partition. Raises Transient where Kafka does not answer.

    A record whose checksum is wrong raises CorruptRecordError, and ends the process: its bytes are not what was sent,
    so it can neither be stored nor be set aside, and a fetch anew may bring it whole.
    """
    try:
        taken = consumer.poll(timeout_ms=_POLL_MS)
    except OffsetOutOfRangeError as error:
        # Retention has overtaken us, or the topic has lost its end. Placing says which, and what to do.
        assignment.displace(error.args[0])
        return []
    except RetriableError as error:
        raise Transient(f"Kafka: {error}") from error
    return [record for records in taken.values() for record in records]


def _acknowledge(consumer: KafkaConsumer, topic: str, ends: Mapping[int, int]) -> None:
    """Tell Kafka how far we are. Nothing hangs on it: the store knows, and the next batch tells it again."""
    if not ends:
        return
    offsets = {TopicPartition(topic, partition): OffsetAndMetadata(end, "", -1) for partition, end in ends.items()}
    try:
        consumer.commit(offsets, timeout_ms=_COMMIT_MS)
    except (
        CommitFailedError,
        IllegalGenerationError,
        RebalanceInProgressError,
        UnknownMemberIdError,
        RetriableError,
    ) as error:
        log.warning("not_acknowledged", error=_line(error), topic=topic, partitions=sorted(ends))


def _line(error: KafkaError) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())
