"""What a date expression says, before it is known when the article was published.

A tree of small records: grammar.py builds it, resolve.py turns it into days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["hour", "day", "week", "fortnight", "month", "quarter", "year", "decade", "century"]
Part = Literal["early", "mid", "late", "earlier", "later", "half1", "half2", "third"]
Edge = Literal["since", "by", "until"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day or month of the calendar, as far as it is named: "December 18", "Dec 2011", "Sunday, 18 December"."""

    month: int
    day: int | None = None
    year: int | None = None
    weekday: int | None = None
    shift: int | None = None  # "last March": -1, "this March": 0, "next March": 1
    year_by: int | None = None  # "March last year": -1


@dataclass(frozen=True, slots=True)
class Year:
    """A year, or several: a decade has 10, a century 100."""

    first: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Weekday:
    """Monday is 0. `shift` as in "last Monday" (-1), "this Monday" (0); `week` as in "Monday of last week" (-1)."""

    number: int
    shift: int | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Weekend:
    """Saturday and Sunday."""

    shift: int | None = None


@dataclass(frozen=True, slots=True)
class Shifted:
    """The calendar unit so many away from the article's: last week is (week, -1), three days ago (day, -3)."""

    unit: Unit
    by: int
    if_ahead: bool = False  # "in three days" is a date only of what is still to come


@dataclass(frozen=True, slots=True)
class Rolling:
    """So many units up to now (negative) or from now: "the past three days", "the next ten years"."""

    unit: Unit
    count: int
    if_ahead: bool = False  # "within three days"


@dataclass(frozen=True, slots=True)
class Vague:
    """So long ago, or ahead, at least: "decades ago", "the coming weeks"."""

    unit: Unit
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Months:
    """A part of a year in whole months: a quarter, a half, a season."""

    first: int
    count: int
    year: int | None = None
    shift: int | None = None
    year_by: int | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """A feast by its name."""

    name: str
    year: int | None = None
    shift: int | None = None
    year_by: int | None = None


@dataclass(frozen=True, slots=True)
class PartOf:
    """The early, middle or late part of something, or what has passed of it or is to come."""

    part: Part
    whole: Meaning


@dataclass(frozen=True, slots=True)
class Bounded:
    """Since, by or until something."""

    edge: Edge
    whole: Meaning


@dataclass(frozen=True, slots=True)
class Between:
    """From the start of one to the end of another."""

    first: Meaning
    last: Meaning


@dataclass(frozen=True, slots=True)
class Unknown:
    """A date that the text alone does not tell: "three days later"."""


Meaning = (
    Day | Year | Weekday | Weekend | Shifted | Rolling | Vague | Months | Holiday | PartOf | Bounded | Between | Unknown
)
