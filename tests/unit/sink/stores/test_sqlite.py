from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from schemas.deadletter import Reason
from schemas.enriched import EnrichedArticle
from schemas.events import DateMention, Place
from services.errors import Poison, Transient
from services.sink.stores import tables
from services.sink.stores.port import Located, Store, TopicKey
from services.sink.stores.url import open_store, reading
from tests.articles import any_article, plain_article, retraction, rich_article

TOPIC = TopicKey("cluster", "articles.enriched", "uuid-1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{file}")
    yield opened
    opened.close()


@pytest.fixture
def other(store: Store, file: Path) -> Iterator[sqlite3.Connection]:
    """Another program on the same file."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


def put(store: Store, *articles: EnrichedArticle, at: int = 0) -> None:
    store.write(TOPIC, [Located(0, at + n, article) for n, article in enumerate(articles)], {0: at + len(articles)})


def dump(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    names = [table.name for table in tables.metadata.sorted_tables if table is not tables.watermarks]
    return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608


def test_sqlite_fills_every_table(store: Store, other: sqlite3.Connection) -> None:
    put(store, rich_article())

    assert {name: len(rows) for name, rows in dump(other).items()} == {
        "articles": 1,
        "entities": 3,
        "actors": 2,
        "actor_mentions": 1,
        "events": 1,
        "event_participants": 3,
        "event_attributions": 1,
        "quotations": 1,
        "places": 1,
        "dates": 1,
    }


def test_sqlite_answers_who_did_what_to_whom(store: Store, other: sqlite3.Connection) -> None:
    put(store, rich_article())

    asked = other.execute(
        """SELECT source.text, trigger_lemma, target.text FROM current_events e
           JOIN event_participants source USING (article_id, version)
           JOIN event_participants target USING (article_id, version)
           WHERE source.event_id = e.id AND source.part = 'source'
             AND target.event_id = e.id AND target.part = 'target'"""
    )

    assert asked.fetchall() == [("Vasko", "meet", "envoys")]


def test_sqlite_cuts_quotations_out_of_the_text(store: Store, other: sqlite3.Connection) -> None:
    put(store, rich_article())

    assert other.execute("SELECT text FROM quotations").fetchall() == [("We agree,",)]


def test_sqlite_keeps_times_in_utc(store: Store, other: sqlite3.Connection) -> None:
    put(store, rich_article())

    assert other.execute("SELECT published_at FROM articles").fetchone() == ("2024-05-03 10:30:00.000000",)


def test_sqlite_gives_times_back_aware(store: Store, file: Path) -> None:
    put(store, article := rich_article())

    with reading(f"sqlite:///{file}") as connection:
        assert connection.scalar(select(tables.articles.c.published_at)) == article.published_at


@settings(max_examples=15, deadline=None)
@given(articles=st.lists(any_article(), min_size=1, max_size=4))
def test_sqlite_is_the_same_after_a_second_delivery(
    tmp_path_factory: pytest.TempPathFactory, articles: list[EnrichedArticle]
) -> None:
    file = tmp_path_factory.mktemp("store") / "store.db"
    with closing(open_store(f"sqlite:///{file}")) as store, closing(sqlite3.connect(file)) as other:
        put(store, *articles)
        before = dump(other)

        put(store, *articles, at=len(articles))

        assert dump(other) == before


def test_sqlite_takes_away_what_an_older_enrichment_found(store: Store, other: sqlite3.Connection) -> None:
    put(store, rich_article())

    put(store, plain_article(), at=1)

    assert {name for name, rows in dump(other).items() if rows} == {"articles"}


def test_sqlite_shows_the_highest_version_as_current(store: Store, other: sqlite3.Connection) -> None:
    put(store, rich_article(version=2, title="new"), rich_article(version=1, title="old"))

    assert other.execute("SELECT title FROM current_articles").fetchall() == [("new",)]
    assert other.execute("SELECT DISTINCT version FROM current_entities").fetchall() == [(2,)]


def test_sqlite_shows_nothing_of_a_retracted_article(store: Store, other: sqlite3.Connection) -> None:
    put(store, rich_article(), plain_article("b"), retraction(version=2))

    assert other.execute("SELECT id FROM current_articles").fetchall() == [("b",)]
    assert other.execute("SELECT count(*) FROM current_entities").fetchone() == (0,)


def test_sqlite_locked_by_another_program_is_transient(store: Store, other: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Transient, match="locked"):
        put(store, plain_article())


def test_sqlite_writes_what_was_refused_while_locked_once_it_is_free(store: Store, other: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Transient):
        put(store, plain_article())

    other.execute("ROLLBACK")
    put(store, plain_article())

    assert store.read("a1", 1) == plain_article()


def test_sqlite_locked_by_a_writer_can_be_read(store: Store, other: sqlite3.Connection) -> None:
    put(store, plain_article())
    other.execute("BEGIN IMMEDIATE")

    assert store.watermark(TOPIC, 0) == 1


def test_sqlite_locked_by_a_writer_can_be_opened(store: Store, other: sqlite3.Connection, file: Path) -> None:
    other.execute("BEGIN IMMEDIATE")

    with closing(open_store(f"sqlite:///{file}")) as second:
        assert second.watermark(TOPIC, 0) is None


def test_sqlite_on_a_full_disk_is_transient(store: Store, file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        pages = other.execute("PRAGMA page_count").fetchone()[0]
    full = open_store(f"sqlite:///{file}")
    # As good as a full disk: SQLite gives the same error.
    with full._writing.connect() as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(Transient, match="full"):
        put(full, *(plain_article(f"a{n}", text="x" * 5000) for n in range(20)))

    full.close()


TOO_LARGE = 2**70
BEFORE_ALL_TIME = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    "changes",
    [
        {"places": (Place(start=0, end=1, text="x", geonames_id=TOO_LARGE),)},
        {"dates": (DateMention(start=0, end=1, text="x", from_=BEFORE_ALL_TIME),)},
        {"entities": rich_article().entities[:1] * 2},
    ],
    ids=["number", "time", "same id twice"],
)
def test_sqlite_refuses_a_value_that_no_column_holds(store: Store, changes: dict[str, Any]) -> None:
    article = rich_article().model_copy(update=changes)

    with pytest.raises(Poison) as caught:
        put(store, article)

    assert caught.value.reason is Reason.REFUSED_BY_STORE


def test_sqlite_can_be_read_while_it_is_written(store: Store, file: Path) -> None:
    reads: list[int] = []
    errors: list[Exception] = []
    over = threading.Event()

    def read() -> None:
        # As any other program would, which does not wait at all.
        with closing(sqlite3.connect(file, timeout=0)) as connection:
            while not over.is_set():
                try:
                    reads.append(connection.execute("SELECT count(*) FROM current_entities").fetchone()[0])
                except sqlite3.OperationalError as error:
                    errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(0, 300, 3):
        put(store, *(rich_article(f"a{n + m}") for m in range(3)), at=n)
    over.set()
    reader.join()

    assert errors == []
    # Batches of three articles with three entities each: never a part of one.
    assert len(reads) > 1
    assert {count % 9 for count in reads} == {0}


def test_sqlite_has_every_commit_on_the_disk(store: Store) -> None:
    with store._writing.connect() as connection:  # type: ignore[attr-defined]
        settings = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]

    assert settings == ["wal", 2]
