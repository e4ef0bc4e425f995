"""The pace of history: articles go in the rhythm in which they were published, so many times as fast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from schemas.article import RawArticle
from services.errors import UserError


def by_publication(speed: float) -> Callable[[RawArticle], float]:
    """A function that says how many seconds after the start an article goes, asked for each in turn.

    At a `speed` of 86400 a day passes in a second. The first date is the start. An article with no date, or with an
    earlier one than an article before it, goes together with that one. Raises UserError for a speed that is not
    positive.
    """
    if not speed > 0:
        raise UserError(f"speed is {speed}; it must be above 0: 86400 replays a day in a second")
    first: datetime | None = None
    latest = 0.0

    def due(article: RawArticle) -> float:
        nonlocal first, latest
        published = article.published_at
        if published is not None:
            first = first or published
            latest = max(latest, (published - first).total_seconds() / speed)
        return latest

    return due
