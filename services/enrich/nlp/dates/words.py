"""The words that dates are made of, and a text cut into them.

Pure tables and one scanner; what the words mean together is said in grammar.py.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from services.enrich.nlp.dates.meaning import Part, Unit
from services.enrich.nlp.syntax.vocabulary import in_order, vocabulary

_MONTH_NAMES = in_order("january february march april may june july august september october november december")
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
MONTH_SHORT = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1) if name != "may"} | {"sept": 9}
"""These are a month only beside a number: "Dec. 18", "Jan 2011"."""

WEEKDAYS = {
    name: number for number, name in enumerate(in_order("monday tuesday wednesday thursday friday saturday sunday"))
}
WEEKDAY_SHORT = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
"""These are a weekday only with a full stop or before a date: "Sat., Dec. 18"."""

UNITS: dict[str, Unit] = {
    "hour": "hour", "hours": "hour", "day": "day", "days": "day", "week": "week", "weeks": "week",
    "fortnight": "fortnight", "fortnights": "fortnight", "month": "month", "months": "month", "quarter": "quarter",
    "quarters": "quarter", "year": "year", "years": "year", "decade": "decade", "decades": "decade",
    "century": "century", "centuries": "century",
}  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The first month, in the northern hemisphere."""

PARTS_OF_DAY = vocabulary("morning afternoon evening night lunchtime midday noon midnight dawn dusk")

NUMBERS = {
    name: number
    for number, name in enumerate(
        in_order(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty"
        )
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "dozen": 12}
ORDINALS = {name: number for number, name in enumerate(in_order("first second third fourth fifth sixth"), 1)}

BACK = frozenset({"last", "past", "previous", "preceding"})
AHEAD = frozenset({"next", "coming", "upcoming", "following"})
HERE = frozenset({"this", "current"})
PARTS: dict[str, Part] = {"early": "early", "mid": "mid", "late": "late", "earlier": "earlier", "later": "later"}
NOUNS_OF_PARTS: dict[str, Part] = {
    "start": "early", "beginning": "early", "outset": "early", "turn": "early", "middle": "mid", "end": "late",
    "close": "late",
}  # fmt: skip
"""Parts only before "of" or a dash: "end of March", "end-March"; "ended on Friday" is another thing."""

DECADE_WORDS = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
                "eighties": 80, "nineties": 90}  # fmt: skip
HOLIDAYS = vocabulary("christmas easter thanksgiving halloween")
DAYS_BY_NAME = frozenset({"today", "tonight", "yesterday", "tomorrow", "overnight"})

DASHES = frozenset("-–—")

TRIGGERS = frozenset(
    {*MONTHS, *MONTH_SHORT, *(f"{name}." for name in MONTH_SHORT), *WEEKDAYS, *WEEKDAY_SHORT, *SEASONS}
    | {*(f"{name}." for name in WEEKDAY_SHORT)}
    | set(UNITS) | DAYS_BY_NAME | {"weekend", "weekends", "ago", "9/11"} | HOLIDAYS | {"new"}
    | set(DECADE_WORDS) | {f"{tens}0s" for tens in range(1, 10)} | {f"’{tens}0s" for tens in range(1, 10)}
    | {f"'{tens}0s" for tens in range(1, 10)} | {"morning", "afternoon", "evening", "night", "nights"}
)  # fmt: skip
"""A sentence without one of these, or a number of four digits, has no date in it."""

STARTS = frozenset(
    {*MONTHS, *MONTH_SHORT, *WEEKDAYS, *WEEKDAY_SHORT, *SEASONS, *UNITS, *NUMBERS, *ORDINALS, *BACK, *AHEAD, *HERE}
    | {*PARTS, *NOUNS_OF_PARTS, *DECADE_WORDS, *HOLIDAYS, *DAYS_BY_NAME, "weekend", "new", "good", "q", "the", "final"}
    | {"since", "by", "until", "till", "through", "between", "from", "in", "within", "'", "’", "‘"}
    | {"few", "several", "many", "some", "couple"}
)
"""A date begins with one of these, or with a digit."""

LEADING = frozenset(
    {"the", "in", "within", "by", "since", "until", "till", "through", "between", "from", "'", "’", "‘"}
)
"""After these, too, comes one of STARTS or a digit."""

_SCANNED = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+|\S")


class Word(NamedTuple):
    """A word, a number or a sign; offsets into the text."""

    lower: str
    start: int
    end: int
    written: str


def scan(text: str, start: int, end: int) -> list[Word]:
    """Words, numbers ("1,990", "7:30" are one) and signs between two offsets."""
    words: list[Word] = []
    for found in _SCANNED.finditer(text, start, end):
        written = found[0]
        words.append(Word(written.lower(), *found.span(), written))
    return words
