from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import RawArticle, content_hash
from services.errors import UserError
from services.replay.pace import by_publication

START = datetime(2026, 1, 5, tzinfo=UTC)


def published(hours: float | None) -> RawArticle:
    return RawArticle(
        id="a",
        title="T",
        published_at=None if hours is None else START + timedelta(hours=hours),
        fetched_at=START,
        content_hash=content_hash("T", ""),
    )


def dues(hours: list[float | None], speed: float = 3600) -> list[float]:
    due = by_publication(speed)
    return [due(published(hour)) for hour in hours]


def test_pace_is_that_of_the_dates_divided_by_the_speed() -> None:
    assert dues([0, 24, 48], speed=86400) == [0, 1, 2]


def test_pace_starts_with_the_first_date() -> None:
    assert dues([None, 500, 501]) == [0, 0, 1]


def test_pace_never_goes_backwards() -> None:
    assert dues([0, 5, 2, 6]) == [0, 5, 5, 6]


def test_pace_of_an_article_without_a_date_is_that_of_the_one_before() -> None:
    assert dues([0, 3, None, 4]) == [0, 3, 3, 4]


@given(st.lists(st.none() | st.floats(-1000, 1000)))
def test_pace_rises_whatever_the_dates_are(hours: list[float | None]) -> None:
    found = dues(hours)
    assert found == sorted(found)
    assert all(due >= 0 for due in found)


@pytest.mark.parametrize("speed", [0, -1, float("nan")])
def test_pace_needs_a_speed(speed: float) -> None:
    with pytest.raises(UserError, match="speed"):
        by_publication(speed)
