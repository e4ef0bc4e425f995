from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from schemas.events import DateMention
from services.enrich.nlp.dates import find_dates, is_historical
from services.enrich.nlp.dates.grammar import read_date
from services.enrich.nlp.dates.resolve import Direction, resolve
from services.enrich.nlp.dates.words import STARTS, TRIGGERS, Word
from services.enrich.nlp.syntax.tree import read_tree

NOON = datetime(2011, 12, 14, 12, tzinfo=UTC)


def dates_in(nlp: Language, text: str, published: datetime | None = NOON) -> tuple[DateMention, ...]:
    return find_dates(read_tree(nlp(text)), published)


def test_find_dates_leaves_open_what_only_the_day_of_publication_tells(nlp: Language) -> None:
    monday, year = dates_in(nlp, "The minister resigned on Monday after a scandal in 2009.", None)
    assert (monday.text, monday.from_, monday.to) == ("Monday", None, None)
    assert (year.text, year.from_, year.to) == (
        "2009",
        datetime(2009, 1, 1, tzinfo=UTC),
        datetime(2010, 1, 1, tzinfo=UTC),
    )


def test_find_dates_counts_days_in_the_offset_of_the_publication(nlp: Language) -> None:
    tokyo = timezone(timedelta(hours=9))
    (today,) = dates_in(nlp, "The emperor will speak today.", datetime(2011, 12, 14, 1, tzinfo=tokyo))
    assert today.from_ == datetime(2011, 12, 14, tzinfo=tokyo)


def test_find_dates_takes_a_publication_without_offset_for_utc(nlp: Language) -> None:
    (today,) = dates_in(nlp, "The emperor will speak today.", datetime(2011, 12, 14, 1))  # noqa: DTZ001
    assert today.from_ == datetime(2011, 12, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("He was elected in 2005.", True),
        ("Thousands were killed in the 1990s.", True),
        ("The dictator fell decades ago.", True),
        ("The general seized power five years ago.", True),
        ("He was elected last year.", False),
        ("He has ruled since 2005.", False),
        ("He was elected in March.", False),
        ("He resigned on Monday.", False),
        ("He will resign next year.", False),
    ],
)
def test_is_historical_is_what_ended_more_than_a_year_before(nlp: Language, text: str, background: bool) -> None:
    (mention,) = dates_in(nlp, text)
    assert is_historical(mention, NOON) is background


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "🙂 Monday 🙂", "since by until " * 1000, "2011-2012-2013-" * 500, "May " * 2000,
     "99999999 years ago", "the last 9999 centuries", "in 9999 centuries", "30 February 2011", "٢٠١١ ago",
     "from from to to Monday"],
)  # fmt: skip
def test_find_dates_survives_text_that_is_none(nlp: Language, text: str) -> None:
    for mention in dates_in(nlp, text):
        assert text[mention.start : mention.end] == mention.text


_MORE = ["of", "and", "to", "-", ",", ".", "ago", "s", "th", "year's", "1990"]
_WORDS = st.sampled_from([*sorted(STARTS | TRIGGERS), *_MORE])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_WORDS.map(str.title) | _WORDS | st.text(max_size=5), max_size=25).map(" ".join))
def test_find_dates_offsets_cut_the_text_in_order(nlp: Language, text: str) -> None:
    mentions = dates_in(nlp, text)
    assert [text[mention.start : mention.end] for mention in mentions] == [mention.text for mention in mentions]
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@given(
    st.lists(_WORDS | st.integers(0, 9999).map(str), min_size=1, max_size=8),
    st.dates() | st.just(date.min) | st.just(date.max),
    st.sampled_from(Direction),
)
def test_resolve_gives_an_interval_or_nothing_for_any_words_on_any_day(
    written: list[str], today: date, direction: Direction
) -> None:
    words = [Word(word.lower(), 2 * at, 2 * at + 1, word.title()) for at, word in enumerate(written)]
    read = read_date([*words, *[Word("", -1, -1, " ")] * 8], 0)
    if read is not None:
        start, end = resolve(read[0], today, direction)
        assert start is None or end is None or start < end
