"""An event in few words, for people: who does what to whom, and how that stands to fact. Pure.

Names come from articles: whoever prints a phrase shows it with ``services.subscribe.render.visible``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from schemas.events import Actor, Event, Modality, Participant, PloverType, Polarity

_MOST_NAMES = 2
_DAY = timedelta(days=1)


def act(type_: PloverType, plover: PloverType) -> str:
    """The act, and where the ontology counts it as another one, that too: ``MOBILIZE -> THREATEN``."""
    return type_.value if plover is type_ else f"{type_.value} -> {plover.value}"


def marks(polarity: Polarity, modality: Modality) -> list[str]:
    """What is remarkable about how it stands to fact: ``["negated", "planned"]``; nothing of a plain fact."""
    negated = [polarity.value] if polarity is Polarity.NEGATED else []
    return negated if modality is Modality.ACTUAL else [*negated, modality.value]


def together(names: Sequence[str], most: int = _MOST_NAMES) -> str:
    """Names in a row, the first of them if there are many: ``A, B and 3 more``."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def phrase(who: Sequence[str], type_: PloverType, whom: Sequence[str], polarity: Polarity, modality: Modality) -> str:
    """``Ukrainian forces ASSAULT hospital (negated)``; a dash where the article does not say who."""
    words = [together(who) or "-", type_.value, *([together(whom)] if whom else [])]
    remarks = marks(polarity, modality)
    return " ".join([*words, *([f"({', '.join(remarks)})"] if remarks else [])])


def names_of(participants: Iterable[Participant], actors: Iterable[Actor]) -> list[str]:
    """The name of each, as the article has it in full, or as it stands there where it is no actor."""
    known = {actor.id: actor.name for actor in actors}
    return [known.get(one.actor, one.text) if one.actor else one.text for one in participants]


def event_phrase(event: Event, actors: Sequence[Actor]) -> str:
    """The phrase of a record; `actors` are the article's."""
    who, whom = names_of(event.sources, actors), names_of(event.targets, actors)
    return phrase(who, event.type, whom, event.polarity, event.modality)


def period(start: datetime | None, end: datetime | None) -> str:
    """A half-open interval of time as people write it: a day, a month, a year, or from when to when.

    Days are those of the zone that the times are in; where they were turned into UTC, those of where they came from.
    """
    if start is None or end is None:
        return f"from {_instant(start)}" if start else f"before {_instant(end)}" if end else ""
    if (end - start) % _DAY or end <= start:
        return f"{_instant(start)} to {_instant(end)}"
    first = _nearest_day(start)
    last = first + (end - start) - _DAY
    if first.day == 1 and (last + _DAY).day == 1:
        years = first.month == 1 and last.month == 12
        bounds = [day.isoformat()[: 4 if years else 7] for day in (first, last)]
    else:
        bounds = [first.isoformat(), last.isoformat()]
    return bounds[0] if bounds[0] == bounds[1] else " to ".join(bounds)


def _nearest_day(start: datetime) -> date:
    return start.date() if start.hour < 12 else start.date() + _DAY


def _instant(moment: datetime) -> str:
    shown = moment.isoformat(sep=" ", timespec="minutes")
    return shown.replace("+00:00", " UTC").replace(" 00:00 UTC", "") if moment.tzinfo in (UTC, None) else shown
