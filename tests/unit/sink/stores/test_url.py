from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from services.errors import SettingsError
from services.sink.stores import tables
from services.sink.stores.url import open_store, reading
from services.sink.stores.views import views


def refusal(url: str) -> str:
    with pytest.raises(SettingsError) as caught:
        open_store(url)
    assert caught.value.setting == "DATELINE_STORE_URL"
    return str(caught.value)


@pytest.mark.parametrize("url", ["oracle://host/db", "sqlite+aiosqlite:///a.db", "nonsense://"])
def test_open_store_names_the_dialect_it_does_not_know(url: str) -> None:
    assert "there is no store for" in refusal(url)


@pytest.mark.parametrize("url", ["", "dateline.db", "::"])
def test_open_store_refuses_what_is_no_url(url: str) -> None:
    assert "is no URL" in refusal(url)


def test_open_store_keeps_a_password_to_itself() -> None:
    assert "secret" not in refusal("oracle://user:secret@host/db") + refusal("user:secret@host")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_open_store_refuses_a_store_that_would_be_gone(url: str) -> None:
    assert "names no file" in refusal(url)


def test_open_store_makes_no_folder(tmp_path: Path) -> None:
    assert "missing does not exist" in refusal(f"sqlite:///{tmp_path}/missing/store.db")


def test_open_store_refuses_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(f"sqlite:///{tmp_path}")


def test_open_store_refuses_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    file.write_text("Dear diary, " * 1000)

    assert "file is not a database" in refusal(f"sqlite:///{file}")


def test_open_store_refuses_a_store_of_another_layout(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    open_store(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
        connection.commit()

    assert "has layout 0099" in refusal(f"sqlite:///{file}")


def test_open_store_opens_what_it_has_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    open_store(url).close()

    open_store(url).close()

    with reading(url) as connection:
        assert connection.dialect.get_view_names(connection) == sorted(views())


def test_reading_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nothing has been stored yet"), reading(f"sqlite:///{tmp_path}/store.db"):
        pytest.fail("there is nothing to read")

    assert list(tmp_path.iterdir()) == []


def test_reading_refuses_another_database(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE other (a)")

    with pytest.raises(SettingsError, match="holds no store"), reading(f"sqlite:///{file}"):
        pytest.fail("there is nothing to read")


def test_reading_cannot_write(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    open_store(url).close()

    with reading(url) as connection, pytest.raises(OperationalError, match="readonly"):
        connection.execute(delete(tables.articles))
