"""A message that could not be handled: its original bytes, and why it was set aside.

The value, the key and every header of the original are kept byte for byte (the headers under a prefix, so that the
dead letter can carry its own). The error's headers bear the names that Kafka Connect gives them where it has the
field, so that consoles which know Connect's dead letters can show ours.

On the same topic there are markers, `Replayed`: a letter's original has been put back where it came from, and where it
is now. They have no value. Whoever reads the topic tells them from letters by `is_marker`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

Headers = Sequence[tuple[str, bytes]]


class Reason(StrEnum):
    """Why a message was set aside: the closed list."""

    EMPTY = "empty"  # no value at all
    NOT_JSON = "not_json"  # the bytes are no JSON text in UTF-8
    INVALID = "invalid"  # JSON, but not the record that the topic holds
    UNSUPPORTED_VERSION = "unsupported_version"  # a schema of another major version, or of another kind
    TOO_LARGE = "too_large"  # over a limit on text, or its result is over the topic's limit on messages
    TIMED_OUT = "timed_out"  # took longer than the limit on time, alone as well
    CRASHED = "crashed"  # ended the process that handled it, alone as well
    REFUSED_BY_STORE = "refused_by_store"  # the database refuses this row and takes others


class Stage(StrEnum):
    """Where a message can be set aside."""

    ENRICH = "enrich"
    SINK = "sink"


TOPIC = "__connect.errors.topic"
PARTITION = "__connect.errors.partition"
OFFSET = "__connect.errors.offset"
STAGE = "__connect.errors.stage"
EXCEPTION = "__connect.errors.exception.class.name"
MESSAGE = "__connect.errors.exception.message"
REASON = "__dateline.errors.reason"
ATTEMPTS = "__dateline.errors.attempts"
FIRST_FAILED_AT = "__dateline.errors.first.failed.at"
ORIGINAL = "__dateline.original."

REPLAYS = "__dateline.replays"
"""Of a message that was replayed, not of a dead letter: how often it has been, the first one having a 1."""

REPLAYED_KIND = "dead-letter-replayed"
REPLAYED_TOPIC = "__dateline.replayed.topic"
REPLAYED_PARTITION = "__dateline.replayed.partition"
REPLAYED_OFFSET = "__dateline.replayed.offset"
REPLAYED_TO_TOPIC = "__dateline.replayed.to.topic"
REPLAYED_TO_PARTITION = "__dateline.replayed.to.partition"
REPLAYED_TO_OFFSET = "__dateline.replayed.to.offset"
REPLAYED_COUNT = "__dateline.replayed.count"
REPLAYED_AT = "__dateline.replayed.at"

MESSAGE_LIMIT = 4096
"""Bytes of an exception's message that are kept."""


class NotADeadLetter(ValueError):
    """The headers are not those of a dead letter; the message says which one is missing or wrong."""


class Place(NamedTuple):
    """Where a message is."""

    topic: str
    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}/{self.offset}"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One message set aside. `key` and `value` are the original's; `headers` are the original's headers."""

    topic: str
    partition: int
    offset: int
    stage: Stage
    reason: Reason
    exception: str
    message: str
    attempts: int
    first_failed_at: datetime
    key: bytes | None = None
    value: bytes | None = None
    headers: Headers = ()

    @property
    def origin(self) -> Place:
        """Where the original was: it tells the letter from others, and is the same for its copies."""
        return Place(self.topic, self.partition, self.offset)

    def to_headers(self) -> list[tuple[str, bytes]]:
        """The error's headers, then the original's under their prefix."""
        message = self.message.encode("utf-8", "backslashreplace")[:MESSAGE_LIMIT].decode("utf-8", "ignore")
        own = {
            TOPIC: self.topic,
            PARTITION: str(self.partition),
            OFFSET: str(self.offset),
            STAGE: self.stage.value,
            REASON: self.reason.value,
            EXCEPTION: self.exception,
            MESSAGE: message,
            ATTEMPTS: str(self.attempts),
            FIRST_FAILED_AT: self.first_failed_at.isoformat(),
        }
        return [(name, text.encode()) for name, text in own.items()] + [
            (ORIGINAL + name, value) for name, value in self.headers
        ]

    @classmethod
    def from_message(
        cls, key: bytes | None, value: bytes | None, headers: Sequence[tuple[str, bytes | None]]
    ) -> DeadLetter:
        """Read one back from a message of the dead-letter topic. Raises NotADeadLetter."""
        own = {name: text or b"" for name, text in headers if not name.startswith(ORIGINAL)}
        with _told():
            return cls(
                topic=own[TOPIC].decode(),
                partition=int(own[PARTITION]),
                offset=int(own[OFFSET]),
                stage=Stage(own[STAGE].decode()),
                reason=Reason(own[REASON].decode()),
                exception=own[EXCEPTION].decode(),
                message=own[MESSAGE].decode(),
                attempts=int(own[ATTEMPTS]),
                first_failed_at=datetime.fromisoformat(own[FIRST_FAILED_AT].decode()),
                key=key,
                value=value,
                headers=tuple((n.removeprefix(ORIGINAL), v or b"") for n, v in headers if n.startswith(ORIGINAL)),
            )


@dataclass(frozen=True, slots=True)
class Replayed:
    """A marker: the original of the letter that came from `origin` was put back, and is now at `to` as well.

    `count` is that of the header `REPLAYS` which it carries there; `key` is the original's.
    """

    origin: Place
    to: Place
    count: int
    at: datetime
    key: bytes | None = None

    def to_headers(self) -> list[tuple[str, bytes]]:
        """The marker's own headers."""
        own = {
            REPLAYED_TOPIC: self.origin.topic,
            REPLAYED_PARTITION: str(self.origin.partition),
            REPLAYED_OFFSET: str(self.origin.offset),
            REPLAYED_TO_TOPIC: self.to.topic,
            REPLAYED_TO_PARTITION: str(self.to.partition),
            REPLAYED_TO_OFFSET: str(self.to.offset),
            REPLAYED_COUNT: str(self.count),
            REPLAYED_AT: self.at.isoformat(),
        }
        return [(name, text.encode()) for name, text in own.items()]

    @classmethod
    def from_message(cls, key: bytes | None, headers: Sequence[tuple[str, bytes | None]]) -> Replayed:
        """Read one back from a message for which `is_marker` holds. Raises NotADeadLetter where a header is wrong."""
        own = {name: (text or b"") for name, text in headers}
        with _told():
            return cls(
                Place(own[REPLAYED_TOPIC].decode(), int(own[REPLAYED_PARTITION]), int(own[REPLAYED_OFFSET])),
                Place(own[REPLAYED_TO_TOPIC].decode(), int(own[REPLAYED_TO_PARTITION]), int(own[REPLAYED_TO_OFFSET])),
                int(own[REPLAYED_COUNT]),
                datetime.fromisoformat(own[REPLAYED_AT].decode()),
                key,
            )


def is_marker(headers: Sequence[tuple[str, bytes | None]]) -> bool:
    """Whether a message of the dead-letter topic says that it tells of a replay, and is no letter."""
    return ("ce_type", f"dateline.{REPLAYED_KIND}".encode()) in headers


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong with headers, as NotADeadLetter."""
    try:
        yield
    except KeyError as missing:
        raise NotADeadLetter(f"header {missing} is missing") from missing
    except ValueError as wrong:
        raise NotADeadLetter(str(wrong)) from wrong
