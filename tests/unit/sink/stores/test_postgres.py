from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import make_url, select, text

from schemas.deadletter import Reason
from schemas.enriched import EnrichedArticle
from schemas.events import DateMention
from services.errors import Poison, SettingsError, Transient
from services.sink.stores import tables
from services.sink.stores.port import Located, Store, TopicKey
from services.sink.stores.url import open_store, reading
from tests.articles import plain_article, retraction, rich_article
from tests.postgres import new_database
from tests.unit.sink.stores.test_sqlite import BEFORE_ALL_TIME

TOPIC = TopicKey("cluster", "articles.enriched", "uuid-1")


@pytest.fixture
def url() -> str:
    return new_database()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with closing(open_store(url)) as opened:
        yield opened


@pytest.fixture
def other(store: Store, url: str) -> Iterator[psycopg.Connection]:
    """A connection of some other program."""
    with closing(psycopg.connect(url)) as connection:
        yield connection


def put(store: Store, *articles: EnrichedArticle, at: int = 0) -> None:
    store.write(TOPIC, [Located(0, at + n, one) for n, one in enumerate(articles)], {0: at + len(articles)})


def test_postgres_gives_times_back_aware(store: Store, url: str) -> None:
    put(store, article := rich_article())

    with reading(url) as connection:
        assert connection.scalar(select(tables.articles.c.published_at)) == article.published_at


def test_postgres_shows_the_replacement_mark_for_what_it_cannot_hold(store: Store, other: psycopg.Connection) -> None:
    put(store, article := plain_article(text="A\0B"))

    assert other.execute("SELECT text FROM articles").fetchall() == [("A\ufffdB",)]
    assert store.read("a1", 1) == article


def test_postgres_shows_nothing_of_a_retracted_article(store: Store, other: psycopg.Connection) -> None:
    put(store, rich_article(), plain_article("b"), retraction(version=2))

    assert other.execute("SELECT id FROM current_articles").fetchall() == [("b",)]
    assert other.execute("SELECT count(*) FROM current_entities").fetchone() == (0,)


def test_postgres_shows_an_event_in_one_row(store: Store, other: psycopg.Connection) -> None:
    put(store, rich_article())

    assert other.execute("SELECT sources, source_codes, type, targets FROM event_rows").fetchall() == [
        ("Ilma Vasko", "NOR GOV", "CONSULT", "envoys of Orland")
    ]


def test_postgres_locked_by_another_program_is_transient(store: Store, other: psycopg.Connection) -> None:
    put(store, plain_article())
    other.execute("LOCK TABLE articles")

    with pytest.raises(Transient, match="lock timeout"):
        put(store, plain_article(), at=1)


def test_postgres_that_can_be_read_only_is_transient(store: Store, other: psycopg.Connection, url: str) -> None:
    other.execute(f"ALTER DATABASE {make_url(url).database} SET default_transaction_read_only = on".encode())
    other.commit()

    with closing(open_store(url)) as opened, pytest.raises(Transient, match="read-only"):
        put(opened, plain_article())


def test_postgres_is_written_to_again_after_its_connections_were_cut(store: Store, other: psycopg.Connection) -> None:
    put(store, plain_article())
    other.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
        "AND datname = current_database()"
    )
    with pytest.raises(Transient):
        put(store, plain_article("b"), at=1)

    put(store, plain_article("b"), at=1)

    assert store.watermark(TOPIC, 0) == 2


def test_postgres_cannot_be_written_to_while_reading(store: Store, url: str) -> None:
    with (
        reading(url) as connection,
        pytest.raises(Exception, match="read-only transaction"),
    ):
        connection.execute(text("DELETE FROM articles"))


def test_postgres_shows_a_reader_one_moment(store: Store, url: str) -> None:
    put(store, plain_article())
    with reading(url) as connection:
        put(store, plain_article("b"), at=1)

        assert connection.execute(select(tables.articles.c.id)).all() == [("a1",)]


@pytest.mark.parametrize(
    "changes",
    [
        {"dates": (DateMention(start=0, end=1, text="x", from_=BEFORE_ALL_TIME),)},
        {"entities": rich_article().entities[:1] * 2},
        {"version": 2**40},
        {"feed": "a\0b"},
    ],
)
def test_postgres_refuses_what_no_column_holds(store: Store, changes: dict[str, object]) -> None:
    with pytest.raises(Poison) as caught:
        put(store, rich_article().model_copy(update=changes))

    assert caught.value.reason is Reason.REFUSED_BY_STORE


def test_postgres_moves_no_watermark_back_when_two_sinks_write_at_once(url: str) -> None:
    log = [plain_article(f"a{n}") for n in range(60)]
    stored = []

    def read_all() -> None:
        with closing(open_store(url)) as store:
            for start in range(0, len(log), 5):
                here = [Located(0, n, log[n]) for n in range(start, start + 5)]
                while True:
                    try:
                        stored.extend(store.write(TOPIC, here, {0: start + 5}))
                        break
                    except Transient:
                        continue

    open_store(url).close()
    threads = [threading.Thread(target=read_all) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with closing(open_store(url)) as store, closing(psycopg.connect(url)) as connection:
        assert store.watermark(TOPIC, 0) == len(log)
        assert sorted(one.offset for one in stored) == list(range(len(log)))
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (len(log),)


def test_postgres_takes_an_article_that_two_partitions_hold_from_both_at_once(url: str) -> None:
    def read_partition(partition: int) -> None:
        with closing(open_store(url)) as store:
            for n in range(40):
                while True:
                    try:
                        store.write(TOPIC, [Located(partition, n, rich_article(f"a{n}"))], {partition: n + 1})
                        break
                    except Transient:
                        continue

    open_store(url).close()
    threads = [threading.Thread(target=read_partition, args=[partition]) for partition in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with closing(psycopg.connect(url)) as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT id) FROM articles").fetchone() == (40, 40)
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (40,)
        assert connection.execute("SELECT partition, next_offset FROM watermarks ORDER BY 1").fetchall() == [
            (0, 40),
            (1, 40),
        ]


def test_postgres_made_by_two_at_once_is_made_once(url: str) -> None:
    failures: list[BaseException] = []

    def make() -> None:
        try:
            open_store(url).close()
        except Transient:
            make()
        except Exception as error:  # noqa: BLE001 - whatever it is fails the test
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []


def test_postgres_database_that_is_not_there_is_named_with_its_setting(url: str) -> None:
    missing = make_url(url).set(database="nowhere").render_as_string(hide_password=False)

    with pytest.raises(SettingsError, match="DATELINE_STORE_URL: cannot be opened: .*nowhere.* does not exist"):
        open_store(missing)


def test_postgres_database_of_another_encoding_is_refused() -> None:
    other = new_database(ENCODING="'LATIN1'", TEMPLATE="template0", LOCALE="'C'")

    with pytest.raises(SettingsError, match="in LATIN1; make one with ENCODING 'UTF8'"):
        open_store(other)


def test_postgres_that_does_not_listen_is_transient() -> None:
    with pytest.raises(Transient, match="refused"):
        open_store("postgresql://dateline@127.0.0.1:1/dateline")


def test_postgres_reader_is_told_that_nothing_listens() -> None:
    with (
        pytest.raises(SettingsError, match="DATELINE_STORE_URL: cannot be read"),
        reading("postgresql://dateline:secret@127.0.0.1:1/dateline"),
    ):
        pytest.fail("nothing listens there")
