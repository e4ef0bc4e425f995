"""What is in the store, for people: how much, the latest, one article. Reads only.

Each function takes a connection from `stores.url.reading`. All but `article` speak of the current versions, without
those that were retracted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Table, TableClause, func, select, table
from sqlalchemy import column as named

from schemas.enriched import VALUE_LABELS, EnrichedArticle
from services.sink.stores import tables
from services.sink.stores.rows import unpack

_AT_ONCE = 500  # ids in one query: databases bound the number of parameters


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is. `articles` are the current ones, `records` all versions; the others count in current ones."""

    articles: int
    records: int
    entities: dict[str, int] = field(default_factory=dict)
    """By label, the most frequent first."""
    events: dict[str, int] = field(default_factory=dict)
    """By PLOVER type, the most frequent first."""
    skipped: dict[str, int] = field(default_factory=dict)
    """Articles that were not read, by reason."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One article in a list. `top` are the names mentioned most in it, with their labels, the most frequent first."""

    id: str
    version: int
    title: str
    source: str
    published_at: datetime | None
    entities: int
    events: int
    top: tuple[tuple[str, str], ...]


def counts(connection: Connection) -> Counts:
    """Counts over the whole store."""
    articles = _view(tables.articles)
    return Counts(
        articles=connection.scalar(select(func.count()).select_from(articles)) or 0,
        records=connection.scalar(select(func.count()).select_from(tables.articles)) or 0,
        entities=_by(connection, _view(tables.entities), "label"),
        events=_by(connection, _view(tables.events), "plover"),
        skipped=_by(connection, articles, "skipped"),
    )


def latest(connection: Connection, limit: int = 10, top: int = 5) -> list[Headline]:
    """The articles published last, those of an unknown date after all others; of each the `top` names."""
    shown = _view(tables.articles).c
    rows = connection.execute(
        select(shown.id, shown.version, shown.title, shown.source, shown.published_at, shown.entities, shown.events)
        .order_by(shown.published_at.desc().nulls_last(), shown.id)
        .limit(limit)
    ).all()
    return [Headline(*row, top=_top(connection, row.id, row.version, top)) for row in rows]


def article(connection: Connection, article_id: str, version: int | None = None) -> EnrichedArticle | None:
    """The whole record; the highest version if none is named, be it a retraction. None where there is none."""
    shown = tables.articles.c
    query = select(shown.record, shown.text).where(shown.id == article_id).order_by(shown.version.desc()).limit(1)
    if version is not None:
        query = query.where(shown.version == version)
    row = connection.execute(query).one_or_none()
    return unpack(row.record, row.text) if row else None


def versions_stored(
    connection: Connection, versions: Iterable[tuple[str, int]]
) -> Mapping[tuple[str, int], Sequence[datetime]]:
    """`fetched_at` of each row of these articles, by id and version; those with no row are left out."""
    wanted = set(versions)
    ids = sorted({article_id for article_id, _ in wanted})
    columns = tables.articles.c.id, tables.articles.c.version, tables.articles.c.fetched_at
    found: dict[tuple[str, int], list[datetime]] = {}
    for first in range(0, len(ids), _AT_ONCE):
        asked = select(*columns).where(tables.articles.c.id.in_(ids[first : first + _AT_ONCE]))
        for article_id, version, fetched_at in connection.execute(asked):
            if (article_id, version) in wanted:
                found.setdefault((article_id, version), []).append(fetched_at)
    return found


def _view(of: Table) -> TableClause:
    """The view of a table's current rows, with the types of its columns."""
    columns = [named(column.name, column.type) for column in of.c if column.name != "record"]
    return table(f"current_{of.name}", *columns)


def _by(connection: Connection, of: TableClause, column: str) -> dict[str, int]:
    count = func.count().label("count")
    query = select(of.c[column], count).where(of.c[column].is_not(None)).group_by(of.c[column])
    return {row[0]: row[1] for row in connection.execute(query.order_by(count.desc(), of.c[column]))}


def _top(connection: Connection, article_id: str, version: int, limit: int) -> tuple[tuple[str, str], ...]:
    found = tables.entities.c
    query = (
        select(found.name, found.label)
        .where(found.article_id == article_id, found.version == version, found.label.not_in(VALUE_LABELS))
        .group_by(found.name, found.label)
        .order_by(func.count().desc(), func.min(found.start_char))
        .limit(limit)
    )
    return tuple((name, label) for name, label in connection.execute(query))
