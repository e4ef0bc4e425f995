"""Find the dates of a parsed text: where to look, what to leave out, and the interval of each.

Only stretches around a word that can be part of a date are read. A name ("the Sunday Times", "Theresa May") is no
date, nor is a number that merely looks like a year.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from schemas.events import DateMention
from services.enrich.nlp.dates.direction import direction_at
from services.enrich.nlp.dates.grammar import read_date
from services.enrich.nlp.dates.meaning import (
    Day,
    Meaning,
    Rolling,
    Shifted,
    Weekday,
    Year,
)
from services.enrich.nlp.dates.plausible import is_date
from services.enrich.nlp.dates.resolve import Direction, resolve
from services.enrich.nlp.dates.words import LEADING, STARTS, TRIGGERS, Word, scan
from services.enrich.nlp.syntax.tree import Tree

_AROUND = 8  # tokens on each side of a word that can be part of a date
_PADDING = [Word("", -1, -1, " ")] * 8
_DIGITS = frozenset("0123456789")
_JOINED = ("mid-", "year-", "end-", "early-", "late-")
_HABIT = frozenset({"every", "each", "per", "any"})


def find_dates(tree: Tree, published: datetime | None) -> tuple[DateMention, ...]:
    """All dates in the order of the text, as instants, half-open, in days of the publication's own offset (or UTC)."""
    zone = UTC if published is None or published.tzinfo is None else published.tzinfo
    today = None if published is None else published.date()
    found: list[DateMention] = []
    for first, last in _windows(tree):
        words = scan(tree.text, tree.starts[first], tree.ends[last - 1])
        for meaning, start, end in _read(words):
            token = bisect_right(tree.starts, start) - 1
            if not is_date(tree, meaning, token, start, end):
                continue
            direction = direction_at(tree, _anchor(tree, token, end))
            if isinstance(meaning, Shifted | Rolling) and meaning.if_ahead and direction != Direction.FUTURE:
                continue
            days = resolve(meaning, today, direction)
            found.append(_mention(tree.text, start, end, days, zone))
    return tuple(found)


def is_historical(mention: DateMention, published: datetime | None) -> bool:
    """Whether it ended more than a year before the article: background, not news."""
    if published is None or mention.to is None:
        return False
    if published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return mention.to <= published - timedelta(days=366)


def _windows(tree: Tree) -> Iterator[tuple[int, int]]:
    """Stretches of tokens, within one sentence each, that may hold a date."""
    first = last = -1
    sentence = -1
    lowers = tree.lowers
    signs = {word for word in set(lowers) if word in TRIGGERS or _is_number(word) or word.startswith(_JOINED)}
    for token in [token for token, lower in enumerate(lowers) if lower in signs]:
        here = tree.sentence[token]
        begin, end = tree.sentences[here]
        if here == sentence and token - _AROUND <= last:
            last = min(token + _AROUND + 1, end)
            continue
        if last > first:
            yield first, last
        first, last, sentence = max(token - _AROUND, begin), min(token + _AROUND + 1, end), here
    if last > first:
        yield first, last


def _is_number(word: str) -> bool:
    return word[0] in _DIGITS and len(word) >= 4


def _read(words: list[Word]) -> Iterator[tuple[Meaning, int, int]]:
    count = len(words)
    padded = words + _PADDING
    at = 0
    while at < count:
        read = read_date(padded, at) if _may_start(padded, at) else None
        if read is None or read[1] > count:
            at += 1
            continue
        if at and padded[at - 1].lower in _HABIT:
            at = read[1]
            continue
        # "The 2012 election", "the 11th of March": the article is that of what follows, or says nothing.
        bare = padded[at].lower == "the" and isinstance(read[0], Day | Weekday | Year) and not _is_long(read[0])
        yield read[0], padded[at + bare].start, padded[read[1] - 1].end
        at = read[1]


def _may_start(words: list[Word], at: int) -> bool:
    """Whether a date may begin here: most words, and most of "the", are told from the next word alone."""
    lower = words[at].lower
    if lower in LEADING:
        lower = words[at + 1].lower
    return lower in STARTS or lower[:1] in _DIGITS


def _is_long(meaning: Meaning) -> bool:
    return isinstance(meaning, Year) and meaning.count > 1


def _anchor(tree: Tree, token: int, end: int) -> int:
    """The token of the expression whose head is outside of it."""
    last = token
    while last + 1 < len(tree) and tree.starts[last + 1] < end:
        last += 1
    for here in range(last, token - 1, -1):
        if not token <= tree.heads[here] <= last:
            return here
    return last


def _mention(text: str, start: int, end: int, days: tuple[date | None, date | None], zone: tzinfo) -> DateMention:
    begin, until = days
    return DateMention(
        start=start,
        end=end,
        text=text[start:end],
        **{
            "from": None if begin is None else datetime.combine(begin, time(), zone),
            "to": None if until is None else datetime.combine(until, time(), zone),
        },
    )
