"""A message that is Poison becomes a message of the dead-letter topic: the same for every stage and every client.

Pure: nothing is sent here. Whoever sends it waits until the broker has it before the original is acknowledged.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from schemas.cloudevents import event_headers
from schemas.deadletter import DeadLetter, Stage
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


def origin(letter: DeadLetter) -> str:
    """Where the message was: ``topic/partition/offset``."""
    return f"{letter.topic}/{letter.partition}/{letter.offset}"


def as_message(letter: DeadLetter) -> tuple[bytes | None, bytes | None, list[tuple[str, bytes]]]:
    """Key, value and headers of a dead letter on its topic."""
    own = event_headers(
        DEADLETTER.kind,
        origin(letter),
        f"/dateline/{letter.stage.value}",
        subject=origin(letter),
        time=letter.first_failed_at,
        content_type="application/octet-stream",
    )
    # Clients refuse a message that has neither key nor value, which is what some dead letters are.
    value = b"" if letter.key is None and letter.value is None else letter.value
    return letter.key, value, own + letter.to_headers()
