"""One batch: messages become articles or dead letters, and rows and watermarks go into the store together.

Each message is counted exactly once, when its watermark has moved.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import structlog

from schemas.deadletter import DeadLetter, Stage
from schemas.enriched import EnrichedArticle
from services.deadletter_limit import DeadLetterLimit
from services.deadletters import dead_letter, last_cause
from services.errors import Poison
from services.sink.decode import decode_enriched
from services.sink.stores.port import Located, Store, TopicKey
from services.telemetry import (
    BATCH_ARTICLES,
    FEED_TO_ROW_SECONDS,
    PUBLICATION_TO_ROW_SECONDS,
    QUEUE_ARTICLES,
    STAGE_SECONDS,
    Outcome,
    Telemetry,
)

log = structlog.get_logger(__name__)


class Letters(Protocol):
    """Where dead letters are written to."""

    def write(self, letters: Sequence[DeadLetter], waiting: Callable[[], None]) -> None:
        """Return when all of them are there."""
        ...


class Patient(Protocol):
    """Who waits when something does not answer."""

    def until_done(self, act: Callable[[], list[Located]], what: str) -> list[Located]:
        """What `act` returns in the end."""
        ...

    def look(self) -> None:
        """Called while dead letters are on their way."""
        ...


@dataclass(slots=True)
class Totals:
    """What became of the messages so far."""

    stored: int = 0
    dead_letters: int = 0


@dataclass(frozen=True, slots=True)
class _Message:
    """A record of kafka-python, and the article in it or the dead letter that it becomes."""

    record: Any
    article: EnrichedArticle | None
    letter: DeadLetter | None

    @property
    def located(self) -> list[Located]:
        return [Located(self.record.partition, self.record.offset, self.article)] if self.article else []

    @property
    def letters(self) -> list[DeadLetter]:
        return [self.letter] if self.letter else []


class Writer:
    """Writes batches to one store and one dead-letter topic."""

    def __init__(
        self,
        store: Store,
        topic: TopicKey,
        letters: Letters,
        patience: Patient,
        telemetry: Telemetry,
        limit: DeadLetterLimit,
    ) -> None:
        self.totals = Totals()
        self._store = store
        self._topic = topic
        self._letters = letters
        self._patience = patience
        self._telemetry = telemetry
        self._limit = limit

    def write(self, records: Sequence[Any]) -> dict[int, int]:
        """Write kafka-python's records, in order within each partition. Returns the end of each partition.

        Raises Abandoned where the batch was let go, KafkaError where a dead letter cannot be written,
        DeadLettersOverLimit where there are too many.
        """
        began = time.perf_counter()
        self._telemetry.observe(BATCH_ARTICLES, len(records))
        self._telemetry.set(QUEUE_ARTICLES, len(records))
        messages = [_read(record) for record in records]
        ends = {message.record.partition: message.record.offset + 1 for message in messages}
        try:
            letters = [letter for message in messages for letter in message.letters]
            self._limit.check((bool(message.letters) for message in messages), last_cause(letters))
            self._set_aside(letters)
            try:
                self._move(messages, ends)
            except Poison:
                self._one_by_one(messages)
        finally:
            self._telemetry.set(QUEUE_ARTICLES, 0)
        seconds = time.perf_counter() - began
        for _ in records:
            self._telemetry.observe(STAGE_SECONDS, seconds)
        return ends

    def _move(self, messages: Sequence[_Message], ends: Mapping[int, int]) -> None:
        """One transaction: the articles of `messages`, and the watermarks behind them."""
        located = [one for message in messages for one in message.located]
        stored = self._patience.until_done(lambda: self._store.write(self._topic, located, ends), "the store")
        self._count(stored, [letter for message in messages for letter in message.letters])

    def _one_by_one(self, messages: Sequence[_Message]) -> None:
        """A transaction for each message, so that the one which the database refuses is found, and the others go in."""
        for message in messages:
            record = message.record
            end = {record.partition: record.offset + 1}
            try:
                self._move([message], end)
                self._limit.check([False])
            except Poison as poison:
                refused = _Message(record, None, _letter(record, poison, attempts=2))
                self._limit.check([True], last_cause(refused.letters))
                self._set_aside(refused.letters)
                self._move([refused], end)

    def _set_aside(self, letters: Sequence[DeadLetter]) -> None:
        if letters:
            self._letters.write(letters, self._patience.look)

    def _count(self, stored: Sequence[Located], letters: Sequence[DeadLetter]) -> None:
        now = datetime.now(UTC)
        self.totals.stored += len(stored)
        self.totals.dead_letters += len(letters)
        self._telemetry.outcome(Outcome.STORED, len(stored))
        for letter in letters:
            self._telemetry.dead_letter(letter.reason.value)
            log.warning(
                "article_set_aside",
                article=letter.key.decode("utf-8", "backslashreplace") if letter.key else None,
                partition=letter.partition,
                offset=letter.offset,
                reason=letter.reason.value,
                message=letter.message,
            )
        for _, _, article in stored:
            log.debug("article_stored", article=article.id, version=article.version)
            self._telemetry.observe(FEED_TO_ROW_SECONDS, _seconds(article.fetched_at, now))
            if article.published_at:
                self._telemetry.observe(PUBLICATION_TO_ROW_SECONDS, _seconds(article.published_at, now))


def _read(record: Any) -> _Message:
    try:
        article = decode_enriched(record.key, record.value, record.headers)
    except Poison as poison:
        return _Message(record, None, _letter(record, poison, attempts=1))
    return _Message(record, article, None)


def _letter(record: Any, poison: Poison, attempts: int) -> DeadLetter:
    return dead_letter(record, poison, stage=Stage.SINK, attempts=attempts, first_failed_at=datetime.now(UTC))


def _seconds(since: datetime, now: datetime) -> float:
    # A clock elsewhere may be ahead of ours.
    return max(0.0, (now - since).total_seconds())
