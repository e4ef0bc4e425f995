"""Dead letters go back where they came from, and a marker to their own topic says so.

What is sent again are the original's key, value and headers, byte for byte, and one header more: how often it has been.
The broker has the message before its marker is written, so a replay that dies between the two leaves the letter open:
it may go twice, and is never forgotten. A letter that cannot be sent is told, and the others go.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import structlog
from kafka import KafkaProducer
from kafka.errors import IllegalStateError, KafkaError, KafkaTimeoutError, MessageSizeTooLargeError, RetriableError

from schemas.deadletter import DeadLetter, Place, Replayed
from schemas.topics import DEADLETTER
from services.connect import connect
from services.deadletters import as_marker
from services.kafka import KafkaConnection
from services.outage import kafka_answers
from services.replay.dead import Case, headers_of_replay
from services.replay.targets import Target

log = structlog.get_logger(__name__)

IN_FLIGHT, IN_FLIGHT_BYTES = 500, 32 * 1024 * 1024
"""Most letters, and most bytes of their values, that are sent and not yet known to be with the broker."""
_GRACE_SECONDS = 5.0
_LOOK_SECONDS = 0.05
_UNKNOWN_OFFSET = -1


@dataclass(slots=True)
class Result:
    """What became of the letters: ids, and why where one has to know."""

    replayed: int = 0
    not_sent: list[tuple[str, str]] = field(default_factory=list)
    unmarked: list[tuple[str, str]] = field(default_factory=list)  # replayed, but the letter stays open
    interrupted: bool = False
    away: bool = False  # Kafka no longer took anything: what is left was not tried


class Replay:
    """One replay. Belongs to one thread; closed by whoever made it."""

    def __init__(
        self,
        connection: KafkaConnection,
        deadletter: str,
        result: Result,
        *,
        compression: str,
        deadline: float = 30.0,
    ) -> None:
        """`deadletter` is the topic for markers; `compression` is none or gzip; `result` is filled in.

        A message that is not acknowledged `deadline` seconds after it was sent is given up. Raises SettingsError
        where Kafka cannot be reached.
        """
        self._connection, self._topic = connection, deadletter
        self._compression, self._deadline = compression, deadline
        self._producers: dict[str, Any] = {}
        self._sent: deque[tuple[Case, int, Any]] = deque()  # with the size of its value
        self._bytes = 0
        self._markers: deque[tuple[Case, Any]] = deque()
        self._marking = self._producer(DEADLETTER.max_message_bytes)
        self.result = result

    def send(self, case: Case, dead: DeadLetter, target: Target) -> None:
        """Hand over one original; waits while too much is on its way."""
        size = len(dead.value or b"")
        while self._sent and (len(self._sent) >= IN_FLIGHT or self._bytes + size > IN_FLIGHT_BYTES):
            self._settle_first()
        self.settle_answered()
        producer = self._producers.get(dead.topic)
        if producer is None:
            # One for each topic: the client has to know the largest message that it takes, or one that the broker
            # refuses for its size would stop all that follow.
            producer = self._producers[dead.topic] = self._producer(target.largest)
        # Clients refuse a message that has neither key nor value.
        value = b"" if dead.key is None and dead.value is None else dead.value
        try:
            future = producer.send(
                dead.topic,
                key=dead.key,
                value=value,
                headers=headers_of_replay(dead.headers, case.replays + 1),
                # Where it was, so that it stays in line with other messages of its key; by its key if that is gone.
                partition=dead.partition if dead.partition in target.partitions else None,
            )
        except KafkaError as error:
            self._not_sent(case, error)
            return
        self._sent.append((case, size, future))
        self._bytes += size

    def settle_answered(self) -> None:
        """Mark what the broker has by now, without waiting."""
        while self._sent and self._sent[0][2].is_done:
            self._settle_first()
        while self._markers and self._markers[0][1].is_done:
            self._settle_marker()

    def idle(self, seconds: float) -> None:
        """Wait so long, and mark what the broker has meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.settle_answered()
            time.sleep(min(left, _LOOK_SECONDS))

    def settle(self) -> None:
        """Return when it is known of everything that was sent whether the broker has it, and it is marked."""
        while self._sent:
            self._settle_first()
        while self._markers:
            self._settle_marker()

    def close(self) -> None:
        """Give back the connections."""
        for producer in self._all():
            with suppress(KafkaTimeoutError):
                producer.close(timeout=_GRACE_SECONDS)

    @property
    def _patience(self) -> float:
        """Seconds that an answer is waited for: the client gives up first. What was given up is answered already."""
        return 0.0 if self.result.away else self._deadline + _GRACE_SECONDS

    def _all(self) -> tuple[Any, ...]:
        return (*self._producers.values(), self._marking)

    def _failed(self, error: KafkaError) -> None:
        """Where Kafka has taken nothing for so long, give up all that is on its way.

        After one batch has run out of time the client may answer none of the others: each would be waited for in turn.
        """
        if self.result.away or not isinstance(error, RetriableError | KafkaTimeoutError):
            return
        self.result.away = True
        for producer in self._all():
            producer._sender.force_close()
        for producer in self._all():
            producer._sender.join(_GRACE_SECONDS)

    def _producer(self, largest: int) -> Any:
        return connect(
            KafkaProducer,
            self._connection,
            acks="all",
            enable_idempotence=True,
            allow_auto_create_topics=False,
            compression_type=None if self._compression == "none" else self._compression,
            max_request_size=largest,
            max_block_ms=int(self._deadline * 1000),
            request_timeout_ms=int(self._deadline / 2 * 1000),
            delivery_timeout_ms=int(self._deadline * 1000),
        )

    def _settle_first(self) -> None:
        case, size, future = self._sent[0]
        try:
            # Waited for before it is taken off: whoever interrupts this can settle it later.
            there = future.get(timeout=self._patience)
        except KafkaError as error:
            self._sent.popleft()
            self._bytes -= size
            self._not_sent(case, error)
            return
        self._sent.popleft()
        self._bytes -= size
        self.result.replayed += 1
        kafka_answers(self._connection.bootstrap)
        self._mark(case, Place(there.topic, there.partition, there.offset))

    def _mark(self, case: Case, to: Place) -> None:
        if to.offset == _UNKNOWN_OFFSET:
            # A send that was tried again, and the broker had it already.
            self.result.unmarked.append((case.id, "Kafka has it and does not say where"))
            return
        if self.result.away:
            self.result.unmarked.append((case.id, "Kafka no longer answers"))
            return
        marker = Replayed(case.dead.origin, to, case.replays + 1, datetime.now(UTC), case.dead.key)
        key, value, headers = as_marker(marker)
        try:
            self._markers.append((case, self._marking.send(self._topic, key=key, value=value, headers=headers)))
        except KafkaError as error:
            self.result.unmarked.append((case.id, _why(error)))
            self._failed(error)
        log.info("replayed", origin=case.id, to=str(to), count=marker.count)

    def _settle_marker(self) -> None:
        case, future = self._markers[0]
        try:
            future.get(timeout=self._patience)
        except KafkaError as error:
            self.result.unmarked.append((case.id, _why(error)))
            self._failed(error)
        self._markers.popleft()

    def _not_sent(self, case: Case, error: KafkaError) -> None:
        self.result.not_sent.append((case.id, _why(error)))
        self._failed(error)


def replay_all(
    replay: Replay,
    letters: Iterable[tuple[Case, DeadLetter]],
    targets: dict[str, Target],
    *,
    wait_turn: Callable[[], None] = lambda: None,
    on_progress: Callable[[Result], None] = lambda _: None,
) -> None:
    """Send each letter's original to its topic, one of `targets`, and wait until all is known.

    Ends at Ctrl-C, and where Kafka no longer answers; what was sent is settled and marked in any case. `wait_turn` is
    called before each, `on_progress` after it, on this thread. Raises UserError where the letters cannot be read.
    """
    result = replay.result
    try:
        for case, dead in letters:
            replay.settle_answered()
            wait_turn()
            replay.send(case, dead, targets[dead.topic])
            on_progress(result)
            if result.away:
                break
    except KeyboardInterrupt:
        result.interrupted = True
    finally:
        replay.settle()
    on_progress(result)


def _why(error: KafkaError) -> str:
    if isinstance(error, MessageSizeTooLargeError):
        return "is larger than its topic takes"
    if isinstance(error, IllegalStateError):
        return "given up, as Kafka no longer answers"
    return " ".join(str(error).split())
