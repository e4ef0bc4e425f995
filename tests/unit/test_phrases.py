from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.events import Modality, PloverType, Polarity
from services.phrases import act, event_phrase, marks, period, phrase, together
from tests.articles import rich_article

YANGON = timezone(timedelta(hours=6, minutes=30))


def utc(year: int, month: int = 1, day: int = 1, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def test_phrase_says_who_does_what_to_whom() -> None:
    article = rich_article()

    assert event_phrase(article.events[0], article.actors) == "Ilma Vasko CONSULT envoys of Orland"


def test_phrase_names_what_is_no_plain_fact() -> None:
    shown = phrase(["A"], PloverType.AID, [], Polarity.NEGATED, Modality.PLANNED)

    assert shown == "A AID (negated, planned)"


def test_phrase_has_a_dash_for_nobody() -> None:
    assert phrase([], PloverType.ASSAULT, ["B"], Polarity.AFFIRMED, Modality.ACTUAL) == "- ASSAULT B"


def test_phrases_mark_nothing_of_a_plain_fact() -> None:
    assert marks(Polarity.AFFIRMED, Modality.ACTUAL) == []


def test_phrases_of_many_names_count_the_rest() -> None:
    assert together(["A", "B", "C", "D"]) == "A, B and 2 more"


def test_phrases_of_an_act_show_its_shift() -> None:
    assert act(PloverType.ASSAULT, PloverType.THREATEN) == "ASSAULT -> THREATEN"
    assert act(PloverType.ASSAULT, PloverType.ASSAULT) == "ASSAULT"


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (utc(2026, 5, 3), utc(2026, 5, 4), "2026-05-03"),
        (utc(2026, 5, 11), utc(2026, 5, 18), "2026-05-11 to 2026-05-17"),
        (utc(2026, 5), utc(2026, 6), "2026-05"),
        (utc(2026, 4), utc(2026, 7), "2026-04 to 2026-06"),
        (utc(2014), utc(2015), "2014"),
        (utc(2014), utc(2022), "2014 to 2021"),
        (utc(2014, 3, 1), None, "from 2014-03-01"),
        (None, utc(2014, 3, 1), "before 2014-03-01"),
        (utc(2026, 5, 3, 14), utc(2026, 5, 3, 15), "2026-05-03 14:00 UTC to 2026-05-03 15:00 UTC"),
        (None, None, ""),
    ],
)
def test_phrases_of_a_period_are_as_short_as_people_write_it(
    start: datetime | None, end: datetime | None, shown: str
) -> None:
    assert period(start, end) == shown


@pytest.mark.parametrize("zone", [YANGON, timezone(timedelta(hours=-8)), UTC])
def test_phrases_of_a_day_are_the_same_once_it_was_turned_into_utc(zone: timezone) -> None:
    day = datetime(2026, 10, 18, tzinfo=zone)

    assert period(day, day + timedelta(days=1)) == "2026-10-18"
    assert period(day.astimezone(UTC), day.astimezone(UTC) + timedelta(days=1)) == "2026-10-18"


@given(st.datetimes(timezones=st.just(UTC)) | st.none(), st.datetimes(timezones=st.just(UTC)) | st.none())
def test_phrases_of_any_period_are_one_line(start: datetime | None, end: datetime | None) -> None:
    shown = period(start, end)

    assert (shown == "") == (start is None and end is None)
    assert "\n" not in shown
