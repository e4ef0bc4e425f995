"""Events line by line for people: what changed from run to run and what that did, and the mistakes of one run.

What was written blind stays blind: its mistakes are not listed, since who has read them writes rules for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from services.evaluate.changes import Change, Field, named
from services.evaluate.difference import Difference, RowChange
from services.evaluate.facts import Fact
from services.evaluate.figures import counted
from services.evaluate.pairing import Verdict
from services.evaluate.rows import is_right
from services.evaluate.run import BLIND, Run

_LINE_END = "\n"
_WRONG = frozenset({Verdict.SWAPPED, Verdict.ARGUMENTS, Verdict.TYPE, Verdict.EXTRA})
_SIGNS = {True: "green", False: "red", None: ""}


class Line(NamedTuple):
    """A line of the listing: how far in, in which style of rich, and its words."""

    indent: int
    style: str
    words: str


def listing(found: Difference) -> Iterator[Line]:
    """Yield the lines: the summary, then each change with its sentence, then the figures."""
    for words in found.summary().split("\n"):
        yield Line(0, "bold", words)
    for change in found.shown:
        yield from _change(change)
    for row in found.rows:
        yield from _row(row)
    for name, (before, after) in found.figures.items():
        if before != after:
            yield Line(0, "", f"{name}: {_number(before)} -> {_number(after)}")
    for which, ids in (("old", found.only_old), ("new", found.only_new)):
        if ids:
            more = f" and {len(ids) - 5:,} more" if len(ids) > 5 else ""
            yield Line(0, "yellow", f"{counted(len(ids), 'text')} in the {which} run alone: {', '.join(ids[:5])}{more}")


def mistakes(made: Run) -> Iterator[Line]:
    """Yield what was missed and what is wrong, text by text, in all parts but the blind one; then the wrong rows."""
    for text in made.texts:
        wrong = [fact for fact in text.events if fact.verdict in _WRONG or fact.wrong]
        if text.part == BLIND or not (text.missed or wrong):
            continue
        yield Line(0, "bold", f"{text.id}: {text.text.partition(_LINE_END)[0]}")
        yield from (Line(4, "red", f"missed {words}") for words in text.missed)
        for fact in wrong:
            fields = f"; wrong: {', '.join(fact.wrong)}" if fact.wrong else ""
            yield Line(4, "yellow", f"{_event(fact)}{fields}")
            if _LINE_END in text.text:
                yield Line(8, "dim", fact.sentence)
    for row in made.rows:
        if not is_right(row.root, row.taken_for):
            yield Line(0, "", f"{row.root} taken for {row.taken_for} [{row.id}]")
            yield Line(4, "dim", row.text)


def _change(change: Change) -> Iterator[Line]:
    if change.new is None and change.old is not None:
        yield Line(0, _style(change.old, good=False), f"- {_event(change.old)} [{change.text}]")
    if change.new is not None:
        if change.old is None:
            yield Line(0, _style(change.new, good=True), f"+ {_event(change.new)} [{change.text}]")
        else:
            yield Line(0, "", f"~ {_event(change.new)} [{change.text}]")
    for field in change.fields:
        yield Line(4, _SIGNS[None if field.turned is None else field.turned == "right"], _field(field))
    fact = change.new or change.old
    if fact is not None:
        yield Line(4, "dim", fact.sentence)


def _row(row: RowChange) -> Iterator[Line]:
    before, after = row.old.taken_for, row.new.taken_for
    better, worse = is_right(row.new.root, after), is_right(row.old.root, before)
    style = _SIGNS[True if better else False if worse else None]
    yield Line(0, style, f"~ {row.new.root}: {before} -> {after} [{row.new.id}]")
    yield Line(4, "dim", row.new.text)


def _event(fact: Fact) -> str:
    verdict = f"{fact.verdict.value} " if fact.verdict else ""
    kind = fact.type if fact.type == fact.plover else f"{fact.type} as {fact.plover}"
    return f'{verdict}{kind}: {named(fact.sources)} -> {named(fact.targets)}, "{fact.trigger.text}" ({fact.rule})'


def _field(field: Field) -> str:
    turned = f", which is {field.turned}" if field.turned else ""
    return f"{field.name}: {field.old} -> {field.new}{turned}"


def _style(fact: Fact, *, good: bool) -> str:
    """Green for a right event gained, red for one lost; the other way round for wrong ones."""
    if fact.verdict is None or fact.verdict is Verdict.OPTIONAL:
        return ""
    return _SIGNS[fact.right is good]


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
