"""How a store comes to have the present layout: made anew, or brought up from an earlier one by Alembic.

A layout has the number of the migration that leads to it (``migrations/versions``). Views are made anew each time.
"""

from __future__ import annotations

from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, column, inspect, select, table, text

from services.sink.stores import tables
from services.sink.stores.views import views

log = structlog.get_logger(__name__)

_MIGRATIONS = Path(__file__).with_name("migrations")
_BEFORE_ALEMBIC = "dateline_store"
"""The table that held the number until layout 0003."""


def layout_of(connection: Connection) -> str | None:
    """Layout of the store that is there; None where there is none."""
    if inspect(connection).has_table(_BEFORE_ALEMBIC):
        return f"{connection.scalar(select(column('layout')).select_from(table(_BEFORE_ALEMBIC))):04}"
    return MigrationContext.configure(connection).get_current_revision()


def lay_out(connection: Connection) -> str:
    """Make what is missing, in the transaction of `connection`. Returns the layout that is there then.

    A later layout than ours is left alone.
    """
    # Another process may have been quicker.
    there = layout_of(connection)
    if there is not None and not is_earlier(there):
        return there
    config = _config(connection)
    _drop_views(connection)
    if there is None:
        tables.metadata.create_all(connection)
        command.stamp(config, tables.LAYOUT)
    else:
        command.stamp(config, there)
        command.upgrade(config, tables.LAYOUT)
        log.info("store_brought_up", from_layout=there, to_layout=tables.LAYOUT)
    for name, shown in views().items():
        query = shown.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))
    return tables.LAYOUT


def is_earlier(layout: str) -> bool:
    """Whether a store of this layout can be brought up to ours."""
    if layout == tables.LAYOUT:
        return False
    return layout in {script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}


def other_layout(layout: str) -> str:
    """What to do about a store of another layout, for an error."""
    if is_earlier(layout):
        return f"has layout {layout}; this works on {tables.LAYOUT}: `dateline sink` brings it up when it starts"
    return f"has layout {layout}, of a later Dateline; this one works on {tables.LAYOUT}: install the later one"


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _drop_views(connection: Connection) -> None:
    ours = views()
    for name in inspect(connection).get_view_names():
        if name in ours:
            connection.execute(text(f"DROP VIEW {name}"))
