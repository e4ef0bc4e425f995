"""What cannot be stored goes to the dead-letter topic, and is known to be there before its offset is passed.

Written before the transaction that moves the watermark, so a process killed between the two writes it again: a dead
letter may be there twice, never not at all. Its topic, partition and offset, also its ``ce_id``, tell the copies.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import structlog
from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError

from schemas.deadletter import DeadLetter
from schemas.topics import DEADLETTER
from services.connect import connect
from services.deadletters import as_message
from services.kafka import KafkaConnection

log = structlog.get_logger(__name__)

_DELIVERY_SECONDS = 60
_LOOK_SECONDS = 0.2
_BLOCK_SECONDS = 2  # a send waits so long for word of the topic, and is tried again


class DeadLetters:
    """A producer to the dead-letter topic that believes acknowledgements only."""

    def __init__(self, connection: KafkaConnection, topic: str, compression: str) -> None:
        """`compression` is none or gzip. Raises SettingsError where Kafka cannot be reached."""
        self._topic = topic
        self._producer = connect(
            KafkaProducer,
            connection,
            acks="all",
            enable_idempotence=True,
            compression_type=None if compression == "none" else compression,
            max_request_size=DEADLETTER.max_message_bytes,
            delivery_timeout_ms=1000 * _DELIVERY_SECONDS,
            max_block_ms=int(1000 * _BLOCK_SECONDS),
            allow_auto_create_topics=False,
        )

    def write(self, letters: Sequence[DeadLetter], waiting: Callable[[], None]) -> None:
        """Send letters and wait until the broker has each. `waiting` is called meanwhile, and may raise to give up.

        Raises KafkaError where one could not be written: the process ends, as going on would lose the message.
        """
        sent = [(letter, self._send(letter, waiting)) for letter in letters]
        for letter, future in sent:
            try:
                _settled(future, waiting)
            except KafkaError as error:
                raise _told(letter, error) from error

    def close(self) -> None:
        """Give back the connection. Every letter is settled by then, or its error is on its way up."""
        with suppress(KafkaTimeoutError):
            self._producer.close(timeout=5)

    def _send(self, letter: DeadLetter, waiting: Callable[[], None]) -> Any:
        key, value, headers = as_message(letter)
        ends = time.monotonic() + 2 * _DELIVERY_SECONDS
        while True:
            try:
                return self._producer.send(self._topic, key=key, value=value, headers=headers)
            except KafkaTimeoutError as error:
                # Kafka is away, or has just come back: nothing was sent, so it can be tried again.
                if time.monotonic() > ends:
                    raise _told(letter, error) from error
            except KafkaError as error:
                raise _told(letter, error) from error
            waiting()


def _settled(future: Any, waiting: Callable[[], None]) -> None:
    """Return when the broker has the message. Raises KafkaError where it will not have it."""
    ends = time.monotonic() + 2 * _DELIVERY_SECONDS
    while not future.is_done and time.monotonic() < ends:
        with suppress(KafkaTimeoutError):
            future.get(timeout=_LOOK_SECONDS)
        waiting()
    future.get(timeout=0)


def _told(letter: DeadLetter, error: KafkaError) -> KafkaError:
    log.critical(
        "dead_letter_not_written",
        topic=letter.topic,
        partition=letter.partition,
        offset=letter.offset,
        reason=letter.reason.value,
        error=str(error),
    )
    return error
