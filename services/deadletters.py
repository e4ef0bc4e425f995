"""A message that is Poison becomes a message of the dead-letter topic: the same for every stage and every client.

Pure: nothing is sent here. Whoever sends it waits until the broker has it before the original is acknowledged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from schemas.cloudevents import event_headers
from schemas.deadletter import REPLAYED_KIND, DeadLetter, Replayed, Stage, is_marker
from schemas.topics import DEADLETTER
from services.errors import Poison


class Received(Protocol):
    """A message as any client hands it over. Kafka allows headers without a value."""

    @property
    def topic(self) -> str: ...  # noqa: D102
    @property
    def partition(self) -> int: ...  # noqa: D102
    @property
    def offset(self) -> int: ...  # noqa: D102
    @property
    def key(self) -> bytes | None: ...  # noqa: D102
    @property
    def value(self) -> bytes | None: ...  # noqa: D102
    @property
    def headers(self) -> Iterable[tuple[str, bytes | None]] | None: ...  # noqa: D102


def dead_letter(
    message: Received, poison: Poison, *, stage: Stage, attempts: int, first_failed_at: datetime
) -> DeadLetter:
    """The dead letter of a message, with its bytes as they are."""
    return DeadLetter(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        stage=stage,
        reason=poison.reason,
        exception=poison.exception,
        message=poison.message,
        attempts=attempts,
        first_failed_at=first_failed_at,
        key=message.key,
        value=message.value,
        # A dead letter's headers have bytes: one without a value becomes an empty one.
        headers=tuple((name, value or b"") for name, value in message.headers or ()),
    )


def last_cause(set_aside: Sequence[Poison | DeadLetter]) -> str:
    """Reason and message of the last of them, empty where there is none."""
    return f"{set_aside[-1].reason.value}, {set_aside[-1].message}" if set_aside else ""


def as_message(letter: DeadLetter) -> tuple[bytes | None, bytes | None, list[tuple[str, bytes]]]:
    """Key, value and headers of a dead letter on its topic."""
    own = event_headers(
        DEADLETTER.kind,
        str(letter.origin),
        f"/dateline/{letter.stage.value}",
        subject=str(letter.origin),
        time=letter.first_failed_at,
        content_type="application/octet-stream",
    )
    # Clients refuse a message that has neither key nor value, which is what some dead letters are.
    value = b"" if letter.key is None and letter.value is None else letter.value
    return letter.key, value, own + letter.to_headers()


def letter_of(message: Received) -> DeadLetter | None:
    """The letter that a message of the dead-letter topic is; None where it is a marker of a replay.

    Raises NotADeadLetter where it is neither.
    """
    headers = list(message.headers or ())
    return None if is_marker(headers) else DeadLetter.from_message(message.key, message.value, headers)


def marker_of(message: Received) -> Replayed | None:
    """The marker that a message of the dead-letter topic is; None where it does not say that it is one.

    Raises NotADeadLetter where it says so, and its headers are wrong.
    """
    headers = list(message.headers or ())
    return Replayed.from_message(message.key, headers) if is_marker(headers) else None


def as_marker(replayed: Replayed) -> tuple[bytes | None, bytes, list[tuple[str, bytes]]]:
    """Key, value and headers of a marker on the dead-letter topic. It has nothing of the original but its key."""
    own = event_headers(
        REPLAYED_KIND,
        str(replayed.to),
        "/dateline/replay",
        subject=str(replayed.origin),
        time=replayed.at,
        content_type="application/octet-stream",
    )
    return replayed.key, b"", own + replayed.to_headers()
