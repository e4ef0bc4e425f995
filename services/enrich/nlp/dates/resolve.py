"""From what an expression says to days: the calendar, seen from the day of publication.

Weeks begin on Monday. Seasons are those of the northern half of the earth. Early, mid and late are thirds. A span is
half-open; None is an end that is open or not known.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import IntEnum

from services.enrich.nlp.dates.meaning import (
    Between,
    Bounded,
    Day,
    Holiday,
    Meaning,
    Months,
    Part,
    PartOf,
    Rolling,
    Shifted,
    Unit,
    Unknown,
    Vague,
    Weekday,
    Weekend,
    Year,
)

Days = tuple[date | None, date | None]
_NOT_KNOWN: Days = (None, None)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_MONTHS_OF: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_FIXED_HOLIDAYS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "new year day": (1, 1),
    "new year eve": (12, 31), "halloween": (10, 31),
}  # fmt: skip
_FROM_EASTER = {
    "easter": 0,
    "easter day": 0,
    "easter eve": -1,
    "easter sunday": 0,
    "easter monday": 1,
    "good friday": -2,
}


class Direction(IntEnum):
    """Whether a clause tells of what was or of what will be."""

    PAST = -1
    UNKNOWN = 0
    FUTURE = 1


def resolve(meaning: Meaning, today: date | None, direction: Direction) -> Days:
    """The days meant; `today` is the day of publication. What leaves the calendar is not known."""
    try:
        start, end = _days(meaning, today, direction)
    except (ValueError, OverflowError):
        return _NOT_KNOWN
    return _NOT_KNOWN if start is not None and end is not None and start >= end else (start, end)


def _days(meaning: Meaning, today: date | None, direction: Direction) -> Days:
    match meaning:
        case Year(first, count):
            return date(max(first, 1), 1, 1), date(first + count, 1, 1)
        case Day(year=int() as year, month=month, day=day):
            return _calendar(year, month, day)
        case Bounded() | PartOf() | Between():
            return _composed(meaning, today, direction)
        case Months(year=int() as year, first=first, count=count):
            return _month(year, first - 1), _month(year, first - 1 + count)
        case Holiday(name, int() as year):
            return _feast(name, year)
        case Unknown():
            return _NOT_KNOWN
    return _NOT_KNOWN if today is None else _seen_from(meaning, today, direction)


def _seen_from(meaning: Meaning, today: date, direction: Direction) -> Days:
    match meaning:
        case Day():
            return _nearest_day(meaning, today, direction)
        case Weekday():
            return _weekday(meaning, today, direction)
        case Weekend(shift):
            return _weekend(shift, today, direction)
        case Shifted(unit, by):
            return _unit(unit, today, by)
        case Rolling(unit, count):
            there = _away(unit, today, count)
            return (there, today + _DAY) if count < 0 else (today, there + _DAY)
        case Vague(unit, ahead):
            return (today, None) if ahead else (None, _away(unit, today, -1))
        case Months():
            return _months(meaning, today, direction)
        case Holiday(name, _, shift):
            return _choose([_feast(name, today.year + by) for by in (-1, 0, 1)], today, direction, shift)
    return _NOT_KNOWN


def _composed(meaning: Bounded | PartOf | Between, today: date | None, direction: Direction) -> Days:
    match meaning:
        case PartOf(part, whole):
            return _part(part, _days(whole, today, direction), today, whole)
        case Bounded("since", whole):
            start = _days(whole, today, Direction.PAST)[0]
            return start, None if today is None else today + _DAY
        case Bounded(edge, whole):
            end = _days(whole, today, direction or Direction.FUTURE)[1]
            ahead = (
                edge == "by" and direction != Direction.PAST and today is not None and end is not None and today < end
            )
            return today if ahead else None, end
        case Between(Weekday() as first, Weekday() as last) if today is not None:
            if direction == Direction.FUTURE:
                start = _days(first, today, direction)[0] or today
                return start, _days(last, start, Direction.FUTURE)[1]
            end = _days(last, today, Direction.PAST)[1] or today
            return _days(first, end - _DAY, Direction.PAST)[0], end
        case Between(first, last):
            start, end = _days(first, today, direction)[0], _days(last, today, direction)[1]
            if start is None or end is None:
                return _NOT_KNOWN
            if start >= end and isinstance(first, Day) and first.year is None:
                if direction == Direction.FUTURE:
                    end = end.replace(year=end.year + 1)
                else:
                    start = start.replace(year=start.year - 1)
            return start, end


def _calendar(year: int, month: int, day: int | None) -> Days:
    if day is None:
        return _month(year, month - 1), _month(year, month)
    there = date(year, month, day)
    return there, there + _DAY


def _month(year: int, months: int) -> date:
    """The first day of the month so many after January of the year."""
    return date(year + months // 12, months % 12 + 1, 1)


def _nearest_day(meaning: Day, today: date, direction: Direction) -> Days:
    if meaning.year_by is not None:
        return _calendar(today.year + meaning.year_by, meaning.month, meaning.day)
    years: list[Days] = []
    for year in (
        range(today.year - 5, today.year + 6) if meaning.weekday is not None else range(-1 + today.year, today.year + 2)
    ):
        try:
            days = _calendar(year, meaning.month, meaning.day)
        except ValueError:
            continue  # no 29 February
        years.append(days)
    if meaning.weekday is not None:
        # The weekday tells which year is meant.
        fitting = [days for days in years if days[0] is not None and days[0].weekday() == meaning.weekday]
        years = [days for days in fitting if abs((days[0] or today) - today) < timedelta(days=400)] or fitting
    return _choose(years, today, direction, meaning.shift)


def _choose(among: list[Days], today: date, direction: Direction, shift: int | None) -> Days:
    """The one that is meant of the same thing in several years."""
    spans = [(start, end) for start, end in among if start is not None and end is not None]
    before = [span for span in spans if span[0] <= today + _DAY and (shift is None or span[1] <= today)]
    after = [span for span in spans if span[1] > today and (shift is None or span[0] > today)]
    this = [span for span in spans if span[0].year == today.year]
    if shift == 0:
        return this[0] if this else _NOT_KNOWN
    if shift is not None:
        direction = Direction(shift)
    if direction == Direction.PAST:
        return before[-1] if before else _NOT_KNOWN
    if direction == Direction.FUTURE:
        return after[0] if after else _NOT_KNOWN
    # Where nothing tells, the nearest; news is of the past rather.
    return min(spans, key=lambda span: max((span[0] - today) * 2, today - span[1] + _DAY), default=_NOT_KNOWN)


def _weekday(meaning: Weekday, today: date, direction: Direction) -> Days:
    number, shift, week = meaning.number, meaning.shift, meaning.week
    if week is not None or shift == 0:
        there = today - timedelta(days=today.weekday()) + timedelta(days=number) + (week or 0) * _WEEK
    elif shift == 1:
        there = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    elif shift == -1:
        there = today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    elif direction == Direction.FUTURE:
        there = today + timedelta(days=(number - today.weekday()) % 7)
    else:
        there = today - timedelta(days=(today.weekday() - number) % 7)
    return there, there + _DAY


def _weekend(shift: int | None, today: date, direction: Direction) -> Days:
    saturday = today + timedelta(days=5 - today.weekday())
    on_it = today.weekday() >= 5
    if shift == 1:
        saturday += _WEEK
    elif shift == -1 or (direction != Direction.FUTURE and not on_it and (shift is None or today.weekday() <= 1)):
        saturday -= _WEEK
    return saturday, saturday + 2 * _DAY


def _unit(unit: Unit, today: date, by: int) -> Days:
    if unit in {"day", "hour"}:
        there = today + (by * _DAY if unit == "day" else timedelta(hours=by))
        return there, there + _DAY
    if unit in {"week", "fortnight"}:
        length = _WEEK if unit == "week" else 2 * _WEEK
        monday = today - timedelta(days=today.weekday()) + by * length
        return monday, monday + length
    months = _MONTHS_OF[unit]
    if unit in {"decade", "century"}:
        years = months // 12
        first = today.year - today.year % years + by * years
        return date(first, 1, 1), date(first + years, 1, 1)
    start = (today.month - 1) // months * months + by * months
    return _month(today.year, start), _month(today.year, start + months)


def _away(unit: Unit, today: date, by: int) -> date:
    """The same day so many units away."""
    if unit in _MONTHS_OF:
        first = _month(today.year, today.month - 1 + by * _MONTHS_OF[unit])
        last = _month(first.year, first.month) - _DAY
        return first.replace(day=min(today.day, last.day))
    if unit == "hour":
        return today + timedelta(days=-(-abs(by) // 24) * (1 if by > 0 else -1)) if abs(by) >= 24 else today
    return today + by * (_DAY if unit == "day" else _WEEK if unit == "week" else 2 * _WEEK)


def _months(meaning: Months, today: date, direction: Direction) -> Days:
    first, count = meaning.first - 1, meaning.count
    if meaning.year_by is not None:
        year = today.year + meaning.year_by
        return _month(year, first), _month(year, first + count)
    years = [(_month(today.year + by, first), _month(today.year + by, first + count)) for by in (-2, -1, 0, 1)]
    if meaning.shift is None and direction != Direction.FUTURE and first % 3 == 0:
        # A quarter is told of when it is over.
        years = [span for span in years if span[1] <= today + 2 * _DAY]
        return years[-1]
    return _choose(list(years), today, direction, meaning.shift)


def _part(part: Part, whole: Days, today: date | None, meaning: Meaning) -> Days:
    start, end = whole
    if start is None or end is None:
        return whole
    if part in {"earlier", "later"}:
        current = today is not None and start <= today < end and end - start > _DAY
        if not current or today is None:
            return _part("early" if part == "earlier" else "late", whole, today, meaning)
        return (start, today + _DAY) if part == "earlier" else (today, end)
    length = end - start
    if length <= 2 * _DAY:
        return whole
    if length.days > 27 * 3:
        # Whole months, so that early 2011 is January to April.
        months = (end.year - start.year) * 12 + end.month - start.month
        marks = [_month(start.year, start.month - 1 + months * third // 3) for third in (1, 2)]
    else:
        third = timedelta(days=10) if length.days > 27 else timedelta(days=round(length.days / 3))
        marks = [start + third, min(start + 2 * third, end - _DAY)]
    return {"early": (start, marks[0]), "mid": (marks[0], marks[1])}.get(part, (marks[1], end))


def _feast(name: str, year: int) -> Days:
    if name in _FIXED_HOLIDAYS:
        return _calendar(year, *_FIXED_HOLIDAYS[name])
    if name == "thanksgiving":
        # The fourth Thursday of November.
        return _calendar(year, 11, 22 + (3 - date(year, 11, 22).weekday()) % 7)
    if name not in _FROM_EASTER:
        return _NOT_KNOWN
    there = _easter(year) + _FROM_EASTER[name] * _DAY
    return there, there + _DAY


def _easter(year: int) -> date:
    """Western Easter, by the rule of the Gregorian calendar: first Sunday after the full moon of spring."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
