from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from services.cli.inspect import cells
from services.sink.query import Headline

MAY = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def shown(**changes: Any) -> list[str]:
    fields: dict[str, Any] = {
        "id": "a", "version": 1, "title": "Board meets", "beginning": "", "source": "S", "published_at": MAY,
        "fetched_at": JUNE, "language": "en", "skipped": None, "entities": 1, "events": 0, "top": (("Lisbon", "GPE"),),
    }  # fmt: skip
    return [cell.plain for cell in cells(Headline(**(fields | changes)))]


def test_inspect_row_has_date_source_title_and_names() -> None:
    assert shown() == ["2026-05-03 09:30", "S", "Board meets", "Lisbon (GPE)"]


def test_inspect_row_of_an_undated_article_tells_when_it_was_fetched() -> None:
    assert shown(published_at=None)[0] == "2026-06-01 12:00\n(fetched)"


def test_inspect_row_without_a_title_shows_the_beginning_of_the_text() -> None:
    assert shown(title="", beginning="word " * 40)[2] == f"{'word ' * 16}..."


def test_inspect_row_without_a_title_shows_the_beginning_of_a_text_without_blanks() -> None:
    assert shown(title="", beginning="字" * 200)[2] == f"{'字' * 80} ..."


def test_inspect_row_of_an_article_that_was_not_read_says_so_at_the_title() -> None:
    assert shown(skipped="language", language="fr", top=())[2:] == ["Board meets (language fr: not read)", ""]


def test_inspect_row_of_an_article_with_events_has_them_above_the_names() -> None:
    acts = ("Kenya ACCUSE Somalia", "Kenya AID Chad (planned)")
    assert shown(events=5, acts=acts)[3].splitlines() == ["5 events", *acts, "Lisbon (GPE)"]


def test_inspect_row_of_an_article_with_one_event_and_no_names() -> None:
    assert shown(events=1, acts=("Kenya AID Chad",), top=())[3] == "1 event\nKenya AID Chad"
