from __future__ import annotations

from services.cli.columns import columns, event_rows
from services.sink.stores import tables


def test_columns_of_all_tables_for_people_are_there() -> None:
    assert list(columns()) == ["articles", *(table.name for table in tables.FOUND)]


def test_columns_have_a_meaning_each() -> None:
    cells = [(table, name, meaning) for table, rows in columns().items() for name, _, _, meaning in rows]
    assert [(table, name) for table, name, meaning in cells if not meaning] == []


def test_columns_with_a_closed_list_name_its_words() -> None:
    meanings = {name: meaning for name, _, _, meaning in columns()["events"]}
    assert meanings["`polarity`"] == "One of `affirmed`, `negated`."


def test_columns_of_the_view_of_events_have_a_meaning_each() -> None:
    assert [name for name, _, meaning in event_rows() if not meaning] == []
