"""Which coded event of a text is which labelled one.

First within each type, one to one, so that most arguments agree: what is paired is found. Then what is left over, of
whatever type, where words are shared: what is paired there was taken for something else. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from schemas.enriched import EnrichedArticle
from schemas.events import Event
from services.evaluate.assignment import assign
from services.evaluate.gold import GoldEvent, GoldText, Place, Places
from services.evaluate.overlap import Arguments, arguments, places_overlap

# Being a pair at all counts 1, and arguments that agree more than any share of them; required before optional.
_PAIR, _RIGHT, _TRIGGER, _REQUIRED = 1.0, 4.0, 2.0, 0.5


class Verdict(StrEnum):
    """What a coded event is, held against the labels."""

    RIGHT = "right"  # type and arguments
    SWAPPED = "swapped"  # the type is right, source and target are the other way round
    ARGUMENTS = "arguments"  # the type is right, the arguments are not
    OPTIONAL = "optional"  # of an event that need not be found
    TYPE = "type"  # taken for another type
    EXTRA = "extra"  # there is no such event


FOUND = frozenset({Verdict.RIGHT, Verdict.SWAPPED, Verdict.ARGUMENTS})
"""Verdicts on events of the right type."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A coded event, the labelled event that it was paired with, how their arguments agree, and the verdict."""

    event: Event
    gold: GoldEvent | None
    arguments: Arguments | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ScoredText:
    """A labelled text with its record (None where there is none), its coded events judged, and what was missed.

    `missed` holds required events, also those that were taken for another type.
    """

    gold: GoldText
    record: EnrichedArticle | None
    judged: tuple[Judged, ...]
    missed: tuple[GoldEvent, ...]


def score_text(gold: GoldText, record: EnrichedArticle | None) -> ScoredText:
    """Judge the events of a record against the labels of its text."""
    if record is None:
        return ScoredText(gold, None, (), tuple(event for event in gold.events if not event.label.optional))
    comparison = _Comparison(record)
    judged: dict[str, Judged] = {}
    left = list(gold.events)
    for event, labelled, compared in comparison.pairs(gold.events, record.events, same_type=True):
        left.remove(labelled)
        judged[event.id] = Judged(event, labelled, compared, _found(labelled, compared))
    missed = tuple(event for event in left if not event.label.optional)
    rest = [event for event in record.events if event.id not in judged]
    for event, labelled, compared in comparison.pairs(missed, rest, same_type=False):
        judged[event.id] = Judged(event, labelled, compared, Verdict.TYPE)
    in_order = (judged.get(event.id) or Judged(event, None, None, Verdict.EXTRA) for event in record.events)
    return ScoredText(gold, record, tuple(in_order), missed)


def as_plover(text: ScoredText) -> ScoredText:
    """The same text judged by the types after PLOVER's shift, in the place of those of the acts."""
    events = tuple(
        replace(event, label=event.label.model_copy(update={"type": event.label.plover or event.label.type}))
        for event in text.gold.events
    )
    record = text.record
    if record is not None:
        shifted = tuple(event.model_copy(update={"type": event.plover}) for event in record.events)
        record = record.model_copy(update={"events": shifted})
    return score_text(replace(text.gold, events=events), record)


def _found(labelled: GoldEvent, compared: Arguments) -> Verdict:
    if labelled.label.optional:
        return Verdict.OPTIONAL
    if compared.right:
        return Verdict.RIGHT
    return Verdict.SWAPPED if compared.swapped else Verdict.ARGUMENTS


class _Comparison:
    """Compares the events of one record with labels."""

    def __init__(self, record: EnrichedArticle) -> None:
        self._record = record
        self._actors = {actor.id: actor for actor in record.actors}

    def pairs(
        self, labels: Sequence[GoldEvent], events: Sequence[Event], *, same_type: bool
    ) -> Iterable[tuple[Event, GoldEvent, Arguments]]:
        compared = [[arguments(label, event, self._actors) for event in events] for label in labels]
        weights = [
            [self._weight(label, event, compared[row][column], same_type) for column, event in enumerate(events)]
            for row, label in enumerate(labels)
        ]
        for row, column in assign(weights):
            yield events[column], labels[row], compared[row][column]

    def _weight(self, label: GoldEvent, event: Event, compared: Arguments, same_type: bool) -> float:
        trigger = places_overlap(label.trigger, [(event.trigger.start, event.trigger.end)])
        if same_type:
            shared = trigger or compared.score > 0
            possible = label.label.type is event.type and (shared or self._near(label, event))
        else:
            # Who does one thing may do another too: it takes the same word, or both participants.
            possible = trigger or compared.swapped or (compared.right and compared.score > 0)
        if not possible:
            return 0.0
        certainty = _RIGHT * (compared.right and compared.score > 0) + _TRIGGER * trigger + compared.score
        return _PAIR + certainty + _REQUIRED * (not label.label.optional)

    def _near(self, label: GoldEvent, event: Event) -> bool:
        """Whether an event stands in a sentence of the label's words; a label without words may be anywhere."""
        actors = (*label.sources, *label.targets)
        places: Places = label.trigger or tuple(place for actor in actors for place in actor.places)
        return not places or places_overlap(places, [self._sentence(event)])

    def _sentence(self, event: Event) -> Place:
        sentence = self._record.sentences[event.sentence]
        return sentence.start, sentence.end
