"""The store on SQLAlchemy Core, for any database: what a transaction does, in what order.

What is one database's own (how it is opened, what its errors mean) is in the file named after it, and reaches this one
as an engine and a function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import structlog
from sqlalchemy import Connection, Engine, Table, and_, bindparam, delete, insert, select, update
from sqlalchemy.exc import StatementError

from schemas.deadletter import Reason
from schemas.enriched import EnrichedArticle
from services.errors import Fault, Poison
from services.sink.stores import tables
from services.sink.stores.layout import is_earlier, lay_out, layout_of
from services.sink.stores.port import Located, TopicKey
from services.sink.stores.rows import Row, rows_of, unpack

log = structlog.get_logger(__name__)


class Database(NamedTuple):
    """What is one database's own.

    `meaning` says what an error of its driver means for the message: a fault, or None where it is a bug or a broken
    part. `insert` writes many rows. `alone` makes a transaction wait until no other one makes tables, where the
    database would let both begin.
    """

    errors: tuple[type[Exception], ...]
    meaning: Callable[[BaseException | None], Fault | None]
    insert: Callable[[Connection, Table, Sequence[Row]], None]
    alone: Callable[[Connection], None] = lambda _: None


class SqlStore:
    """The port ``Store`` on one database. Made by ``open_store``."""

    def __init__(self, engine: Engine, database: Database) -> None:
        """`engine` begins transactions that do not read what another one is about to change.

        With the execution option ``reading`` it begins one that writes nothing, and need wait for nobody.
        """
        self._writing = engine
        self._reading = engine.execution_options(reading=True)
        self._database = database

    def create(self) -> str:
        """Make the tables and views, or bring them up to the present layout. Returns the layout that is there then."""
        with self._transaction(reading=True) as connection:
            there = layout_of(connection)
        if there is not None and not is_earlier(there):
            return there
        with self._transaction() as connection:
            self._database.alone(connection)
            return lay_out(connection)

    def watermark(self, topic: TopicKey, partition: int) -> int | None:
        """See the port."""
        with self._transaction(reading=True) as connection:
            return _of(topic, _watermarks(connection, topic, [partition], lock=False)).get(partition)

    def write(self, topic: TopicKey, located: Sequence[Located], ends: Mapping[int, int]) -> list[Located]:
        """See the port."""
        with self._transaction() as connection:
            # Read inside the transaction that writes: no other process can write between the two.
            there = _watermarks(connection, topic, ends, lock=True)
            marks = _of(topic, there)
            fresh = [one for one in located if one.offset >= marks.get(one.partition, 0)]
            # Before the rows: where there was no watermark to lock, another process may write the first one meanwhile,
            # and is found out here by its key.
            for partition, end in sorted(ends.items()):
                if end > marks.get(partition, -1):
                    _move(connection, topic, partition, end, new=partition not in there)
            # One batch may hold an article and version twice. The later one counts, as it would in the next batch.
            self._replace(connection, {(one.article.id, one.article.version): one.article for one in fresh})
        return fresh

    def read(self, article_id: str, version: int) -> EnrichedArticle | None:
        """See the port."""
        table = tables.articles
        with self._transaction(reading=True) as connection:
            row = connection.execute(
                select(table.c.record, table.c.text).where(table.c.id == article_id, table.c.version == version)
            ).one_or_none()
        return unpack(row.record, row.text) if row else None

    def forget(self, cluster_id: str, topic: str) -> int:
        """See the port."""
        table = tables.watermarks
        with self._transaction() as connection:
            return connection.execute(
                delete(table).where(table.c.cluster_id == cluster_id, table.c.topic == topic)
            ).rowcount

    def close(self) -> None:
        """See the port."""
        self._writing.dispose()

    def _replace(self, connection: Connection, articles: Mapping[tuple[str, int], EnrichedArticle]) -> None:
        """Put articles in the place of those with the same id and version, which take all that is theirs along."""
        if not articles:
            return
        table = tables.articles
        same = and_(table.c.id == bindparam("article_id"), table.c.version == bindparam("article_version"))
        connection.execute(
            delete(table).where(same), [{"article_id": id_, "article_version": version} for id_, version in articles]
        )
        for target, rows in rows_of(articles.values()):
            self._database.insert(connection, target, rows)

    @contextmanager
    def _transaction(self, *, reading: bool = False) -> Iterator[Connection]:
        engine = self._reading if reading else self._writing
        try:
            with engine.begin() as connection:
                yield connection
        except StatementError as error:
            # DBAPIError is one too; the plain one is a value that cannot be turned into the column's type.
            if (fault := self._database.meaning(error.orig)) is None:
                raise
            raise fault from error
        except self._database.errors as error:
            # Of a statement that went past SQLAlchemy.
            if (fault := self._database.meaning(error)) is None:
                raise
            raise fault from error
        except OverflowError as error:
            # A driver may meet a number that no column holds before the database does.
            raise Poison(
                Reason.REFUSED_BY_STORE, f"a number is too large: {error}", "builtins.OverflowError"
            ) from error


def _watermarks(
    connection: Connection, topic: TopicKey, partitions: Iterable[int], *, lock: bool
) -> dict[int, tuple[str, int]]:
    """Watermarks of these partitions of topics of this name, each with the topic's own id."""
    table = tables.watermarks
    marks = select(table.c.partition, table.c.next_offset, table.c.topic_uuid).where(
        table.c.cluster_id == topic.cluster_id,
        table.c.topic == topic.name,
        table.c.partition.in_(sorted(partitions)),
    )
    # Where a database lets two transactions write at once, the second waits here and reads what the first has left.
    # In one order, or each of two could wait for the other.
    rows = connection.execute(marks.order_by(table.c.partition).with_for_update() if lock else marks)
    return {row.partition: (row.topic_uuid, row.next_offset) for row in rows}


def _of(topic: TopicKey, marks: Mapping[int, tuple[str, int]]) -> dict[int, int]:
    """Those of this topic: those of a deleted topic of the same name are another's."""
    return {partition: offset for partition, (uuid, offset) in marks.items() if uuid == topic.uuid}


def _move(connection: Connection, topic: TopicKey, partition: int, end: int, *, new: bool) -> None:
    table = tables.watermarks
    values = {"topic_uuid": topic.uuid, "next_offset": end}
    key = {"cluster_id": topic.cluster_id, "topic": topic.name, "partition": partition}
    if new:
        connection.execute(insert(table).values(key | values))
    else:
        row = and_(*(table.c[name] == value for name, value in key.items()))
        connection.execute(update(table).where(row).values(values))
