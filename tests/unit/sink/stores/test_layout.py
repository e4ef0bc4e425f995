from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from services.errors import SettingsError
from services.sink import query
from services.sink.stores import tables
from services.sink.stores.port import Located, TopicKey
from services.sink.stores.url import open_store, reading
from services.sink.stores.views import views
from tests.articles import rich_article

TOPIC = TopicKey("cluster", "articles.enriched", "uuid-1")
DUMP = Path(__file__).with_name("layout_1.sql")


@pytest.fixture
def earlier(tmp_path: Path) -> str:
    """URL of a store of layout 1."""
    file = tmp_path / "store.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(DUMP.read_text(encoding="utf-8"))
    return f"sqlite:///{file}"


def schema(url: str) -> dict[str, set[str]]:
    """Columns of each table and view, and the names of the indexes."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        made = {name: {row[1] for row in connection.execute(f"PRAGMA table_info({name})")} for (name,) in found}
        indexes = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        return made | {"indexes": {name for (name,) in indexes}}


def test_layout_brought_up_is_that_of_a_new_store(earlier: str, tmp_path: Path) -> None:
    new = f"sqlite:///{tmp_path}/new.db"

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
    with pytest.raises(SettingsError, match="has layout 1;.*`dateline sink` brings it up"), reading(earlier):
        pytest.fail("it cannot be read yet")


def test_layout_of_a_later_store_is_named_to_readers(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    open_store(url).close()
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        connection.execute("UPDATE dateline_store SET layout = 99")
        connection.commit()

    with pytest.raises(SettingsError, match="layout 99, of a later Dateline"), reading(url):
        pytest.fail("it cannot be read")


def test_layout_has_all_views(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/store.db").close()

    assert set(views()) <= set(schema(f"sqlite:///{tmp_path}/store.db"))
    assert {f"current_{table.name}" for table in tables.FOUND} <= set(views())
