from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from schemas.events import Participant
from services.sink.stores.port import Located, TopicKey
from services.sink.stores.url import open_store
from tests.articles import TEXT, at, retraction, rich_article

EVENT = rich_article().events[0]
MANY = EVENT.model_copy(
    update={
        "sources": tuple(
            Participant(**at(TEXT, word), actor=actor) for word, actor in (("she", None), ("Vasko", "p1"))
        ),
        "targets": (),
        "attribution": (),
    }
)


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    file = tmp_path / "store.db"
    articles = [
        rich_article("a"),
        rich_article("many", events=(MANY,)),
        rich_article("corrected"),
        rich_article("corrected", 2, events=()),
        rich_article("wrong"),
        retraction("wrong"),
    ]
    with closing(open_store(f"sqlite:///{file}")) as store:
        store.write(TopicKey("c", "t"), [Located(0, n, one) for n, one in enumerate(articles)], {0: len(articles)})
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def row(rows: sqlite3.Connection, article: str) -> dict[str, Any]:
    return dict(rows.execute("SELECT * FROM event_rows WHERE article_id = ?", [article]).fetchone())


def test_views_show_who_did_what_to_whom_and_who_says_so_in_one_row(rows: sqlite3.Connection) -> None:
    shown = row(rows, "a")

    assert [shown[name] for name in ("sources", "source_codes", "type", "targets", "target_codes", "speakers")] == [
        "Ilma Vasko", "NOR GOV", "CONSULT", "envoys of Orland", "-", "Ilma Vasko",
    ]  # fmt: skip


def test_views_have_the_article_beside_the_event(rows: sqlite3.Connection) -> None:
    shown = row(rows, "a")

    assert (shown["title"], shown["publisher"]) == ("Minister Vasko meets envoys in Torvik", "Torvik Herald")


def test_views_join_several_in_their_order(rows: sqlite3.Connection) -> None:
    shown = row(rows, "many")

    assert (shown["sources"], shown["source_codes"]) == ("she; Ilma Vasko", "-; NOR GOV")


def test_views_leave_empty_what_there_is_none_of(rows: sqlite3.Connection) -> None:
    shown = row(rows, "many")

    assert (shown["targets"], shown["speakers"]) == (None, None)


def test_views_show_current_events_only(rows: sqlite3.Connection) -> None:
    assert {found[0] for found in rows.execute("SELECT article_id FROM event_rows")} == {"a", "many"}
