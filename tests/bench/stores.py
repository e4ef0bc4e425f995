"""Rows per second into each store through the port, beside a bare bulk insert of the same rows in the same run.

    python -m tests.bench.stores [--articles N] [--batch N]

The bare insert is what the database can do at best: the rows are there already, nothing is replaced and no watermark
kept; one transaction for each batch, by executemany into SQLite and by COPY into PostgreSQL.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Dialect, Table, create_engine, make_url

from services.sink.stores.port import Located, TopicKey
from services.sink.stores.rows import rows_of
from services.sink.stores.url import open_store
from tests.articles import rich_article
from tests.postgres import new_database

Ready = list[tuple[Table, list[tuple[Any, ...]]]]
TOPIC = TopicKey("bench", "articles.enriched")


def main() -> None:
    """Measure, print, and write bench-stores.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--batch", type=int, default=500)
    arguments = parser.parse_args()
    located = [Located(0, n, article_of(n)) for n in range(arguments.articles)]
    batches = [located[n : n + arguments.batch] for n in range(0, len(located), arguments.batch)]
    rows = sum(len(found) for batch in batches for _, found in rows_of(one.article for one in batch))
    result: dict[str, Any] = {"articles": len(located), "rows": rows, "batch": arguments.batch}
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        for name, url_of, bare in (
            ("sqlite", lambda: f"sqlite:///{tempfile.mkdtemp(dir=folder)}/store.db", bare_sqlite),
            ("postgresql", new_database, bare_postgres),
        ):
            through, plain = [], []
            for _ in range(3):  # in turn, so that both see the same machine; the best of each counts
                through.append(rows / write_all(url_of(), batches))
                plain.append(rows / bare(url_of(), batches))
            result[name] = {
                "rows_per_second": round(max(through)),
                "bare_per_second": round(max(plain)),
                "of_bare": round(max(through) / max(plain), 2),
            }
            sys.stderr.write(f"{name}: {result[name]}\n")
    Path("bench-stores.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(result) + "\n")


def article_of(number: int) -> Any:
    """An article as large as news is: the rich one of the tests, with its text twenty times over."""
    plain = rich_article(f"bench-{number}")
    return plain.model_copy(update={"text": plain.text * 20})


def seconds(work: Callable[[], None]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def write_all(url: str, batches: Sequence[Sequence[Located]]) -> float:
    """Seconds through the port, as the sink does."""
    with closing(open_store(url)) as store:
        return seconds(lambda: [store.write(TOPIC, batch, {0: batch[-1].offset + 1}) for batch in batches] and None)


def bare_sqlite(url: str, batches: Sequence[Sequence[Located]]) -> float:
    """Seconds of executemany alone."""
    open_store(url).close()
    ready = list(made_ready(url, batches))
    with closing(sqlite3.connect(make_url(url).database or "")) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        return seconds(lambda: [_executemany(connection, batch) for batch in ready] and None)


def bare_postgres(url: str, batches: Sequence[Sequence[Located]]) -> float:
    """Seconds of COPY alone."""
    open_store(url).close()
    ready = list(made_ready(url, batches))
    with psycopg.connect(url) as connection:
        return seconds(lambda: [_copy(connection, batch) for batch in ready] and None)


def made_ready(url: str, batches: Sequence[Sequence[Located]]) -> Iterator[Ready]:
    """Rows as the driver takes them, one list for each batch."""
    dialect = create_engine(make_url(url.replace("postgresql:", "postgresql+psycopg:"))).dialect
    for batch in batches:
        yield [(table, list(_bound(table, found, dialect))) for table, found in rows_of(one.article for one in batch)]


def _bound(table: Table, found: Sequence[dict[str, Any]], dialect: Dialect) -> Iterator[tuple[Any, ...]]:
    names = list(found[0])
    makers = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    for row in found:
        yield tuple(make(row[name]) if make else row[name] for name, make in zip(names, makers, strict=True))


def _executemany(connection: sqlite3.Connection, batch: Ready) -> None:
    connection.execute("BEGIN")
    for table, found in batch:
        marks = ", ".join("?" * len(found[0]))
        connection.executemany(f"INSERT INTO {table.name} ({names(table)}) VALUES ({marks})", found)  # noqa: S608
    connection.commit()


def _copy(connection: psycopg.Connection, batch: Ready) -> None:
    for table, found in batch:
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table.name} ({names(table)}) FROM STDIN".encode()) as copy,
        ):
            for row in found:
                copy.write_row(row)
    connection.commit()


def names(table: Table) -> str:
    """Columns in the order of the rows."""
    return ", ".join(_ORDER[table])


_ORDER = {table: list(found[0]) for table, found in rows_of([rich_article()])}

if __name__ == "__main__":
    main()
