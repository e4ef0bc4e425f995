"""How a store comes to have the present layout: made anew, or brought up from an earlier one.

Bringing up only adds: tables, columns that may be null, indexes; views are made anew. What is stored stays as it is.
"""

from __future__ import annotations

import structlog
from sqlalchemy import Connection, Table, insert, inspect, select, text, update
from sqlalchemy.schema import CreateColumn

from services.sink.stores import tables
from services.sink.stores.views import views

log = structlog.get_logger(__name__)


def layout_of(connection: Connection) -> int | None:
    """Number of the layout of the store that is there; None where there is none."""
    if not inspect(connection).has_table(tables.store.name):
        return None
    return connection.scalar(select(tables.store.c.layout))


def lay_out(connection: Connection) -> int:
    """Make what is missing, in the transaction of `connection`. Returns the number of the layout that is there then.

    A later layout than ours is left alone.
    """
    # Another process may have been quicker.
    there = layout_of(connection)
    if there is not None and there >= tables.LAYOUT:
        return there
    tables.metadata.create_all(connection)
    if there is None:
        connection.execute(insert(tables.store).values(layout=tables.LAYOUT))
    else:
        for table in tables.metadata.sorted_tables:
            _complete(connection, table)
        connection.execute(update(tables.store).values(layout=tables.LAYOUT))
        log.info("store_brought_up", from_layout=there, to_layout=tables.LAYOUT)
    _make_views(connection)
    return tables.LAYOUT


def other_layout(layout: int) -> str:
    """What to do about a store of another layout, for an error."""
    if layout > tables.LAYOUT:
        return f"has layout {layout}, of a later Dateline; this one works on {tables.LAYOUT}: install the later one"
    return f"has layout {layout}; this works on {tables.LAYOUT}: `dateline sink` brings it up when it starts"


def _complete(connection: Connection, table: Table) -> None:
    """Add the columns and indexes that a table of an earlier layout lacks."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    named = connection.dialect.identifier_preparer.format_table(table)
    for column in table.columns:
        if column.name not in there:
            added = CreateColumn(column).compile(dialect=connection.dialect)
            connection.execute(text(f"ALTER TABLE {named} ADD COLUMN {added}"))
    for index in table.indexes:
        index.create(connection, checkfirst=True)


def _make_views(connection: Connection) -> None:
    there = inspect(connection).get_view_names()
    for name, shown in views().items():
        if name in there:
            connection.execute(text(f"DROP VIEW {name}"))
        query = shown.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))
