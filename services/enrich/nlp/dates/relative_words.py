"""Dates that are told from the day of writing: last week, three days ago, the past two years, in three days."""

from __future__ import annotations

from dataclasses import replace

from services.enrich.nlp.dates.calendar_words import Read, Words, number_at, read_calendar
from services.enrich.nlp.dates.meaning import (
    Day,
    Holiday,
    Months,
    Rolling,
    Shifted,
    Unit,
    Unknown,
    Vague,
    Weekday,
    Weekend,
)
from services.enrich.nlp.dates.words import AHEAD, BACK, HERE, MONTHS, PARTS_OF_DAY, SEASONS, UNITS, WEEKDAYS
from services.enrich.nlp.dates.year_parts import read_holiday

SHIFT = {**dict.fromkeys(BACK, -1), **dict.fromkeys(HERE, 0), **dict.fromkeys(AHEAD, 1)}
_OF_TEXT = frozenset({"previous", "preceding", "following"})
_FEW = frozenset({"few", "several", "many", "some"})
_EVENTS = frozenset({"earlier", "later", "before", "after", "previously", "afterwards"})


def read_relative(words: Words, at: int, *, the: bool) -> Read:
    """Last, this, next and their like, and what follows them."""
    lower = words[at].lower
    shift = SHIFT[lower]
    rolling = the or lower in {"past", "coming"}
    if lower == "this" and words[at + 1].lower in {"past", "coming"}:
        at, shift, rolling = at + 1, SHIFT[words[at + 1].lower], False
    after = at + 1
    noun = words[after].lower
    if noun in {"week", "month", "year", "quarter", "decade", "century", "day", "fortnight"}:
        if lower in _OF_TEXT or (noun == "day" and lower != "this"):
            return Unknown(), after + 1
        unit: Unit = UNITS[noun]
        return (Rolling(unit, shift) if rolling and shift else Shifted(unit, shift)), after + 1
    if noun in WEEKDAYS:
        day = read_calendar(words, after)
        if day is not None and isinstance(day[0], Weekday):
            # "Next Friday" is that of next week; one that is still this week's is "this" or just "Friday".
            return replace(day[0], week=1) if lower == "next" else replace(day[0], shift=shift), day[1]
        return day
    if noun in MONTHS and not the:
        month = read_calendar(words, after)
        return None if month is None or not isinstance(month[0], Day) else (replace(month[0], shift=shift), month[1])
    if noun in SEASONS:
        return Months(SEASONS[noun], 3, shift=shift), after + 1
    if noun == "weekend":
        return Weekend(shift), after + 1
    if noun in PARTS_OF_DAY:
        if shift == 1 or the:
            return Unknown(), after + 1
        return Shifted("day", shift), after + 1
    holiday = read_holiday(words, after)
    if holiday is not None and isinstance(holiday[0], Holiday):
        return replace(holiday[0], shift=shift), holiday[1]
    return _counted_relative(words, after, shift, anaphoric=lower in _OF_TEXT)


def _counted_relative(words: Words, at: int, shift: int, *, anaphoric: bool) -> Read:
    if UNITS.get(words[at].lower) and words[at].lower.endswith("s") and shift:
        # "The coming weeks".
        return (Vague(UNITS[words[at].lower], ahead=True) if shift > 0 else Unknown()), at + 1
    if number_at(words, at) is None and words[at].lower not in _FEW | {"couple"}:
        return None
    count, unit, after = _counted(words, at)
    if unit is None or not shift:
        return None
    return (Unknown() if anaphoric or not count else Rolling(unit, shift * count)), after


def read_ago(words: Words, at: int) -> Read:
    """As in "Three days ago", "decades ago", "two years from now", "two years later"."""
    if words[at].lower in UNITS and words[at + 1].lower == "ago" and words[at].lower.endswith("s"):
        return Vague(UNITS[words[at].lower]), at + 2
    count, unit, after = _counted(words, at)
    if unit is None:
        return None
    if words[after].lower == "ago":
        return (Shifted(unit, -count) if count else Vague(unit)), after + 1
    if words[after].lower == "from" and words[after + 1].lower in {"now", "today"} and count:
        return Shifted(unit, count), after + 2
    if words[after].lower in {"earlier", "later"}:
        return Unknown(), after + 1
    return None


def read_in_units(words: Words, at: int) -> Read:
    """As in "In three days", "within two weeks": dates only of what is to come; "in three weeks' time" always."""
    count, unit, after = _counted(words, at + 1)
    if unit is None or not count:
        return None
    if words[after].lower in {"'", "’"} and words[after + 1].lower == "time":
        return Shifted(unit, count), after + 2
    if words[after].lower == "time" and unit:
        return Shifted(unit, count), after + 1
    if words[after].lower in _EVENTS or words[after].lower in {"of", "-"}:
        return None
    if words[at].lower == "within":
        return Rolling(unit, count, if_ahead=True), after
    return Shifted(unit, count, if_ahead=True), after


def _counted(words: Words, at: int) -> tuple[int, Unit | None, int]:
    """As in "three days", "a couple of weeks"; a count of 0 for "several"."""
    lower = words[at].lower
    if lower == "a" and words[at + 1].lower in {"few", "couple"}:
        at, lower = at + 1, words[at + 1].lower
    if lower in _FEW:
        count: int | None = 0
    elif lower == "couple":
        count, at = 2, at + (words[at + 1].lower == "of")
    else:
        count = number_at(words, at)
    if count is None:
        return 0, None, at
    at += 1
    if words[at].lower == "and" and words[at + 1].lower == "a" and words[at + 2].lower == "half":
        at += 3
    unit = UNITS.get(words[at].lower)
    return count, unit, at + 1
