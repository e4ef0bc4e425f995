"""The loop that sends: at a pace, until the end, the limit, the first refusal or Ctrl-C, and what became of it all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from services.errors import UserError
from services.feed.pace import steady
from services.feed.publish import Message, Producer, Publisher
from services.feed.sources import Refusal
from services.telemetry import Outcome, Telemetry

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sending:
    """How articles are sent. Raises UserError where a number is not positive.

    `in_flight`: most articles not yet acknowledged. `deadline`: seconds that a broker that goes away is waited for.
    `rate`: articles a second. `limit`: end after so many. `strict`: end at the first refusal.
    """

    in_flight: int = 500
    compression: str = "gzip"
    deadline: float = 30.0
    rate: float | None = None
    limit: int | None = None
    strict: bool = False

    def __post_init__(self) -> None:
        for name in ("in_flight", "deadline", "rate", "limit"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise UserError(f"{name} is {value}; it must be above 0")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a feed is. Bytes are those of the files; their total is None where it cannot be known."""

    sent: int
    refused: int
    read_bytes: int
    total_bytes: int | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a feed: `sent` were acknowledged, of `bytes` in all.

    `skipped_names` are the first of the files that were left out of folders, but for the hidden ones. `encodings` has
    the files that are not UTF-8, and what they were read as: by their mark, or by a guess.
    """

    sent: int
    refused: int
    skipped_files: int
    bytes: int
    seconds: float
    interrupted: bool = False
    encodings: dict[str, str] = field(default_factory=dict)
    skipped_names: tuple[str, ...] = ()


class Position(Protocol):
    """What is read from, and how far."""

    total_bytes: int | None
    read_bytes: int
    skipped_files: int
    skipped_names: tuple[str, ...]
    encodings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Due:
    """A message, and how many seconds after the start it may go."""

    message: Message
    after: float = 0.0


def send_all(
    items: Iterable[Due | Refusal],
    position: Position,
    *,
    producer: Producer,
    topic: str,
    sending: Sending,
    telemetry: Telemetry,
    on_progress: Callable[[Progress], None] | None = None,
    on_refused: Callable[[Refusal], None] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Summary:
    """Send all items and close the producer.

    The callbacks are called on this thread, `on_progress` before the first item and after each. On KeyboardInterrupt
    what was sent is waited for, and the summary says so. Raises UserError after all that was sent is acknowledged where
    `strict` ends it, and at once where Kafka stays away; everything acknowledged is counted.
    """
    refusals = _Refusals(telemetry, on_refused)
    publisher = Publisher(
        producer,
        topic,
        in_flight=sending.in_flight,
        deadline=sending.deadline,
        telemetry=telemetry,
        on_refused=refusals.add,
        clock=clock,
    )

    def tell() -> None:
        if on_progress is not None:
            on_progress(Progress(publisher.sent, refusals.count, position.read_bytes, position.total_bytes))

    start, interrupted, finished = clock(), False, False
    try:
        try:
            tell()
            _send(items, publisher, refusals, sending, clock, tell)
        except KeyboardInterrupt:
            interrupted = True
        publisher.flush()
        finished = True
    finally:
        publisher.close(abandon=not finished)
        log.info("feed_ended", sent=publisher.sent, refused=refusals.count, interrupted=interrupted, whole=finished)
    tell()
    if sending.strict and refusals.first is not None:
        refused = refusals.first
        raise UserError(f"{refused.place}: {refused.reason} (strict; {publisher.sent} articles were sent)")
    return Summary(
        sent=publisher.sent,
        refused=refusals.count,
        skipped_files=position.skipped_files,
        bytes=publisher.sent_bytes,
        seconds=clock() - start,
        interrupted=interrupted,
        encodings=dict(position.encodings),
        skipped_names=position.skipped_names,
    )


def _send(
    items: Iterable[Due | Refusal],
    publisher: Publisher,
    refusals: _Refusals,
    sending: Sending,
    clock: Callable[[], float],
    tell: Callable[[], None],
) -> None:
    start, handed_over = clock(), 0
    wait_turn = steady(sending.rate, clock, publisher.idle) if sending.rate else None
    for item in items:
        if isinstance(item, Refusal):
            refusals.add(item)
        else:
            if wait_turn is not None:
                wait_turn()
            publisher.idle(start + item.after - clock())
            publisher.send(item.message)
            handed_over += 1
        tell()
        if handed_over == sending.limit or (sending.strict and refusals.first is not None):
            return


class _Refusals:
    """What was refused: counted, and told where somebody listens, or logged."""

    def __init__(self, telemetry: Telemetry, on_refused: Callable[[Refusal], None] | None) -> None:
        self._telemetry = telemetry
        self._on_refused = on_refused
        self.first: Refusal | None = None
        self.count = 0

    def add(self, refusal: Refusal) -> None:
        self.first = self.first or refusal
        self.count += 1
        self._telemetry.outcome(Outcome.REFUSED)
        if self._on_refused is not None:
            self._on_refused(refusal)
        else:
            log.warning("record_refused", place=refusal.place, reason=refusal.reason)
