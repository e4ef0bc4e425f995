from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feed.dates import NotADate, instant

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1600, 1, 1), datetime(2199, 12, 31), timezones=ZONES)  # noqa: DTZ001


@given(INSTANTS)
def test_dates_in_iso_8601_are_read_with_their_offset(moment: datetime) -> None:
    found = instant(moment.isoformat())
    assert (found, found.utcoffset()) == (moment, moment.utcoffset())


@given(INSTANTS)
def test_dates_in_rfc_2822_are_read_with_their_offset(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    found = instant(format_datetime(moment))
    assert (found, found.utcoffset()) == (moment, moment.utcoffset())


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,5} \d\d:\d\d:\d\d [A-Z+-]*\d*"))
def test_dates_of_any_text_are_an_instant_or_refused(text: str) -> None:
    try:
        found = instant(text)
    except NotADate:
        return
    assert found.tzinfo is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-05", "2026-01-05T00:00:00+00:00"),
        ("2026-01-05T10:30", "2026-01-05T10:30:00+00:00"),
        ("2026-01-05T10:30:00Z", "2026-01-05T10:30:00+00:00"),
        ("2026-01-05 10:30:00 UTC", "2026-01-05T10:30:00+00:00"),
        ("2026-01-05 10:30:00 +0100", "2026-01-05T10:30:00+01:00"),
        (" 2026-01-05T10:30:00.5+05:30 ", "2026-01-05T10:30:00.500000+05:30"),
        ("Mon, 05 Jan 2026 10:30:00 GMT", "2026-01-05T10:30:00+00:00"),
        ("Mon, 5 Jan 2026 10:30 EST", "2026-01-05T10:30:00-05:00"),
        ("5 Jan 2026 10:30:00", "2026-01-05T10:30:00+00:00"),
        ("2026-01-05T10:30:00+01:00:30", "2026-01-05T09:29:30+00:00"),
    ],
)
def test_dates_as_feeds_write_them(text: str, expected: str) -> None:
    assert instant(text).isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-13-01",
        "2026-02-30",
        "0000-01-01T00:00:00Z",
        "05/01/2026",
        "10:30",
        "5 Jan 2026 10:30 CET",
    ],
)
def test_dates_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(NotADate, match="ISO 8601"):
        instant(text)


@pytest.mark.parametrize("text", ["20260105", "1767607800", "-1", "٢٠٢٦٠١٠٥"])
def test_dates_that_are_numbers_are_no_seconds(text: str) -> None:
    with pytest.raises(NotADate, match="is a number"):
        instant(text)


def test_dates_without_an_offset_are_utc() -> None:
    assert instant("2026-01-05T10:30:00").tzinfo is UTC
