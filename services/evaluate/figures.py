"""Precision, recall and F1, by type and over all, and how often the rest of a found event is right.

An optional event counts nowhere: not as wanted, and what found it not as coded. A ratio of nothing to nothing is None.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.events import PloverType
from services.evaluate.attributes import OF_ACTORS, OF_EVENTS, actor_checks, event_checks
from services.evaluate.labels import NONE
from services.evaluate.pairing import FOUND, Judged, ScoredText, Verdict

CLASSES = (*(kind.value for kind in PloverType), NONE)
"""Rows and columns of a confusion matrix."""


@dataclass(slots=True)
class Tally:
    """Counts of one type, or of several together; `checks` has how many were right, and how many were looked at."""

    gold: int = 0
    coded: int = 0
    found: int = 0
    right: int = 0
    swapped: int = 0
    checks: dict[str, tuple[int, int]] = field(default_factory=dict)

    def check(self, name: str, *, right: bool) -> None:
        """Count one check."""
        before, of = self.checks.get(name, (0, 0))
        self.checks[name] = before + right, of + 1

    def as_dict(self) -> dict[str, Any]:
        """All figures for JSON."""
        shown: dict[str, Any] = {"gold": self.gold, "coded": self.coded, "found": self.found}
        shown |= f_measure(self.found, self.coded, self.gold)
        shown["with_arguments"] = {"found": self.right, **f_measure(self.right, self.coded, self.gold)}
        shown["swapped"] = self.swapped
        for name in (*OF_EVENTS, *OF_ACTORS):
            right, of = self.checks.get(name, (0, 0))
            shown[name] = {"right": right, "of": of, "accuracy": ratio(right, of)}
        return shown


def ratio(part: float, whole: float) -> float | None:
    """Their ratio to four places; None where there is nothing to divide by."""
    return round(part / whole, 4) if whole else None


def counted(number_of: int, thing: str) -> str:
    """A count with its noun: ``1 event``, ``1,200 events``."""
    return f"{number_of:,} {thing}{'' if number_of == 1 else 's'}"


def f_measure(found: int, coded: int, gold: int) -> dict[str, float | None]:
    """Precision, recall and F1 of `found` among `coded` and among `gold`."""
    f1 = ratio(2 * found, coded + gold)
    return {"precision": ratio(found, coded), "recall": ratio(found, gold), "f1": f1}


def tally_by_type(texts: Iterable[ScoredText]) -> dict[str, Tally]:
    """Tallies of the types that are labelled or coded, in the order of PLOVER."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for text in texts:
        for event in text.gold.events:
            tallies[event.label.type].gold += not event.label.optional
        actors = {actor.id: actor for actor in text.record.actors} if text.record else {}
        for judged in text.judged:
            tally = tallies[judged.event.type]
            tally.coded += judged.verdict is not Verdict.OPTIONAL
            tally.found += judged.verdict in FOUND
            tally.right += judged.verdict is Verdict.RIGHT
            tally.swapped += judged.verdict is Verdict.SWAPPED
            for name, right in _checks(judged, actors):
                tally.check(name, right=right)
    return {kind: tallies[kind] for kind in CLASSES if kind in tallies and (tallies[kind].gold or tallies[kind].coded)}


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    summed = Tally()
    for tally in tallies:
        for name in ("gold", "coded", "found", "right", "swapped"):
            setattr(summed, name, getattr(summed, name) + getattr(tally, name))
        for name, (right, of) in tally.checks.items():
            before, of_before = summed.checks.get(name, (0, 0))
            summed.checks[name] = before + right, of_before + of
    return summed


def macro(tallies: Mapping[str, Tally]) -> dict[str, float | None]:
    """Means over the types that are labelled, each counting the same however frequent it is."""
    labelled = [tally for tally in tallies.values() if tally.gold]
    return {
        "f1": ratio(sum(2 * tally.found / (tally.coded + tally.gold) for tally in labelled), len(labelled)),
        "f1_with_arguments": ratio(sum(2 * t.right / (t.coded + t.gold) for t in labelled), len(labelled)),
    }


def participants(texts: Iterable[ScoredText]) -> dict[str, Any]:
    """How many participants of found events were found, of the roles that labels give."""
    found = labelled = coded = 0
    for text in texts:
        for judged in text.judged:
            if judged.verdict not in FOUND or judged.gold is None or judged.arguments is None:
                continue
            found += len(judged.arguments.met)
            for role in ("sources", "targets"):
                if judged.gold.label.gives(role):
                    labelled += len(getattr(judged.gold, role))
                    coded += len(getattr(judged.event, role))
    return {"gold": labelled, "coded": coded, "found": found, **f_measure(found, coded, labelled)}


def confusion(texts: Iterable[ScoredText]) -> dict[str, dict[str, int]]:
    """For each labelled type, how often it was taken for which; NONE is what was missed, and what is not there."""
    pairs: list[tuple[str, str]] = []
    for text in texts:
        taken = [judged.gold for judged in text.judged if judged.verdict is Verdict.TYPE]
        pairs += [(event.label.type, NONE) for event in text.missed if not any(event is other for other in taken)]
        for judged in text.judged:
            if judged.verdict is not Verdict.OPTIONAL:
                pairs.append((judged.gold.label.type if judged.gold else NONE, judged.event.type))
    return matrix(pairs)


def matrix(pairs: Sequence[tuple[str, str]], classes: Sequence[str] = CLASSES) -> dict[str, dict[str, int]]:
    """Counts of pairs (labelled, coded) by rows and columns in the order of `classes`; zeros are left out."""
    counts = Counter(pairs)
    rows = {row: {column: counts[row, column] for column in classes if counts[row, column]} for row in classes}
    return {row: cells for row, cells in rows.items() if cells}


def _checks(judged: Judged, actors: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    if judged.verdict in FOUND and judged.gold is not None and judged.arguments is not None:
        yield from event_checks(judged.gold, judged.event, actors)
        yield from actor_checks(judged.arguments, actors)
