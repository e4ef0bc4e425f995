"""Waiting: for a store that does not answer, and for a dead letter on its way. The group is kept meanwhile.

A wait ends early when it has become pointless: we are to stop, or the partitions that the batch came from were given
out anew. Either way the batch is let go; none of it was acknowledged, and it will be read again from the watermark.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import structlog
from kafka import KafkaConsumer
from kafka.errors import RetriableError

from services.connect import has_connection
from services.errors import Transient
from services.health import Health
from services.outage import kafka_answers
from services.sink.assignment import Assignment
from services.telemetry import RETRIES, Telemetry

log = structlog.get_logger(__name__)

ResultT = TypeVar("ResultT")

_FIRST_WAIT, _LONGEST_WAIT = 0.2, 30.0
_POLL_MS = 200


class Abandoned(Exception):
    """A wait ended early. Not an error: the loop goes on, and sees why."""


class Patience:
    """Tries what may fail for a while, again and again, while the group goes on taking us for alive."""

    def __init__(
        self,
        consumer: KafkaConsumer,
        assignment: Assignment,
        telemetry: Telemetry,
        health: Health,
        stop: threading.Event,
        server: str,
    ) -> None:
        """`server` is where Kafka is, for the log."""
        self._consumer = consumer
        self._assignment = assignment
        self._telemetry = telemetry
        self._health = health
        self._stop = stop
        self._server = server

    def until_done(self, act: Callable[[], ResultT], what: str) -> ResultT:
        """What `act` returns, as soon as it raises Transient no more. `what` is what the health page waits for.

        Raises Abandoned where waiting has become pointless.
        """
        epoch = self._assignment.epoch
        waited_for = self._health.waiting_for
        tries = 0
        while True:
            try:
                result = act()
            except Transient as fault:
                wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2**tries) * random.uniform(0.5, 1)  # noqa: S311 - no secret
                tries += 1
                self._telemetry.count(RETRIES)
                self._health.waiting_for = what
                log.warning("waiting", what=what, fault=str(fault), tries=tries, seconds=round(wait, 3))
                self._wait(wait, epoch)
            else:
                self._health.waiting_for = waited_for
                return result

    def look(self) -> None:
        """Called while a dead letter is on its way. Raises Abandoned where waiting has become pointless."""
        self.tell()
        if self._stop.is_set():
            raise Abandoned

    def tell(self) -> None:
        """We are alive, and Kafka is there or away: for the health page, and for the log. Each loop calls it."""
        self._health.beat()
        self._health.kafka_away = not has_connection(self._consumer)
        if not self._health.kafka_away:
            kafka_answers(self._server)

    def _wait(self, seconds: float, epoch: int) -> None:
        ends = time.monotonic() + seconds
        self._assignment.hold()
        # The library's own thread sends the heartbeats, but a consumer that does not poll is put out all the same,
        # and partitions can only be given out anew while we poll. Those are paused too, so nothing is fetched.
        while time.monotonic() < ends:
            # Kafka may be away as well; whoever waits will see it when its own turn comes.
            with suppress(RetriableError):
                self._consumer.poll(timeout_ms=_POLL_MS)
            self.tell()
            if self._stop.is_set() or self._assignment.epoch != epoch:
                self._assignment.release()
                raise Abandoned
        self._assignment.release()
