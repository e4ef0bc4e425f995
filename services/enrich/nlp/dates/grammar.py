"""The grammar of dates: what an expression in words says, read from left to right without looking back.

Bounds, ranges and parts are here; the rest in calendar_words.py, relative_words.py, year_parts.py. Durations, ages and
habits ("for three days", "a year-old boy", "every Monday") are no dates: nothing here reads them.
"""

from __future__ import annotations

from dataclasses import replace

from services.enrich.nlp.dates.calendar_words import Read, Words, number_at, read_calendar
from services.enrich.nlp.dates.meaning import (
    Between,
    Bounded,
    Day,
    Edge,
    Meaning,
    PartOf,
    Shifted,
    Unknown,
    Vague,
    Weekday,
    Weekend,
    Year,
)
from services.enrich.nlp.dates.relative_words import SHIFT, read_ago, read_in_units, read_relative
from services.enrich.nlp.dates.words import (
    DASHES,
    NOUNS_OF_PARTS,
    ORDINALS,
    PARTS,
    PARTS_OF_DAY,
    SEASONS,
    UNITS,
)
from services.enrich.nlp.dates.year_parts import read_holiday, read_ordinal, read_season, read_year_end

_EDGES: dict[str, Edge] = {"since": "since", "by": "by", "until": "until", "till": "until", "through": "until"}
_OF = DASHES | {"of"}
_TO = frozenset({"to", "until", "till", "through", *DASHES})
_NAMED_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def read_date(words: Words, at: int) -> Read:
    """The longest date that starts at this word, with the place after it; None where none does.

    `words` must end in at least eight empty words.
    """
    lower = words[at].lower
    if lower in _EDGES:
        return _bounded(words, at)
    if lower in {"between", "from"}:
        return _between(words, at)
    if lower in {"in", "within"}:
        return read_in_units(words, at)
    first = _point(words, at)
    if first is None:
        return None
    return _to_second(words, first) or first


def _bounded(words: Words, at: int) -> Read:
    found = _point(words, at + 1)
    return None if found is None else (Bounded(_EDGES[words[at].lower], found[0]), found[1])


def _between(words: Words, at: int) -> Read:
    joins = frozenset({"and"}) if words[at].lower == "between" else _TO
    day = number_at(words, at + 1)
    if day is not None and 1 <= day <= 31 and words[at + 1].lower.isdigit() and words[at + 2].lower in joins:
        last = _point(words, at + 3)
        if last is not None and isinstance(last[0], Day) and last[0].day:
            return Between(replace(last[0], day=day), last[0]), last[1]
    first = _point(words, at + 1)
    if first is None:
        return None
    if isinstance(first[0], Between) and words[at].lower == "from":
        return first
    if words[first[1]].lower in joins:
        last = _point(words, first[1] + 1)
        if last is not None and not isinstance(last[0], Unknown):
            return _joined(first[0], last[0]), last[1]
    return None


def _to_second(words: Words, first: tuple[Meaning, int]) -> Read:
    meaning, after = first
    if words[after].lower not in _TO or not isinstance(meaning, Day | Weekday | Year):
        return None
    last = _point(words, after + 1)
    if last is None or type(last[0]) is not type(meaning):
        return None
    return _joined(meaning, last[0]), last[1]


def _joined(first: Meaning, last: Meaning) -> Between:
    """The year of "March to May 2011" is that of both."""
    if isinstance(first, Day) and isinstance(last, Day) and first.year is None and first.year_by is None:
        earlier = (first.month, first.day or 1) <= (last.month, last.day or 31)
        year = last.year if last.year is None or earlier else last.year - 1
        first = replace(first, year=year, year_by=last.year_by)
    return Between(first, last)


def _point(words: Words, at: int) -> Read:
    """One date, with what narrows it."""
    the = words[at].lower == "the"
    if the:
        at += 1
    lower = words[at].lower
    if lower in PARTS or (lower in NOUNS_OF_PARTS and words[at + 1].lower in _OF):
        return _part(words, at) or _core(words, at, the=the)
    return _core(words, at, the=the)


def _part(words: Words, at: int) -> Read:
    part = PARTS.get(words[at].lower) or NOUNS_OF_PARTS[words[at].lower]
    after = at + 1
    if words[after].lower in {"of", "on", "in", *DASHES}:
        after += 1
    if words[after].lower == "the":
        after += 1
    lower = words[after].lower
    if lower in {"week", "month", "year", "decade", "century", "day"} and after > at + 1:
        return PartOf(part, Shifted(UNITS[lower], 0)), after + 1
    inner = _core(words, after, the=False)
    if inner is None or isinstance(inner[0], Unknown | Vague):
        return None
    return PartOf(part, inner[0]), inner[1]


def _core(words: Words, at: int, *, the: bool) -> Read:
    lower = words[at].lower
    if lower in SHIFT:
        return read_relative(words, at, the=the) or read_ordinal(words, at)
    if lower in _NAMED_DAYS:
        after = at + 1
        return Shifted("day", _NAMED_DAYS[lower]), after + (words[after].lower in PARTS_OF_DAY)
    if lower == "overnight":
        return Between(Shifted("day", -1), Shifted("day", 0)), at + 1
    if lower == "weekend":
        return Weekend(), at + 1
    if lower == "day" and the and words[at + 1].lower in {"before", "after"}:
        named = {"beforeyesterday": -2, "aftertomorrow": 2}.get(words[at + 1].lower + words[at + 2].lower)
        return None if named is None else (Shifted("day", named), at + 3)
    if lower in SEASONS:
        return read_season(words, at, the=the)
    if lower in {"'", "’", "‘"}:
        decade = read_calendar(words, at + 1)
        return decade if decade is not None and isinstance(decade[0], Year) and decade[0].count > 1 else None
    if lower in ORDINALS or lower in {"final", "q"}:
        return read_ordinal(words, at)
    return read_ago(words, at) or read_calendar(words, at) or read_year_end(words, at) or read_holiday(words, at)
