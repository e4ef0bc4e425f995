"""What else of a found event is right: plover type, polarity, modality, tense, who says so, date; its actors' codes.

Each check compares one field of a label with the coded one, and only where the label gives it. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime

from schemas.events import Event, Interval
from services.evaluate.gold import GoldEvent
from services.evaluate.labels import LabelledActor
from services.evaluate.overlap import Actors, Arguments, hit_by_speaker

Check = tuple[str, bool]
"""What was looked at, and whether it is right."""

OF_EVENTS = ("plover", "polarity", "modality", "tense", "mode", "attribution", "date")
OF_ACTORS = ("country", "sector", "sectors")


def event_checks(gold: GoldEvent, event: Event, actors: Actors) -> Iterator[Check]:
    """Yield a check for each field of OF_EVENTS that the label gives; the PLOVER type is always given."""
    label = gold.label
    yield "plover", (label.plover or label.type) is event.plover
    for name, same in _SAME.items():
        if label.gives(name):
            yield name, same(gold, event)
    if label.gives("attribution"):
        agree = len(gold.attribution) == len(event.attribution) and all(
            hit_by_speaker(places, said, actors)
            for places, said in zip(gold.attribution, event.attribution, strict=False)
        )
        yield "attribution", agree


def actor_checks(compared: Arguments, actors: Actors) -> Iterator[Check]:
    """Yield a check for each field of OF_ACTORS that the labels of the participants that were met give.

    ``sector`` is the first, that of the actor's code; ``sectors`` are all, in whatever order.
    """
    for gold, participant in compared.met:
        actor = actors.get(participant.actor or "")
        country, sectors = (actor.country, actor.sectors) if actor else (None, ())
        yield from _actor(gold.label, country, sectors)


def _actor(label: LabelledActor, country: str | None, sectors: tuple[str, ...]) -> Iterator[Check]:
    if label.gives("country"):
        yield "country", label.country == country
    if label.gives("sectors"):
        yield "sector", label.sectors[:1] == sectors[:1]
        yield "sectors", set(label.sectors) == set(sectors)


def _same_date(gold: GoldEvent, event: Event) -> bool:
    label, coded = gold.label.date, event.date
    if label is None or coded is None:
        return label is None and coded is None
    return (
        (label.text is None or _words_agree(label.text, coded))
        and (label.start is None or _same_moment(label.start, coded.start))
        and (label.end is None or _same_moment(label.end, coded.end))
    )


def _words_agree(text: str, coded: Interval) -> bool:
    one, other = text.casefold(), coded.text.casefold()
    return one in other or other in one


def _same_moment(label: date | datetime, coded: datetime | None) -> bool:
    if coded is None:
        return False
    if not isinstance(label, datetime):
        # A day is a day where the article was published, which is the offset that the coder gives it.
        return label == coded.date()
    return (label if label.tzinfo else label.replace(tzinfo=UTC)) == coded


_SAME: Mapping[str, Callable[[GoldEvent, Event], bool]] = {
    "polarity": lambda gold, event: gold.label.polarity is event.polarity,
    "modality": lambda gold, event: gold.label.modality is event.modality,
    "tense": lambda gold, event: gold.label.tense is event.tense,
    "mode": lambda gold, event: gold.label.mode == event.mode,
    "date": _same_date,
}
