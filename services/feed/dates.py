"""A date of publication as feeds write it becomes an instant: ISO 8601 or RFC 2822, never a bare number."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from services.wording import DATE

# Only the zones that RFC 2822 defines: of any other name the offset is not known, and UTC would be a guess.
_RFC_2822 = re.compile(
    r"([A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s+\d{1,2}:\d{2}(:\d{2})?"
    r"(\s+([+-]\d{4}|GMT|UTC|UT|Z|[ECMP][SD]T))?",
    re.IGNORECASE,
)
_ISO_ZONE = re.compile(r"(?<=\d)\s*(Z|UTC|GMT|(?<=\s)[+-]\d\d(:?\d\d)?)$", re.IGNORECASE)


class NotADate(ValueError):
    """The text is no date that can be read; the message says what can."""


def instant(text: str) -> datetime:
    """The instant that `text` names, in the offset it was written with; without one, in UTC. Raises NotADate.

    A date without a time is its midnight.
    """
    text = text.strip()
    if text.lstrip("+-").isdigit():
        raise NotADate("is a number; write an ISO 8601 date with its UTC offset")
    try:
        found = parsedate_to_datetime(text) if _RFC_2822.fullmatch(text) else datetime.fromisoformat(_iso(text))
        return _with_an_offset_of_minutes(found)
    except (ValueError, OverflowError) as wrong:
        raise NotADate(f"is no date that can be read; {DATE}") from wrong


def _with_an_offset_of_minutes(found: datetime) -> datetime:
    """The same instant; JSON has no seconds in an offset. Raises OverflowError at the ends of time."""
    if found.tzinfo is None:
        return found.replace(tzinfo=UTC)
    offset = found.utcoffset()
    return found.astimezone(UTC) if offset is None or offset.total_seconds() % 60 else found


def _iso(text: str) -> str:
    zone = _ISO_ZONE.search(text)
    if zone is None:
        return text
    return text[: zone.start()] + ("+00:00" if zone[1][0].isalpha() else zone[1])
