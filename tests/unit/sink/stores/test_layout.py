from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, insert, inspect, make_url, select, text

from services.errors import SettingsError
from services.sink import query
from services.sink.stores import migrations, tables
from services.sink.stores.port import Located, TopicKey
from services.sink.stores.url import open_store, reading
from services.sink.stores.views import views
from tests.articles import rich_article
from tests.postgres import new_database

TOPIC = TopicKey("cluster", "articles.enriched", "uuid-1")
DUMP = Path(__file__).with_name("layout_1.sql")


def sqlite_of_layout_1(folder: Path) -> str:
    file = folder / "store.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(DUMP.read_text(encoding="utf-8"))
    return f"sqlite:///{file}"


def postgres_of_layout_1(folder: Path) -> str:
    """The same rows, in tables that the first migration made."""
    url = new_database()
    rows = MetaData()
    source = create_engine(sqlite_of_layout_1(folder))
    rows.reflect(source)
    target = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with source.connect() as old, target.begin() as new:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = new
        command.upgrade(config, "0001")
        new.execute(text("DROP TABLE alembic_version"))
        for table in rows.sorted_tables:
            if found := [dict(row) for row in old.execute(select(table)).mappings()]:
                new.execute(insert(table), found)
    source.dispose()
    target.dispose()
    return url


@pytest.fixture(params=[sqlite_of_layout_1, postgres_of_layout_1])
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a store of layout 1."""
    made: str = request.param(tmp_path)
    return made


def schema(url: str) -> dict[str, set[str]]:
    """Columns of each table and view with their types, and the names of the indexes."""
    engine = create_engine(make_url(url.replace("postgresql:", "postgresql+psycopg:")))
    found = inspect(engine)
    names = found.get_table_names()
    made = {
        name: {f"{column['name']} {column['type']} {column['nullable']}" for column in found.get_columns(name)}
        for name in (*names, *found.get_view_names())
    }
    made["indexes"] = {str(index["name"]) for name in names for index in found.get_indexes(name)}
    engine.dispose()
    return made


def test_layout_brought_up_is_that_of_a_new_store(earlier: str, tmp_path: Path) -> None:
    new = f"sqlite:///{tmp_path}/new.db" if earlier.startswith("sqlite") else new_database()

    open_store(earlier).close()
    open_store(new).close()

    assert schema(earlier) == schema(new)


def test_layout_brought_up_keeps_articles_and_watermarks(earlier: str) -> None:
    with closing(open_store(earlier)) as store:
        article = store.read("old", 1)

        assert article is not None
        assert article.title == "Minister Vasko meets envoys in Torvik"
        assert store.watermark(TOPIC, 0) == 1


def test_layout_brought_up_takes_articles_with_events(earlier: str) -> None:
    with closing(open_store(earlier)) as store:
        store.write(TOPIC, [Located(0, 1, rich_article("new"))], {0: 2})

    with reading(earlier) as connection:
        assert query.counts(connection).events == {"CONSULT": 1}
        assert [(line.id, line.acts) for line in query.latest(connection)] == [
            ("new", ("Ilma Vasko CONSULT envoys of Orland",)),
            ("old", ()),
        ]


def test_layout_is_brought_up_once(earlier: str) -> None:
    open_store(earlier).close()
    before = schema(earlier)

    open_store(earlier).close()

    assert schema(earlier) == before


def test_layout_of_an_earlier_store_is_named_to_readers_with_what_to_do(earlier: str) -> None:
    with pytest.raises(SettingsError, match="has layout 0001;.*`dateline sink` brings it up"), reading(earlier):
        pytest.fail("it cannot be read yet")


def test_layout_of_a_later_store_is_named_to_readers(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    open_store(url).close()
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
        connection.commit()

    with pytest.raises(SettingsError, match="layout 0099, of a later Dateline"), reading(url):
        pytest.fail("it cannot be read")


def test_layout_has_all_views(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/store.db").close()

    assert set(views()) <= set(schema(f"sqlite:///{tmp_path}/store.db"))
    assert {f"current_{table.name}" for table in tables.FOUND} <= set(views())


def test_layout_brought_up_is_what_the_tables_say(earlier: str) -> None:
    open_store(earlier).close()

    with reading(earlier) as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_layout_that_cannot_be_brought_up_leaves_the_store_as_it_was(
    earlier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schema(earlier)

    def fail() -> dict[str, object]:
        raise ConnectionAbortedError

    monkeypatch.setattr("services.sink.stores.layout.views", fail)
    with pytest.raises(ConnectionAbortedError):
        open_store(earlier)

    assert schema(earlier) == before
