"""The second form of labels: texts with one pair each, and whether the event between the two is of the right root.

The event is picked by the pair, never by the root: by source and target, then by the source, then by the two swapped,
then any. What it is taken for is its PLOVER type after the shift; no event is NONE.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from schemas.enriched import EnrichedArticle
from schemas.events import Event, Participant
from services.evaluate.calibration import calibration
from services.evaluate.figures import CLASSES, f_measure, matrix, ratio
from services.evaluate.gold import GoldRow, Places
from services.evaluate.labels import NONE, YIELD
from services.evaluate.overlap import Actors, hit

_YIELDING = frozenset({"CONCEDE", "RETREAT"})


class Picked(IntEnum):
    """By what an event was picked, the best last."""

    NO_EVENT = 0
    ANY = 1
    SWAPPED = 2
    SOURCE = 3
    SOURCE_AND_TARGET = 4


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """A row with its record (None where there is none), the event that was picked, by what, and the class it gives."""

    gold: GoldRow
    record: EnrichedArticle | None
    event: Event | None
    by: Picked
    taken_for: str


def score_row(gold: GoldRow, record: EnrichedArticle | None) -> ScoredRow:
    """Pick the event of a row; of several that fit as well the one that is surer, then the first."""
    if record is None or not record.events:
        return ScoredRow(gold, record, None, Picked.NO_EVENT, NONE)
    actors = {actor.id: actor for actor in record.actors}
    fits = [(*_fit(gold, event, actors), event) for event in record.events]
    by, _, event = max(fits, key=lambda fit: (fit[0], fit[1], fit[2].confidence))
    return ScoredRow(gold, record, event, by, event.plover.value)


def row_figures(rows: Sequence[ScoredRow]) -> dict[str, Any]:
    """Accuracy, F1 by root and their mean, the confusion matrix, how events were picked, and calibration.

    Where any row says YIELD, what is taken for CONCEDE or RETREAT is YIELD.
    """
    yields = any(row.gold.root == YIELD for row in rows)
    pairs = [(_class(row.gold.root, yields), _class(row.taken_for, yields)) for row in rows]
    golds, taken = Counter(gold for gold, _ in pairs), Counter(coded for _, coded in pairs)
    found = Counter(gold for gold, coded in pairs if gold == coded)
    classes = [kind for kind in (*CLASSES[:-1], YIELD, NONE) if golds[kind] or taken[kind]]
    types = {
        kind: {"gold": golds[kind], "coded": taken[kind], "found": found[kind]}
        | f_measure(found[kind], taken[kind], golds[kind])
        for kind in classes
        if kind != NONE
    }
    f1s = [2 * found[kind] / (taken[kind] + golds[kind]) for kind in types if golds[kind]]
    by = Counter(row.by for row in rows)
    sure = [(row.event.confidence, gold == coded) for row, (gold, coded) in zip(rows, pairs, strict=True) if row.event]
    return {
        "rows": len(rows),
        "not_coded": sum(row.record is None for row in rows),
        "accuracy": ratio(found.total(), len(rows)),
        "macro_f1": ratio(sum(f1s), len(f1s)),
        "types": types,
        "confusion": matrix(pairs, classes),
        "picked": {kind.name.lower(): by[kind] for kind in reversed(Picked)},
        "calibration": calibration(sure),
    }


def is_right(root: str, taken_for: str) -> bool:
    """Whether a row's root and the class of its event are the same."""
    return _class(taken_for, root == YIELD) == root


def _class(kind: str, yields: bool) -> str:
    return YIELD if yields and kind in _YIELDING else kind


def _fit(gold: GoldRow, event: Event, actors: Actors) -> tuple[Picked, float]:
    """By what the event would be picked, and how well its participants fit."""
    source, target = _best(gold.source, event.sources, actors), _best(gold.target, event.targets, actors)
    # "A and B met": the second is a source too.
    others = [who for who in event.sources if not hit(gold.source, who, actors)]
    target = target or (_best(gold.target, others, actors) if not event.targets else 0.0)
    if source and target:
        return Picked.SOURCE_AND_TARGET, source + target
    if source or (target and not gold.source):
        return Picked.SOURCE, source or target
    crossed = _best(gold.source, event.targets, actors), _best(gold.target, event.sources, actors)
    if any(crossed):
        return Picked.SWAPPED, sum(crossed)
    return Picked.ANY, target


def _best(places: Places, participants: Sequence[Participant], actors: Actors) -> float:
    return max((hit(places, participant, actors) for participant in participants), default=0.0)
