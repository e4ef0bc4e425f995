"""SQLite: how a connection is set up, and what an error of it means."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from schemas.deadletter import Reason
from services.errors import Fault, Poison, SettingsError, Transient
from services.sink.stores import tables
from services.sink.stores.bulk import bulk
from services.sink.stores.layout import other_layout
from services.sink.stores.rows import Row
from services.sink.stores.sql import Database, SqlStore

BUSY_SECONDS = 2.0
"""How long SQLite itself waits for another writer, before the fault is seen and the caller waits."""

_MAY_PASS = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PROTOCOL,
}
_REFUSED = {sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG}


def open_sqlite(url: URL) -> SqlStore:
    """The store in the file that `url` names; the file is made, its folder is not. An earlier layout is brought up.

    Raises SettingsError where it cannot be opened or is no store of this layout, Transient where it must be made and
    somebody else has it locked.
    """
    store = SqlStore(connect(url), Database((), meaning, _insert))
    try:
        layout = store.create()
    except (Transient, DatabaseError) as error:
        store.close()
        raise _unusable(error, f"{url.database} cannot be opened") from error
    if layout != tables.LAYOUT:
        store.close()
        raise SettingsError("DATELINE_STORE_URL", f"{url.database} {other_layout(layout)}")
    return store


def connect(url: URL, *, read_only: bool = False) -> Engine:
    """An engine whose transactions begin by taking the lock for writing, unless they have the option ``reading``.

    If `read_only`, nothing can be written with it at all.

    Raises SettingsError where the URL names no file in an existing folder.
    """
    file = _file_of(url)
    if read_only and not file.exists():
        raise SettingsError("DATELINE_STORE_URL", f"{file} does not exist: nothing has been stored yet")
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver would begin transactions by itself, and only before a statement that writes.
        connection.isolation_level = None
        for pragma in (
            # Readers go on while one process writes.
            "journal_mode = WAL",
            # Every commit is on the disk before it is acknowledged to Kafka: FULL costs one fsync per batch. With
            # NORMAL a power failure takes the last commits back. They would be read again from the watermark, which
            # went back with them, but only while the topic still holds them.
            "synchronous = FULL",
            "foreign_keys = ON",
            f"query_only = {int(read_only)}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        # Its own knows ASCII alone.
        connection.create_function("lower", 1, _lower, deterministic=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # IMMEDIATE: what a writer reads first, the watermark, is still true when it writes.
        reading = read_only or connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def meaning(cause: BaseException | None) -> Fault | None:
    """What an error of the driver means for the message; None where it is a bug or a broken file."""
    if isinstance(cause, OverflowError):
        return Poison(Reason.REFUSED_BY_STORE, f"a value fits no column: {cause}", _class_name(cause))
    if not isinstance(cause, sqlite3.Error):
        return None
    # An extended code has the plain one in its low byte. Errors of the driver itself have none.
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code in _MAY_PASS:
        return Transient(f"SQLite: {cause}")
    if code in _REFUSED or isinstance(cause, sqlite3.DataError):
        return Poison(Reason.REFUSED_BY_STORE, f"SQLite: {cause}", _class_name(cause))
    return None


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    made = bulk(table, connection.dialect)
    into = f"INSERT INTO {table.name} ({made.columns}) VALUES ({made.marks})"  # noqa: S608 - names of our own
    connection.exec_driver_sql(into, made.tuples(rows))


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _file_of(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise SettingsError("DATELINE_STORE_URL", "names no file; write sqlite:///relative/path or sqlite:////absolute")
    file = Path(url.database)
    if not file.parent.is_dir():
        raise SettingsError("DATELINE_STORE_URL", f"the folder {file.parent} does not exist")
    if file.is_dir():
        raise SettingsError("DATELINE_STORE_URL", f"{file} is a folder; name a file in it")
    return file


def _unusable(error: Exception, line: str) -> Fault | SettingsError:
    # Locked now is no reason to give up; all else that can go wrong on opening is the place that was named.
    cause = error.__cause__ if isinstance(error, Transient) else error
    code = getattr(getattr(cause, "orig", None), "sqlite_errorcode", 0) & 0xFF
    if isinstance(error, Transient) and code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return error
    return SettingsError("DATELINE_STORE_URL", f"{line}: {getattr(cause, 'orig', cause)}")


def _class_name(error: Exception) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"
