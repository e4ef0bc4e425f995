"""PostgreSQL: how a connection is set up, and what an error of it means."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from schemas.deadletter import Reason
from services.errors import Fault, Poison, SettingsError, Transient
from services.sink.stores import tables
from services.sink.stores.bulk import bulk
from services.sink.stores.layout import other_layout
from services.sink.stores.rows import Row
from services.sink.stores.sql import Database, SqlStore

DRIVER = "postgresql+psycopg"

_CONNECT_SECONDS = 5
_SESSION = {
    # What is acknowledged to Kafka is on the disk of the server.
    "synchronous_commit": "on",
    # Longer than this waits the caller, who can say so; the server would wait for ever.
    "lock_timeout": "5s",
    "statement_timeout": "60s",
    # A process that was stopped in the middle of a transaction keeps nobody else waiting.
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
    "application_name": "dateline",
}
# A server that is gone without a word is seen within half a minute.
_ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}

_MAY_PASS = {
    "08",  # the connection is gone
    "25",  # a read-only transaction: the server is a standby, or was made one; a transaction that idled too long
    "40",  # a deadlock, or two transactions in each other's way
    "53",  # disk full, out of memory, too many connections
    "55",  # something is locked
    "57",  # the administrator shuts down, or a statement took too long
    "58",  # the disk does not answer
}
_REFUSED = {
    "22",  # a value that its type does not hold
    "23",  # a value that is against a rule of the table
    "54",  # a value over one of the server's limits
}
_BY_ANOTHER = {tables.articles.name, tables.watermarks.name}
"""Where a row can be there though it was not a moment ago: another process has written it since."""


def open_postgres(url: URL) -> SqlStore:
    """The store in the database that `url` names, which must be there; its tables are made or brought up.

    Raises SettingsError where it cannot be opened or is no store of this layout, Transient where it does not answer.
    """
    engine = connect(url)
    store = SqlStore(engine, Database((psycopg.Error,), meaning, _copy, _alone))
    try:
        _check(engine)
        layout = store.create()
    except BaseException as error:
        store.close()
        if isinstance(error, DBAPIError):
            raise unusable(error) from error
        raise
    if layout != tables.LAYOUT:
        store.close()
        raise SettingsError("DATELINE_STORE_URL", f"the database {url.database} {other_layout(layout)}")
    return store


def connect(url: URL, *, read_only: bool = False) -> Engine:
    """An engine whose transactions write; those with the option ``reading``, or all if `read_only`, cannot.

    One that reads sees the store as it was when the transaction began.
    """
    options = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
    engine = create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_size=2,
        connect_args={"connect_timeout": _CONNECT_SECONDS, "options": options} | _ALIVE,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if read_only or connection.get_execution_options().get("reading", False):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine


def meaning(cause: BaseException | None) -> Fault | None:
    """What an error of the driver means for the message; None where it is a bug or a broken database."""
    if isinstance(cause, UnicodeEncodeError | OverflowError):
        return Poison(Reason.REFUSED_BY_STORE, f"a value fits no column: {cause}", _class_name(cause))
    if not isinstance(cause, psycopg.Error):
        return None
    code, line = cause.sqlstate or "", _line(cause)
    if code == "23505" and cause.diag.table_name in _BY_ANOTHER:
        return Transient(f"PostgreSQL: another process has just written the same: {line}")
    if code[:2] in _MAY_PASS or (not code and isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)):
        return Transient(f"PostgreSQL: {line}")
    if code[:2] in _REFUSED or (not code and isinstance(cause, psycopg.DataError)):
        return Poison(Reason.REFUSED_BY_STORE, f"PostgreSQL: {line}", _class_name(cause))
    return None


def unusable(error: DBAPIError) -> Fault | SettingsError:
    """Of an error on opening: what does not answer may yet; all else is the place that was named."""
    cause = error.orig
    # A refused login has no code either: libpq has only words for what goes wrong before there is a session.
    words = _line(cause)
    if isinstance(cause, psycopg.OperationalError) and not any(word in words for word in _NAMED_WRONG):
        return Transient(f"PostgreSQL: {words}")
    return SettingsError("DATELINE_STORE_URL", f"cannot be opened: {words}")


_NAMED_WRONG = (
    "password authentication failed",
    "no password supplied",
    "does not exist",
    "no pg_hba.conf entry",
    "certificate",
    "could not translate host name",
    "not permitted",
)


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    made = bulk(table, connection.dialect)
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError(f"{type(driver)} is no connection of psycopg's")
    into = f"COPY {table.name} ({made.columns}) FROM STDIN"
    try:
        with driver.cursor() as cursor, cursor.copy(into.encode()) as copy:
            for row in made.tuples(rows):
                copy.write_row(row)
    except psycopg.Error as error:
        if driver.closed:
            # The pool has not seen it: it is not to give this one out again.
            connection.invalidate(error)
        raise


def _alone(connection: Connection) -> None:
    # Any number will do that nothing else takes.
    connection.execute(text("SELECT pg_advisory_xact_lock(7263512)"))


def _check(engine: Engine) -> None:
    with engine.connect() as connection:
        encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise SettingsError("DATELINE_STORE_URL", f"the database is in {encoding}; make one with ENCODING 'UTF8'")


def _line(error: BaseException | None) -> str:
    """What went wrong, in one line. A server's message may have more, with values of the row in it."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def _class_name(error: Exception) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"
