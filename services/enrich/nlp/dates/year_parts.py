"""Named parts of a year: quarters, halves, seasons, feasts, and its end."""

from __future__ import annotations

from dataclasses import replace

from services.enrich.nlp.dates.calendar_words import Read, Words, number_at, touching, year_at, year_by
from services.enrich.nlp.dates.meaning import Holiday, Months, PartOf, Shifted
from services.enrich.nlp.dates.words import DASHES, ORDINALS, SEASONS, UNITS


def read_ordinal(words: Words, at: int) -> Read:
    """As in "First quarter of 2011", "second half of the year", "Q3"."""
    lower = words[at].lower
    after = at + 1
    if lower == "q" and touching(words, after):
        number, kind, after = number_at(words, after), "quarter", after + 1
    else:
        after += words[after].lower in DASHES
        kind = words[after].lower
        after += 1
        number = ORDINALS.get(lower, {"quarter": 4, "half": 2}.get(kind) if lower in {"final", "last"} else None)
    if kind == "quarter" and number and number <= 4:
        months = Months(number * 3 - 2, 3)
    elif kind == "half" and number and number <= 2:
        months = Months(number * 6 - 5, 6)
    else:
        return None
    year = year_at(words, after)
    if year is not None:
        return replace(months, year=year[0]), year[1]
    by = year_by(words, after)
    if by is not None:
        return replace(months, year_by=by[0]), by[1]
    if words[after].lower == "of" and words[after + 1].lower == "the" and words[after + 2].lower == "year":
        return replace(months, year_by=0), after + 3
    return (months, after) if kind == "quarter" else None


def read_season(words: Words, at: int, *, the: bool) -> Read:
    """As in "summer of 2011", "spring last year", "the summer"."""
    months = Months(SEASONS[words[at].lower], 3)
    year = year_at(words, at + 1)
    if year is not None:
        return replace(months, year=year[0]), year[1]
    by = year_by(words, at + 1)
    if by is not None:
        return replace(months, year_by=by[0]), by[1]
    if the and words[at].lower not in {"fall", "spring"} and words[at].written.islower():
        return months, at + 1
    return None


def read_year_end(words: Words, at: int) -> Read:
    """As in "Year-end", "year's end", "end-March"."""
    lower = words[at].lower
    if lower not in {"year", "month"}:
        return None
    after = at + 1
    if words[after].lower in {"'", "’"} and words[after + 1].lower == "s":
        after += 2
    elif words[after].lower in DASHES:
        after += 1
    if words[after].lower != "end":
        return None
    return PartOf("late", Shifted(UNITS[lower], 0)), after + 1


def read_holiday(words: Words, at: int) -> Read:
    """As in "Christmas Eve", "Good Friday 2011", "New Year's Day"."""
    lower = words[at].lower
    after = at + 1
    if lower == "new" and words[after].lower == "year" and words[after + 1].lower in {"'", "’"}:
        name = f"new year {words[after + 3].lower}"
        if name not in {"new year day", "new year eve"}:
            return None
        after += 4
    elif lower in {"christmas", "easter"}:
        following = words[after].lower
        name = lower
        if following in {"day", "eve", "sunday", "monday"}:
            name, after = f"{lower} {following}", after + 1
    elif lower == "good" and words[after].lower == "friday":
        name, after = "good friday", after + 1
    elif lower in {"thanksgiving", "halloween"}:
        name, after = lower, after + (words[after].lower == "day")
    else:
        return None
    if not words[at].written[0].isupper():
        return None
    year = year_at(words, after)
    return (Holiday(name), after) if year is None else (Holiday(name, year[0]), year[1])
