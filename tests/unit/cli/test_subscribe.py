from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from services.cli.subscribe import moment

CENTRAL = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-24", datetime(2026, 11, 24, tzinfo=UTC)),
        ("2026-11-24T06:30", datetime(2026, 11, 24, 6, 30, tzinfo=UTC)),
        ("2026-11-24T06:30Z", datetime(2026, 11, 24, 6, 30, tzinfo=UTC)),
        ("2026-11-24T06:30+01:00", datetime(2026, 11, 24, 6, 30, tzinfo=CENTRAL)),
    ],
)
def test_subscribe_since_without_an_offset_is_utc(text: str, expected: datetime) -> None:
    assert moment(text) == expected
