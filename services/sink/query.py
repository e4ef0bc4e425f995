"""What is in the store, for people: how much, the latest, one article. Reads only.

Each function takes a connection from `stores.url.reading`. All but `article` speak of the current versions, without
those that were retracted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, Table, TableClause, case, func, select, table
from sqlalchemy import column as named

from schemas.enriched import VALUE_LABELS, EnrichedArticle
from services.phrases import phrase
from services.sink.events import events_of
from services.sink.stores import tables
from services.sink.stores.rows import unpack

_AT_ONCE = 500  # ids in one query: databases bound the number of parameters
_BEGINNING = 200  # code points


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
    """One article in a list.

    `beginning` is how its text begins where it has no title, and empty where it has one. `skipped` says why it was not
    read. `top` are the names mentioned most in it, with their labels, the most frequent first, and `acts` its first
    events, as ``Turkey MOBILIZE Syria (planned)``.
    """

    id: str
    version: int
    title: str
    beginning: str
    source: str
    published_at: datetime | None
    fetched_at: datetime
    language: str | None
    skipped: str | None
    entities: int
    events: int
    top: tuple[tuple[str, str], ...]
    acts: tuple[str, ...] = ()

    @property
    def time(self) -> datetime:
        """When it was published, or first seen here where that is not known."""
        return self.published_at or self.fetched_at


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


def latest(connection: Connection, limit: int = 10, top: int = 5, acts: int = 3) -> list[Headline]:
    """The newest articles, by when they were published or, if unknown, first seen here.

    Each with the `top` names in it, and its first `acts`.
    """
    shown = _view(tables.articles).c
    beginning = case((shown.title == "", func.substr(shown.text, 1, _BEGINNING)), else_="").label("beginning")
    columns = (
        shown.id, shown.version, shown.title, beginning, shown.source, shown.published_at, shown.fetched_at,
        shown.language, shown.skipped, shown.entities, shown.events,
    )  # fmt: skip
    # Two queries, for each of which there is the index on published_at; in one, all articles would have to be sorted.
    queries = (
        select(*columns).where(shown.published_at.is_not(None)).order_by(shown.published_at.desc(), shown.id),
        select(*columns).where(shown.published_at.is_(None)).order_by(shown.fetched_at.desc(), shown.id),
    )
    found = [Headline(*row, top=()) for query in queries for row in connection.execute(query.limit(limit))]
    newest = sorted(found, key=lambda headline: headline.time, reverse=True)[:limit]
    return [_with_contents(connection, headline, top, acts) for headline in newest]


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


def _with_contents(connection: Connection, headline: Headline, top: int, acts: int) -> Headline:
    found = events_of(connection, headline.id, headline.version, acts) if headline.events else []
    return replace(
        headline,
        top=_top(connection, headline.id, headline.version, top),
        acts=tuple(
            phrase([who.name for who in event.sources], event.type, [whom.name for whom in event.targets],
                   event.polarity, event.modality)
            for event in found
        ),
    )  # fmt: skip


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
