"""What differs between two runs: events gained, lost and changed, whether that is for the better, and the figures.

Texts that only one of the runs has are named and not compared. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from services.evaluate.changes import Change, changes
from services.evaluate.facts import Fact
from services.evaluate.figures import counted
from services.evaluate.pairing import Verdict
from services.evaluate.rows import is_right
from services.evaluate.run import KeptRow, Run


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class RowChange(_Part):
    """A row that is taken for another root than before."""

    old: KeptRow
    new: KeptRow


class Difference(_Part):
    """All that differs; `only_old` and `only_new` are texts of one run alone, by id, which are not compared."""

    changes: tuple[Change, ...]
    rows: tuple[RowChange, ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    figures: dict[str, tuple[float | None, float | None]]

    @property
    def shown(self) -> tuple[Change, ...]:
        """Changes that may be read: not those in texts that were written blind."""
        return tuple(change for change in self.changes if not change.blind)

    @property
    def gained(self) -> list[Fact]:
        """Events that the old run did not have."""
        return [change.new for change in self.changes if change.old is None and change.new is not None]

    @property
    def lost(self) -> list[Fact]:
        """Events that the new run has no longer."""
        return [change.old for change in self.changes if change.new is None and change.old is not None]

    @property
    def differ(self) -> Counter[str]:
        """How many events differ in which field, or fields."""
        return Counter(" and ".join(field.name for field in change.fields) for change in self.changes if change.fields)

    def summary(self) -> str:
        """The first line: ``17 events changed: 9 gained (7 right), 5 lost (1 right), 3 differ in polarity``."""
        said = []
        for verb, facts in (("gained", self.gained), ("lost", self.lost)):
            if facts:
                judged = any(fact.verdict is not None for fact in facts)
                right = f" ({sum(fact.right for fact in facts)} right{_optional(facts)})" if judged else ""
                said.append(f"{len(facts)} {verb}{right}")
        said += [
            f"{count} {'differs' if count == 1 else 'differ'} in {names}" for names, count in self.differ.most_common()
        ]
        events = len(self.changes)
        lines = [
            f"{events:,} {'event' if events == 1 else 'events'} changed" + (f": {', '.join(said)}" if said else "")
        ]
        if self.rows:
            better = sum(is_right(row.new.root, row.new.taken_for) for row in self.rows)
            worse = sum(is_right(row.old.root, row.old.taken_for) for row in self.rows)
            lines.append(f"{counted(len(self.rows), 'row')} changed: {better} right now, {worse} right before")
        if blind := events - len(self.shown):
            lines.append(f"{blind:,} of them in texts written blind, which are not shown")
        return "\n".join(lines)


def difference(old: Run, new: Run) -> Difference:
    """Compare two runs, text by text: those with the same id and the same words."""
    texts, only_old, only_new = _matched(old.texts, new.texts)
    found = [change for before, after in texts for change in changes(before, after)]
    rows, *alone = _matched(old.rows, new.rows)
    changed = [RowChange(old=before, new=after) for before, after in rows if before.taken_for != after.taken_for]
    return Difference(
        changes=tuple(found),
        rows=tuple(changed),
        only_old=(*only_old, *alone[0]),
        only_new=(*only_new, *alone[1]),
        figures=dict(_figures(old.figures, new.figures)),
    )


def _matched(old: Sequence[Any], new: Sequence[Any]) -> tuple[list[tuple[Any, Any]], list[str], list[str]]:
    """Texts that both have, with the same words, and the ids of the others."""
    by_id = {(text.id, text.text): text for text in new}
    pairs = [(text, by_id[text.id, text.text]) for text in old if (text.id, text.text) in by_id]
    both = {text.id for text, _ in pairs}
    return pairs, [t.id for t in old if t.id not in both], [t.id for t in new if t.id not in both]


def _figures(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, tuple[float | None, float | None]]]:
    for part, after in new.get("parts", {}).items():
        before = old.get("parts", {}).get(part)
        if before:
            yield f"{part}: F1", (before["all"]["f1"], after["all"]["f1"])
            both = before["all"]["with_arguments"]["f1"], after["all"]["with_arguments"]["f1"]
            yield f"{part}: F1 with arguments", both
            over = before["over_production"]["per_1000_words"], after["over_production"]["per_1000_words"]
            yield f"{part}: over-production per 1,000 words", over
    if "rows" in old and "rows" in new:
        for name in ("accuracy", "macro_f1"):
            yield f"rows: {name.replace('_f1', ' F1')}", (old["rows"][name], new["rows"][name])


def _optional(facts: Sequence[Fact]) -> str:
    count = sum(fact.verdict is Verdict.OPTIONAL for fact in facts)
    return f", {count} optional" if count else ""
