from __future__ import annotations

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from schemas.events import PloverType
from services.cli.events import _wanted, end_of
from services.cli.main import app
from services.errors import UserError
from services.selection import Coded, Named
from services.sink.filters import Wanted


def wanted(**options: str) -> Wanted:
    names = "type_ plover source target actor country polarity modality tense since until"
    return _wanted(**{name: options.get(name) for name in names.split()})


def test_events_options_become_a_filter() -> None:
    asked = wanted(type_="assault,COERCE", source="RUS GOV", actor="Ukrain*", country="ukr", since="2026-03-01")

    assert asked == Wanted(
        types=(PloverType.ASSAULT, PloverType.COERCE),
        sources=(Coded(("RUS", "GOV")),),
        actors=(Named("ukrain", open_end=True),),
        countries=("UKR",),
        since=datetime(2026, 3, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("until", "moment"),
    [
        ("2026-03-01", datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026-03-01T06:00", datetime(2026, 3, 1, 6, tzinfo=UTC)),
    ],
)
def test_events_until_a_date_is_to_its_end(until: str, moment: datetime) -> None:
    assert end_of(until) == moment


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"type_": "BOMB"}, "--type: 'BOMB' is none of AGREE"),
        ({"country": "Ukraine"}, "--country: 'Ukraine' is no country code"),
        ({"modality": "maybe"}, "--modality: 'maybe' is none of actual, planned"),
        ({"source": ","}, "--source: an alternative is empty"),
        ({"since": "yesterday"}, "--since yesterday: write a date"),
        ({"until": "tomorrow"}, "--until tomorrow: write a date"),
        ({"until": "9999-12-31"}, "--until 9999-12-31: is beyond all dates"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "--until 2026-03-01: is not after --since 2026-03-02"),
    ],
)
def test_events_name_the_option_that_is_wrong(options: dict[str, str], said: str) -> None:
    with pytest.raises(UserError, match=f"^{said}"):
        wanted(**options)


def test_events_want_one_way_to_be_written() -> None:
    done = CliRunner().invoke(app, ["events", "--json", "--csv"])

    assert isinstance(done.exception, UserError)
    assert str(done.exception) == "--json, --csv and --table: give one of them"
