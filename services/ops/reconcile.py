"""Is every article accounted for? Each message of articles.raw must be a row in the store or a dead letter.

Looks at every message, not at counters: counters are what one would like to be true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.deadletter import DeadLetter, NotADeadLetter, Stage
from services.deadletters import letter_of
from services.errors import UserError
from services.kafka import KafkaConnection
from services.topic_range import read_range

Version = tuple[str, int]  # id, version
Stored = Callable[[Iterable[Version]], Mapping[Version, Sequence[datetime]]]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What became of the messages of one stretch of articles.raw."""

    acknowledged: int = 0  # messages in the stretch
    rows: int = 0  # distinct articles, by id and version, that have exactly one row
    repeated: int = 0  # messages that bring an article again, whose row is there already
    dead_letters: int = 0  # messages that have a dead letter
    dead_letter_copies: int = 0  # dead letters beyond the first of a message: delivery is at least once
    lost: tuple[str, ...] = field(default=())  # topic/partition/offset of those with neither
    doubled: tuple[Version, ...] = field(default=())  # articles with more than one row

    @property
    def agrees(self) -> bool:
        """Whether acknowledged = rows + repeated + dead letters, with nothing lost or doubled."""
        counted = self.rows + self.repeated + self.dead_letters
        return not self.lost and not self.doubled and counted == self.acknowledged


def reconcile(
    connection: KafkaConnection, raw: str, deadletter: str, stored: Stored, since: Mapping[int, int] | None = None
) -> Reconciliation:
    """Compare a topic with the dead letters and the store, once everything is at rest.

    `stored` gives, for each id and version it is asked for, the `fetched_at` of its rows: a row that stems from an
    earlier feed of the same article does not account for these messages. `since` is the first offset to look at in
    each partition, the beginning if not given. Raises UserError where the broker does not answer.
    """
    letters = [letter for message in read_range(connection, deadletter) if (letter := _letter(message))]
    by_place: dict[tuple[int, int], list[DeadLetter]] = {}
    for letter in letters:
        if letter.stage is Stage.ENRICH and letter.topic == raw:
            by_place.setdefault((letter.partition, letter.offset), []).append(letter)
    refused = {article.key for letter in letters if letter.stage is Stage.SINK and (article := _article(letter.value))}
    acknowledged = dead = copies = 0
    sent: dict[Version, list[tuple[str, datetime | None]]] = {}
    lost: list[str] = []
    for message in read_range(connection, raw, since):
        acknowledged += 1
        place = f"{message.topic}/{message.partition}/{message.offset}"
        found = by_place.get((message.partition, message.offset), [])
        article = _article(message.value)
        if any((letter.value or b"") == (message.value or b"") for letter in found):
            dead += 1
            copies += len(found) - 1
        elif article is None or found:
            lost.append(place)  # no article, or its dead letter holds other bytes
        elif article.key in refused:
            dead += 1
        else:
            sent.setdefault(article.version_key, []).append((place, article.fetched_at))
    rows = stored(sent)
    there = {
        version: messages
        for version, messages in sent.items()
        if any(row == fetched_at for row in rows.get(version, ()) for _, fetched_at in messages)
    }
    lost += [place for version, messages in sent.items() if version not in there for place, _ in messages]
    return Reconciliation(
        acknowledged=acknowledged,
        rows=len(there),
        repeated=sum(len(messages) - 1 for messages in there.values()),
        dead_letters=dead,
        dead_letter_copies=copies,
        lost=tuple(lost),
        doubled=tuple(version for version in there if len(rows[version]) > 1),
    )


class _Article(BaseModel):
    """What tells an article, in a raw message as in an enriched one."""

    model_config = ConfigDict(extra="ignore")
    id: str
    version: int = 1
    fetched_at: datetime | None = None

    @property
    def version_key(self) -> Version:
        return self.id, self.version

    @property
    def key(self) -> tuple[str, int, datetime | None]:
        return self.id, self.version, self.fetched_at


def _article(value: bytes | None) -> _Article | None:
    try:
        return _Article.model_validate_json(value or b"")
    except ValidationError:
        return None


def _letter(message: Any) -> DeadLetter | None:
    try:
        return letter_of(message)
    except NotADeadLetter as wrong:
        place = f"{message.topic}/{message.partition}/{message.offset}"
        raise UserError(f"{place} is no dead letter of ours: {wrong}") from wrong
