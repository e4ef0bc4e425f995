"""Articles go to the topic, each one's fate is awaited, and nothing counts as sent that was not acknowledged.

Knows no Kafka client: that is behind `Producer`. The client answers on a thread of its own; the answers are put into a
queue and looked at on the caller's thread, so that all counting happens there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Protocol

from services.errors import SettingsError
from services.feed.sources import Refusal
from services.telemetry import FEED_BYTES, QUEUE_ARTICLES, STAGE_SECONDS, Outcome, Telemetry

IN_FLIGHT_BYTES = 32 * 1024 * 1024
"""Most bytes sent and not yet acknowledged. The client itself sets no bound."""
GRACE_SECONDS = 5.0
"""How much later than the deadline an answer may come; the client gives up first and says why."""


@dataclass(frozen=True, slots=True)
class Message:
    """What goes to the topic, and the place it came from."""

    place: str
    value: bytes
    key: bytes | None = None
    headers: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of value, key and headers."""
        return len(self.value) + len(self.key or b"") + sum(len(name) + len(value) for name, value in self.headers)


class TooLarge(Exception):
    """The topic takes no message of this size."""


Answer = Callable[[Exception | None], None]


class Producer(Protocol):
    """What a client has to do. Messages with the same key arrive in the order of the calls, or not at all."""

    def send(self, topic: str, message: Message, answer: Answer) -> None:
        """Hand over one message. Later, on any thread, `answer` is called once: with None where it is acknowledged.

        For its size the message is refused with TooLarge, raised or answered. Any other error ends the feed.
        """

    def close(self, *, abandon: bool = False) -> None:
        """End the connection; `abandon` gives up what is not acknowledged yet, and all of it is answered."""


@dataclass(slots=True, eq=False)
class _Sent:
    message: Message
    started: float
    ended: float = 0.0
    error: Exception | None = None


class Publisher:
    """Sends messages, with a bound on how many and how large are not yet acknowledged. Belongs to one thread."""

    def __init__(
        self,
        producer: Producer,
        topic: str,
        *,
        in_flight: int,
        deadline: float,
        telemetry: Telemetry,
        on_refused: Callable[[Refusal], None],
        in_flight_bytes: int = IN_FLIGHT_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`on_refused` is told, on the caller's thread, what was refused for its size.

        Every method raises SettingsError where Kafka answers nothing for `deadline` seconds and a little.
        """
        self._producer = producer
        self._topic = topic
        self._in_flight = in_flight
        self._in_flight_bytes = in_flight_bytes
        self._deadline = deadline
        self._telemetry = telemetry
        self._on_refused = on_refused
        self._clock = clock
        self._answered: SimpleQueue[_Sent] = SimpleQueue()
        self._pending: dict[_Sent, int] = {}
        self._pending_bytes = 0
        self.sent = 0
        self.sent_bytes = 0

    def send(self, message: Message) -> None:
        """Hand over one message; waits while too much is not acknowledged. Raises what ended an earlier one."""
        while self._answered.qsize() or not self._has_room(message.size):
            self._take(GRACE_SECONDS)
        sent = _Sent(message, self._clock())
        handed_over = False
        self._add(sent)
        try:
            self._producer.send(self._topic, message, lambda error: self._answer(sent, error))
            handed_over = True
        except TooLarge as refused:
            self._refuse(message, refused)
        finally:
            # Interrupted or refused, there may come no answer; one that comes all the same is counted.
            if not handed_over:
                self._remove(sent)

    def idle(self, seconds: float) -> None:
        """Wait so long, and count what is acknowledged meanwhile."""
        until = self._clock() + seconds
        while (left := until - self._clock()) > 0:
            self._take(left)

    def flush(self) -> None:
        """Wait until everything that was sent is acknowledged or refused."""
        while self._pending or self._answered.qsize():
            self._take(GRACE_SECONDS)

    def close(self, *, abandon: bool = False) -> None:
        """End the connection. With `abandon`, what is not acknowledged by now is given up and not counted."""
        self._producer.close(abandon=abandon)
        while self._answered.qsize():
            sent = self._answered.get()
            self._remove(sent)
            if sent.error is None:
                self._count(sent)
        self._telemetry.set(QUEUE_ARTICLES, 0)

    def _has_room(self, size: int) -> bool:
        # A message over the bound on bytes goes when it is alone.
        fits = self._pending_bytes + size <= self._in_flight_bytes or not self._pending
        return fits and len(self._pending) < self._in_flight

    def _answer(self, sent: _Sent, error: Exception | None) -> None:
        # On the client's thread: nothing of ours is touched but the queue.
        sent.ended, sent.error = self._clock(), error
        self._answered.put(sent)

    def _take(self, timeout: float) -> None:
        try:
            sent = self._answered.get(timeout=timeout)
        except Empty:
            self._check_deadline()
            return
        self._remove(sent)
        if sent.error is None:
            self._count(sent)
        elif isinstance(sent.error, TooLarge):
            self._refuse(sent.message, sent.error)
        else:
            raise sent.error

    def _check_deadline(self) -> None:
        oldest = next(iter(self._pending), None)
        if oldest is not None and self._clock() - oldest.started > self._deadline + GRACE_SECONDS:
            raise SettingsError("DATELINE_KAFKA_BOOTSTRAP", f"Kafka acknowledged nothing for {self._deadline:.0f} s")

    def _count(self, sent: _Sent) -> None:
        self.sent += 1
        self.sent_bytes += len(sent.message.value)
        self._telemetry.outcome(Outcome.SENT)
        self._telemetry.count(FEED_BYTES, len(sent.message.value))
        self._telemetry.observe(STAGE_SECONDS, sent.ended - sent.started)

    def _refuse(self, message: Message, refused: TooLarge) -> None:
        self._on_refused(Refusal(message.place, str(refused)))

    def _add(self, sent: _Sent) -> None:
        self._pending[sent] = sent.message.size
        self._pending_bytes += sent.message.size
        self._telemetry.set(QUEUE_ARTICLES, len(self._pending))

    def _remove(self, sent: _Sent) -> None:
        self._pending_bytes -= self._pending.pop(sent, 0)
        self._telemetry.set(QUEUE_ARTICLES, len(self._pending))
