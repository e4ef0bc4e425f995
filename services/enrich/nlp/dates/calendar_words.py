"""Dates of the calendar as they are written: days, months, years, decades, centuries, and ranges of them.

Every reader takes words and a place, and gives what stands there with the place after it, or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.enrich.nlp.dates.meaning import Between, Day, Meaning, Unknown, Weekday, Year
from services.enrich.nlp.dates.words import (
    DASHES,
    DECADE_WORDS,
    MONTH_SHORT,
    MONTHS,
    NUMBERS,
    PARTS_OF_DAY,
    WEEKDAY_SHORT,
    WEEKDAYS,
    Word,
)

Words = Sequence[Word]
Read = tuple[Meaning, int] | None

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_AFTER_DAYS = frozenset({*MONTHS, *MONTH_SHORT, "in", "at", "and", "with", "to", "by", "after", "when", "for"})
_ATTACKS = frozenset({"attack", "attacks", "terrorist", "terror", "hijackings", "hijackers", "atrocities"})


def read_calendar(words: Words, at: int) -> Read:
    """A date that begins with a weekday, a month or a number."""
    lower = words[at].lower
    if lower[:1].isdigit():
        return _by_number(words, at)
    if lower in WEEKDAYS or lower in WEEKDAY_SHORT:
        return _by_weekday(words, at)
    if lower in MONTHS or lower in MONTH_SHORT:
        return _by_month(words, at)
    if lower in DECADE_WORDS:
        return Year(1900 + DECADE_WORDS[lower], 10), at + 1
    return None


def touching(words: Words, at: int) -> bool:
    """Whether no space is before the word at this place."""
    return words[at - 1].end == words[at].start


def number_at(words: Words, at: int) -> int | None:
    """A whole number of at most four digits, or its word."""
    lower = words[at].lower
    if lower.isdecimal() and lower.isascii():
        return int(lower) if len(lower) <= 4 else None
    return NUMBERS.get(lower)


def year_by(words: Words, at: int) -> tuple[int, int] | None:
    """As in "(of) last year": how many years away, and the place after it."""
    if words[at].lower == "of":
        at += 1
    lower = words[at].lower
    if lower in {"last", "this", "next"} and words[at + 1].lower == "year":
        return {"last": -1, "this": 0, "next": 1}[lower], at + 2
    return None


def year_at(words: Words, at: int) -> tuple[int, int] | None:
    """As in "(,) 2011" or "of 2011" after a day or month."""
    if words[at].lower in {",", "of"}:
        at += 1
    year = _four_digits(words, at)
    if year is None or (words[at + 1].lower == "s" and touching(words, at + 1)):
        return None
    return year, at + 1


def _by_weekday(words: Words, at: int) -> Read:
    lower = words[at].lower
    if not words[at].written[0].isupper():
        return None
    number = WEEKDAYS.get(lower, WEEKDAY_SHORT.get(lower, 0))
    after = at + 1
    stopped = words[after].lower == "." and touching(words, after)
    if lower in WEEKDAY_SHORT and stopped:
        after += 1
    date_at = after + (words[after].lower == ",")
    date_at += words[date_at].lower == "the"
    date = _by_month(words, date_at) or _day_first(words, date_at)
    if date is not None and isinstance(date[0], Day) and date[0].day is not None:
        return replace(date[0], weekday=number), date[1]
    if lower in WEEKDAY_SHORT and not stopped:
        return None
    week = after + (words[after].lower == "of")
    if words[week].lower in {"last", "this", "next"} and words[week + 1].lower == "week":
        return Weekday(number, week={"last": -1, "this": 0, "next": 1}[words[week].lower]), week + 2
    if words[after].lower in PARTS_OF_DAY:
        after += 1
    return Weekday(number), after


def _by_month(words: Words, at: int) -> Read:
    lower = words[at].lower
    month = MONTHS.get(lower) or MONTH_SHORT.get(lower)
    if month is None or not words[at].written[0].isupper():
        return None
    after = at + 1
    if lower in MONTH_SHORT and words[after].lower == "." and touching(words, after):
        after += 1
    day = _day_at(words, after, month)
    if day is None:
        date = _with_year(words, Day(month), after)
        if _of_text(words, after):
            return Unknown(), after
        # "Jan" and "Mar" without a number are names.
        return date if lower in MONTHS or date[1] > after else None
    until = _second_day(words, day[1], month)
    if until is not None:
        last, after = _with_year(words, Day(month, until[0]), until[1])
        return Between(replace(last, day=day[0]), last), after
    dated, after = _with_year(words, Day(month, day[0]), day[1])
    if month == 9 and day[0] == 11 and dated.year is None and words[after].lower in _ATTACKS:
        return replace(dated, year=2001), after
    return dated, after


def _by_number(words: Words, at: int) -> Read:
    return _numeric(words, at) or _day_first(words, at) or _year_first(words, at)


def _day_first(words: Words, at: int) -> Read:
    day = _day_at(words, at, 1)
    if day is None:
        return None
    first, after = day
    last = first
    until = _second_day(words, after, 1)
    if until is not None:
        last, after = until
    if words[after].lower == "of":
        after += 1
    lower = words[after].lower
    month = MONTHS.get(lower) or MONTH_SHORT.get(lower)
    if month is None or not words[after].written[0].isupper() or last > _LONGEST[month - 1]:
        return None
    after += 1
    if lower in MONTH_SHORT and words[after].lower == "." and touching(words, after):
        # The full stop of "18 Dec. 2011", not that of a sentence.
        after += _four_digits(words, after + 1) is not None
    date, after = _with_year(words, Day(month, last), after)
    return (date if last == first else Between(replace(date, day=first), date)), after


def _year_first(words: Words, at: int) -> Read:
    lower = words[at].lower
    tens = len(lower) == 2 and lower[1] == "0" and words[at + 1].lower == "s" and touching(words, at + 1)
    if tens:
        before = words[at - 1].lower if at else ""
        marked = before in {"'", "’", "‘"} and touching(words, at)
        if marked or (before in {"the", "early", "late", "mid", "-"} and lower >= "50"):
            return Year(1900 + int(lower), 10), at + 2
        return None
    year = _four_digits(words, at)
    if year is None:
        return _century(words, at)
    if words[at + 1].lower == "s" and touching(words, at + 1):
        if year % 10:
            return None
        return Year(year, 100 if year % 100 == 0 and year < 2000 else 10), at + 2
    if words[at + 1].lower in DASHES | {"/"} and touching(words, at + 1) and touching(words, at + 2):
        # 2010-11, 1914-18, 2011/12.
        second = words[at + 2].lower
        if second.isdecimal() and len(second) == 2:
            more = (int(second) - year) % 100
            if more == 1 or (words[at + 1].lower != "/" and int(second) > year % 100):
                return Year(year, more + 1), at + 3
    return Year(year), at + 1


def _century(words: Words, at: int) -> Read:
    number = number_at(words, at)
    if number is None or not 10 <= number <= 22 or words[at + 1].lower not in _SUFFIXES:
        return None
    after = at + 2 + (words[at + 2].lower in DASHES)
    if words[after].lower != "century":
        return None
    return Year((number - 1) * 100, 100), after + 1


def _numeric(words: Words, at: int) -> Read:
    """2011-12-18, 18/12/2011, 18.12.2011, 9/11."""
    dotted = words[at].lower.split(".")
    if len(dotted) == 3 and all(part.isdecimal() for part in dotted) and len(dotted[2]) == 4:
        return _checked(int(dotted[2]), int(dotted[1]), int(dotted[0])), at + 1
    sign = words[at + 1].lower
    if sign not in {"-", "/"} or not (touching(words, at + 1) and touching(words, at + 2)):
        return None
    parts = [words[at].lower, words[at + 2].lower]
    if not all(part.isdecimal() for part in parts):
        return None
    if words[at + 3].lower != sign or not (touching(words, at + 3) and touching(words, at + 4)):
        return (Day(9, 11, 2001), at + 3) if sign == "/" and parts == ["9", "11"] else None
    third = words[at + 4].lower
    if not third.isdecimal():
        return None
    if len(parts[0]) == 4 and len(third) <= 2:
        return _checked(int(parts[0]), int(parts[1]), int(third)), at + 5
    if len(third) in {2, 4} and len(parts[0]) <= 2 and len(parts[1]) <= 2:
        year = int(third) + (2000 if len(third) == 2 else 0)
        first, second = int(parts[0]), int(parts[1])
        if first > 12 or first == second:
            return _checked(year, second, first), at + 5
        # Whether the day or the month is first, nobody can tell from 3/4/2011.
        return (_checked(year, first, second) if second > 12 else Unknown()), at + 5
    return None


def _checked(year: int, month: int, day: int) -> Meaning:
    if 1 <= month <= 12 and 1 <= day <= _LONGEST[month - 1] and 1000 <= year <= 2999:
        return Day(month, day, year)
    return Unknown()


def _with_year(words: Words, date: Day, after: int) -> tuple[Day, int]:
    year = year_at(words, after)
    if year is not None:
        return replace(date, year=year[0]), year[1]
    by = year_by(words, after)
    if by is not None:
        return replace(date, year_by=by[0]), by[1]
    return date, after


def _of_text(words: Words, at: int) -> bool:
    """As in "March of that year": the text tells of which, elsewhere."""
    of = at + (words[at].lower == "of")
    the = of + (words[of].lower == "the")
    return words[the].lower in {"that", "same", "following", "previous"} and words[the + 1].lower == "year"


def _second_day(words: Words, at: int, month: int) -> tuple[int, int] | None:
    """The 5 of "3-5" or "3 to 5", and of "4 and 5"."""
    if words[at].lower in DASHES | {"to", "through"}:
        return _day_at(words, at + 1, month)
    if words[at].lower != "and":
        return None
    last, first = _day_at(words, at + 1, month), _day_at(words, at - 1, month)
    counted = last is not None and words[last[1]].lower.isalpha() and words[last[1]].lower not in _AFTER_DAYS
    return None if last is None or first is None or last[0] != first[0] + 1 or counted else last


def _day_at(words: Words, at: int, month: int) -> tuple[int, int] | None:
    lower = words[at].lower
    if not (lower.isascii() and lower.isdecimal()) or len(lower) > 2 or not 1 <= int(lower) <= _LONGEST[month - 1]:
        return None
    if words[at + 1].lower in _SUFFIXES and touching(words, at + 1):
        return int(lower), at + 2
    return int(lower), at + 1


def _four_digits(words: Words, at: int) -> int | None:
    lower = words[at].lower
    if len(lower) == 4 and lower.isascii() and lower.isdecimal() and "1000" <= lower < "2100":
        return int(lower)
    return None
