from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TextIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from schemas.events import Modality, PloverType, Polarity, Tense
from services.cli.event_table import CSV_COLUMNS, cells, show, write_csv, write_json
from services.sink.events import EventRow, Who
from services.sink.stores.views import EVENT_ROWS, views

KENYA = Who("Army of Kenya", "the army", "KEN MIL", "KEN", None)
CAMP = Who("a camp", "a camp", None, None, None)


def event(**changes: Any) -> EventRow:
    fields: dict[str, Any] = {
        "article_id": "a", "version": 1, "event_id": "v0", "type": PloverType.ASSAULT, "plover": PloverType.ASSAULT,
        "mode": "aerial", "contexts": ["military", "territory"], "cameo": "195", "quad_class": 4, "score": -9.0,
        "trigger_text": "bombed", "polarity": Polarity.AFFIRMED, "modality": Modality.ACTUAL, "tense": Tense.PAST,
        "date_text": "on 3 May", "date_from": datetime(2026, 5, 3, tzinfo=UTC),
        "date_to": datetime(2026, 5, 4, tzinfo=UTC), "place_text": "Garissa", "place_name": "Garissa",
        "place_country": "KEN", "place_admin1": None, "latitude": -0.45, "longitude": 39.65, "confidence": 0.9,
        "rule": "r", "path": "p", "title": "Camp bombed", "url": None, "publisher": "Herald", "feed": "f",
        "language": "en", "published_at": datetime(2026, 5, 4, 10, tzinfo=UTC),
        "fetched_at": datetime(2026, 5, 5, tzinfo=UTC), "sources": [KENYA], "targets": [CAMP],
    }  # fmt: skip
    return EventRow(**(fields | changes))


def table(*events: EventRow, width: int = 80, limit: int = 100) -> list[str]:
    out = Console(file=io.StringIO(), width=width)
    show(events, out, limit)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue().splitlines()


def written(write: Callable[[Sequence[EventRow], TextIO], None], *events: EventRow) -> str:
    stream = io.StringIO()
    write(events, stream)
    return stream.getvalue()


def test_event_table_row_says_when_who_what_whom_where_and_who_says_so() -> None:
    said = Who("Ilma Vasko", "said", "NOR GOV", "NOR", None)

    assert [cell.plain for cell in cells(event(speakers=[said]))] == [
        "2026-05-03", "Army of Kenya KEN MIL", "ASSAULT", "a camp", "Garissa KEN", "Ilma Vasko NOR GOV",
    ]  # fmt: skip


def test_event_table_marks_what_is_no_plain_fact() -> None:
    row = cells(event(plover=PloverType.THREATEN, polarity=Polarity.NEGATED, modality=Modality.PLANNED))

    assert row[2].plain == "ASSAULT -> THREATEN\nnegated\nplanned"


def test_event_table_shows_the_words_of_a_date_that_cannot_be_told() -> None:
    assert cells(event(date_from=None, date_to=None))[0].plain == "on 3 May"


def test_event_table_has_each_title_once_above_its_events() -> None:
    lines = table(event(), event(event_id="v1"), event(article_id="b", title="", published_at=None))

    assert [line.strip() for line in lines if "Herald" in line] == [
        "Camp bombed  Herald, 2026-05-04 10:00",
        "(no title)  Herald, 2026-05-05 00:00 (fetched)",
    ]
    assert lines[-1] == "events: 3; articles: 2"


@pytest.mark.parametrize("width", [80, 120])
def test_event_table_fits_and_cuts_no_word(width: int) -> None:
    source = Who("The Extraordinary Parliamentary Commission", "it", "KEN LEG", "KEN", None)
    lines = table(event(sources=[source]), width=width)

    assert max(map(cell_len, lines)) <= width
    assert all(word in "\n".join(lines) for word in source.name.split())


def test_event_table_says_that_there_may_be_more() -> None:
    assert table(event(), limit=1)[-1] == "events: 1; articles: 1; there may be more: --limit"


def test_event_table_says_that_there_are_none() -> None:
    assert table() == ["no such events"]


def test_event_table_shows_what_would_act_on_the_terminal() -> None:
    assert "Camp <U+001B>[31m" in "\n".join(table(event(title="Camp \x1b[31m")))


def test_event_json_has_who_takes_part_with_codes() -> None:
    line = json.loads(written(write_json, event()))

    assert line["sources"] == [
        {"name": "Army of Kenya", "text": "the army", "code": "KEN MIL", "country": "KEN", "role": None}
    ]
    assert (line["type"], line["date_from"]) == ("ASSAULT", "2026-05-03T00:00:00+00:00")


def test_event_json_keeps_texts_that_are_shown_escaped() -> None:
    shown = written(write_json, event(title="Ελλάδα \x1b\u202e"))

    assert json.loads(shown)["title"] == "Ελλάδα \x1b\u202e"
    assert "\x1b" not in shown
    assert "Ελλάδα" in shown


def test_event_csv_has_the_columns_of_the_view() -> None:
    assert list(CSV_COLUMNS) == list(views()[EVENT_ROWS].selected_columns.keys())
    assert written(write_csv).splitlines() == [",".join(CSV_COLUMNS)]


def test_event_csv_joins_those_who_take_part() -> None:
    (row,) = csv.DictReader(io.StringIO(written(write_csv, event(sources=[KENYA, CAMP]))))

    assert (row["sources"], row["source_codes"]) == ("Army of Kenya; a camp", "KEN MIL; -")
    assert (row["contexts"], row["latitude"], row["url"]) == ("military; territory", "-0.45", "")


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@x"])
def test_event_csv_is_no_formula(title: str) -> None:
    (row,) = csv.DictReader(io.StringIO(written(write_csv, event(title=title))))

    assert row["title"] == f"'{title}"
