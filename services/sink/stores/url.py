"""A URL becomes an open store, or a connection to read one with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from services.errors import SettingsError
from services.sink.stores import postgres, sqlite, tables
from services.sink.stores.layout import layout_of, other_layout
from services.sink.stores.port import Store

_SETTING = "DATELINE_STORE_URL"


def open_store(url: str) -> Store:
    """The store at a URL (``sqlite:////srv/dateline.db``, ``postgresql://user@host/dateline``), its tables made.

    Raises SettingsError naming DATELINE_STORE_URL where that cannot be, Transient where they must be made and
    somebody else has the store locked.
    """
    known = _known(url)
    return postgres.open_postgres(known) if _is_postgres(known) else sqlite.open_sqlite(known)


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """A connection for queries on the store at `url`; nothing can be written with it, and nothing blocks the sink.

    It sees the store as it is when the block begins. Raises SettingsError naming DATELINE_STORE_URL where there is no
    store, or one of another layout.
    """
    known = _known(url)
    engine = (postgres if _is_postgres(known) else sqlite).connect(known, read_only=True)
    try:
        try:
            connection = engine.connect()
            layout = layout_of(connection)
        except DatabaseError as error:
            raise SettingsError(_SETTING, f"cannot be read: {error.orig}") from error
        with connection:
            if layout is None:
                raise SettingsError(_SETTING, "holds no store: nothing has been stored yet")
            if layout != tables.LAYOUT:
                raise SettingsError(_SETTING, other_layout(layout))
            yield connection
    finally:
        engine.dispose()


def _is_postgres(url: URL) -> bool:
    return url.drivername == postgres.DRIVER


def _known(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        # Not the URL itself: it may hold a password.
        raise SettingsError(_SETTING, "is no URL; write for example sqlite:////srv/dateline.db") from error
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"}:
        return parsed
    if parsed.drivername in {"postgresql", "postgres", postgres.DRIVER}:
        return parsed.set(drivername=postgres.DRIVER)
    raise SettingsError(
        _SETTING, f"there is no store for {parsed.drivername!r}; there is one for 'sqlite' and one for 'postgresql'"
    )
