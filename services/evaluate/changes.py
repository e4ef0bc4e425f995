"""What became of the events of one text from one run to another: gained, lost, or different in some fields.

Events are the same where they have the same trigger, or the same type and participants. Confidence and rule may change
unsaid. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from services.evaluate.assignment import assign
from services.evaluate.facts import COMPARED, Fact, KeptActor, KeptWords
from services.evaluate.run import BLIND, KeptText

_TRIGGER, _TYPE, _ACTOR = 4.0, 2.0, 1.0


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Field(_Part):
    """One field that differs; `turned` is "right" or "wrong" where labels tell."""

    name: str
    old: str
    new: str
    turned: str | None = None


class Change(_Part):
    """An event that was gained (no old), lost (no new), or that differs in some fields."""

    text: str
    old: Fact | None
    new: Fact | None
    fields: tuple[Field, ...] = ()
    blind: bool = False
    """Its text was written blind: it is counted, and not shown."""


def changes(old: KeptText, new: KeptText) -> Iterator[Change]:
    """Yield what differs between two runs of a text: first what both have, then what was lost, then what was gained."""
    pairs = assign([[_alike(before, after) for after in new.events] for before in old.events])
    blind = BLIND in (old.part, new.part)
    kept, found = {row for row, _ in pairs}, {column for _, column in pairs}
    for row, column in pairs:
        before, after = old.events[row], new.events[column]
        fields = tuple(_fields(before, after))
        if fields:
            yield Change(text=new.id, old=before, new=after, fields=fields, blind=blind)
    for number, event in enumerate(old.events):
        if number not in kept:
            yield Change(text=new.id, old=event, new=None, blind=blind)
    for number, event in enumerate(new.events):
        if number not in found:
            yield Change(text=new.id, old=None, new=event, blind=blind)


def _alike(one: Fact, other: Fact) -> float:
    trigger = _share(one.trigger, other.trigger)
    actors = sum(
        any(_share(mine, its) for its in theirs)
        for ours, theirs in ((one.sources, other.sources), (one.targets, other.targets))
        for mine in ours
    )
    # Of another word, it is the same event only if it is of the same type and between the same.
    if not trigger and not (actors and one.type == other.type and _who(one) == _who(other)):
        return 0.0
    return _TRIGGER * trigger + _TYPE * (one.type == other.type) + _ACTOR * actors


def _fields(old: Fact, new: Fact) -> Iterator[Field]:
    for name in COMPARED:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            turned = _turned(old, new) if name == "type" else _turned_field(old, new, name)
            yield Field(name=name, old=_words(before), new=_words(after), turned=turned)
    for role, ours, theirs in (("sources", old.sources, new.sources), ("targets", old.targets, new.targets)):
        if [(a.start, a.end) for a in ours] != [(a.start, a.end) for a in theirs]:
            yield Field(name=role, old=named(ours), new=named(theirs), turned=_turned(old, new))
        elif _codes(ours) != _codes(theirs):
            yield Field(name="actor codes", old=_codes(ours), new=_codes(theirs), turned=_turned_codes(old, new))


def _turned(old: Fact, new: Fact) -> str | None:
    if old.verdict is None or new.verdict is None or old.right == new.right:
        return None
    return "right" if new.right else "wrong"


def _turned_field(old: Fact, new: Fact, name: str) -> str | None:
    if (name in old.wrong) == (name in new.wrong):
        return None
    return "wrong" if name in new.wrong else "right"


def _turned_codes(old: Fact, new: Fact) -> str | None:
    turned = {_turned_field(old, new, name) for name in ("country", "sector", "sectors")} - {None}
    return turned.pop() if len(turned) == 1 else None


def named(actors: Sequence[KeptActor]) -> str:
    """Participants in words."""
    return ", ".join(actor.text for actor in actors) or "nobody"


def _codes(actors: Sequence[KeptActor]) -> str:
    return ", ".join(" ".join([actor.country or "-", *actor.sectors]) for actor in actors)


def _who(fact: Fact) -> tuple[str, str]:
    return named(fact.sources), named(fact.targets)


def _words(value: Any) -> str:
    return (", ".join(value) if isinstance(value, tuple) else str(value or "")) or "none"


def _share(one: KeptWords, other: KeptWords) -> bool:
    return one.start < other.end and other.start < one.end
