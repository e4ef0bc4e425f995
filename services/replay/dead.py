"""Dead letters told apart, and what has become of each. Pure: what is on the topic, and how far stages are, is given.

A letter is told by where its original was. Delivery is at least once, so it may be on the topic more than once: copies
are one letter. What became of it follows from three things alone: the markers that replays leave, letters that came
later, and where the stage would go on reading. Nothing is ever deleted or changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from schemas.deadletter import REPLAYS, DeadLetter, Headers, Place, Reason, Replayed, Stage


class Status(StrEnum):
    """What has become of a dead letter, by its latest replay."""

    OPEN = "open"  # never replayed
    PENDING = "pending"  # replayed, and the stage has not come past it
    RESOLVED = "resolved"  # replayed, and the stage came past it with no new letter
    FAILED_AGAIN = "failed-again"  # replayed, and set aside again: that later letter is the one to look at


Committed = Mapping[Stage, Mapping[tuple[str, int], int]]
"""Where each stage would go on reading, by topic and partition."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of the dead-letter topic that is a letter: all but its value, which has `size` bytes (None: none)."""

    dead: DeadLetter
    at: Place
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Alien:
    """One message of the dead-letter topic that is not ours, and what shows it."""

    at: Place
    key: bytes | None
    why: str

    @property
    def article(self) -> str | None:
        """Its key as text."""
        return _text(self.key)


@dataclass(frozen=True, slots=True)
class Case:
    """A letter with what has become of it: its replays, the first one first."""

    letter: Letter
    status: Status
    history: tuple[Replayed, ...] = ()
    copies: int = 1

    @property
    def dead(self) -> DeadLetter:
        """The dead letter, without its value."""
        return self.letter.dead

    @property
    def id(self) -> str:
        """Where the original was: ``topic/partition/offset``."""
        return str(self.dead.origin)

    @property
    def article(self) -> str | None:
        """The original's key as text: the article's id, where its producer knew one."""
        return _text(self.dead.key)

    @property
    def failed_at(self) -> datetime:
        """When it first failed; in UTC, where a letter that others wrote does not say."""
        return _aware(self.dead.first_failed_at)

    @property
    def replays(self) -> int:
        """How many replays are behind it: those of the originals before this one, and its own."""
        return replays_behind(self.dead.headers) + len(self.history)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which letters: each part that is not empty has to hold. `until` is no longer meant."""

    reasons: tuple[Reason, ...] = ()
    stages: tuple[Stage, ...] = ()
    statuses: tuple[Status, ...] = ()
    ids: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    def takes(self, case: Case) -> bool:
        """Whether a letter is one of them."""
        dead = case.dead
        return (
            (not self.reasons or dead.reason in self.reasons)
            and (not self.stages or dead.stage in self.stages)
            and (not self.statuses or case.status in self.statuses)
            and (not self.ids or case.id in self.ids or case.article in self.ids)
            and (self.since is None or case.failed_at >= self.since)
            and (self.until is None or case.failed_at < self.until)
        )

    def takes_alien(self, alien: Alien) -> bool:
        """Whether a message that is not ours is one of them: it has no reason, stage, status or time."""
        asked = self.reasons or self.stages or self.statuses or self.since or self.until
        return not asked and (not self.ids or str(alien.at) in self.ids or alien.article in self.ids)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a replay is to do with the letters that were asked for."""

    send: list[Case] = field(default_factory=list)
    refused: list[Case] = field(default_factory=list)  # too many replays behind them
    passed_over: list[Case] = field(default_factory=list)  # not open, and not asked for as what they are


def replays_behind(headers: Headers) -> int:
    """How often a message with these headers had been replayed: as its header says; 0 if that is none or no number."""
    counts = [int(value) for name, value in headers if name == REPLAYS and value.isdigit() and len(value) < 10]
    return max(counts, default=0)


def headers_of_replay(headers: Headers, count: int) -> list[tuple[str, bytes]]:
    """Headers of a message that is replayed: the original's in their order, and which replay of it this is."""
    return [(name, value) for name, value in headers if name != REPLAYS] + [(REPLAYS, str(count).encode())]


def cases(letters: Iterable[Letter], markers: Iterable[Replayed], committed: Committed) -> list[Case]:
    """Each letter once, in the order of the topic, with what has become of it.

    `committed` has to be older than the letters: a stage writes a letter before it commits the place of its original.
    """
    copies: dict[Place, list[Letter]] = {}
    for letter in letters:
        copies.setdefault(letter.dead.origin, []).append(letter)
    replays: dict[Place, dict[Place, Replayed]] = {}
    for marker in markers:
        replays.setdefault(marker.origin, {})[marker.to] = marker
    found = []
    for origin, alike in copies.items():
        history = tuple(sorted(replays.get(origin, {}).values(), key=lambda one: (_aware(one.at), one.count)))
        found.append(Case(alike[0], _status(alike[0].dead.stage, history, copies, committed), history, len(alike)))
    return found


def choose(wanted: Wanted, found: Sequence[Case], most_replays: int, *, again: bool = False) -> Choice:
    """Which of the letters a replay takes.

    Only open ones, unless a status was asked for: what is pending or resolved would go twice, and of what failed again
    there is a later letter. One with `most_replays` behind it is refused, unless `again`.
    """
    choice = Choice()
    for case in found:
        if not wanted.takes(case):
            continue
        if case.status is not Status.OPEN and not wanted.statuses:
            choice.passed_over.append(case)
        elif case.replays >= most_replays and not again:
            choice.refused.append(case)
        else:
            choice.send.append(case)
    return choice


def unknown_ids(ids: Iterable[str], found: Iterable[Case], aliens: Iterable[Alien] = ()) -> list[str]:
    """Those of `ids` that no letter has, neither as its own nor as its article's."""
    known: set[str | None] = set()
    for alien in aliens:
        known |= {str(alien.at), alien.article}
    for case in found:
        known |= {case.id, case.article}
    return [one for one in ids if one not in known]


def _status(
    stage: Stage, history: Sequence[Replayed], letters: Mapping[Place, Sequence[Letter]], committed: Committed
) -> Status:
    if not history:
        return Status.OPEN
    latest = history[-1]
    # By its number too: a topic that was made anew counts its offsets anew, and an older letter may name this place.
    if any(replays_behind(later.dead.headers) == latest.count for later in letters.get(latest.to, ())):
        return Status.FAILED_AGAIN
    passed = committed.get(stage, {}).get((latest.to.topic, latest.to.partition), 0)
    return Status.RESOLVED if passed > latest.to.offset else Status.PENDING


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _text(key: bytes | None) -> str | None:
    return None if key is None else key.decode("utf-8", "backslashreplace")
