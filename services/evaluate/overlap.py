"""How far the participants of a coded event are those of a labelled one: straight, swapped, or both in one role.

A labelled participant is hit by a coded one whose words overlap its own, or whose actor is mentioned there: "he" is
the minister. Pure, on spans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.events import Actor, Attribution, Event, Participant, Span
from services.evaluate.assignment import assign
from services.evaluate.gold import GoldActor, GoldEvent, Place, Places

Actors = Mapping[str, Actor]
"""The actors of one record by their ids."""

_BY_WORDS, _BY_MENTION = 1.0, 0.9


Met = tuple[GoldActor, Participant]
"""A labelled participant and the coded one that hits it."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """How the arguments of two events agree.

    `right` and `swapped` as docs/evaluation.md defines them, never both. `score` is the share of participants in
    common, from 0 to 1. `met` has those that hit each other in the same role.
    """

    right: bool
    swapped: bool
    score: float
    met: tuple[Met, ...]


def places_overlap(places: Places, spans: Sequence[Place]) -> bool:
    """Whether any place shares a code point with any span."""
    return any(start < end_of and start_of < end for start, end in places for start_of, end_of in spans)


def hit(places: Places, participant: Participant, actors: Actors) -> float:
    """How well a coded participant hits a labelled one: 0 not at all, 1 by its own words."""
    if places_overlap(places, [_place(participant)]):
        return _BY_WORDS
    actor = actors.get(participant.actor or "")
    if actor is not None and any(_denotes(_place(mention), place) for mention in actor.mentions for place in places):
        return _BY_MENTION
    return 0.0


def hit_by_speaker(places: Places, said: Attribution, actors: Actors) -> bool:
    """Whether what is labelled as speaker is in the words of an attribution, or its actor is mentioned there."""
    actor = actors.get(said.speaker or "")
    mentions = () if actor is None else actor.mentions
    return places_overlap(places, [_place(said)]) or any(
        _denotes(_place(mention), place) for mention in mentions for place in places
    )


def arguments(gold: GoldEvent, event: Event, actors: Actors) -> Arguments:
    """Compare the participants of a labelled and a coded event; a role that the label leaves out decides nothing."""
    of = sum(map(len, (gold.sources, gold.targets, event.sources, event.targets)))
    sources, targets = _met(gold.sources, event.sources, actors), _met(gold.targets, event.targets, actors)
    met = (*sources, *targets)
    if _agrees(gold, "sources", sources, event.sources) and _agrees(gold, "targets", targets, event.targets):
        return Arguments(True, False, _share(met, of), met)
    together = _together(gold, event, actors)
    if together:
        return Arguments(True, False, _share(together, of), together)
    crossed = _met(gold.sources, event.targets, actors), _met(gold.targets, event.sources, actors)
    swapped = (
        any(crossed)
        and _agrees(gold, "sources", crossed[0], event.targets)
        and _agrees(gold, "targets", crossed[1], event.sources)
    )
    return Arguments(False, swapped, _share((*crossed[0], *crossed[1]) if swapped else met, of), met)


def _agrees(gold: GoldEvent, role: str, met: Sequence[Met], coded: Sequence[Participant]) -> bool:
    if not gold.label.gives(role):
        return True
    return bool(met) if getattr(gold, role) else not coded


def _together(gold: GoldEvent, event: Event, actors: Actors) -> tuple[Met, ...]:
    """Who meets whom where one side alone has all in the role of source, as in "A and B met"; else nobody."""
    joint = (len(gold.sources) > 1 and not gold.targets, len(event.sources) > 1 and not event.targets)
    if joint[0] == joint[1]:
        return ()
    met = _met((*gold.sources, *gold.targets), (*event.sources, *event.targets), actors)
    return met if len(met) > 1 else ()


def _met(labelled: Sequence[GoldActor], coded: Sequence[Participant], actors: Actors) -> tuple[Met, ...]:
    weights = [[hit(actor.places, one, actors) for one in coded] for actor in labelled]
    return tuple((labelled[row], coded[column]) for row, column in assign(weights))


def _share(met: Sequence[Met], of: int) -> float:
    return 2 * len(met) / of if of else 0.0


def _place(span: Span) -> Place:
    return span.start, span.end


def _denotes(mention: Place, place: Place) -> bool:
    """Whether a mention is of what stands at `place`: a phrase in English ends with what it is about.

    "Iranian" in "Iranian police" is a mention of Iran, and not of the police; "Vasko" in "Minister Vasko" is of both.
    """
    return mention[1] == place[1]
