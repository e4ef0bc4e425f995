"""The events in the store, for people and programs: those that fulfil a filter, those of one article. Reads only.

Each function takes a connection from `stores.url.reading`, and speaks of the current versions of articles, without
those that were retracted. filters.py turns a filter into conditions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select, tuple_

from schemas.events import Modality, PloverType, Polarity, Tense
from services.sink.filters import Wanted, conditions
from services.sink.stores.tables import actors, articles, event_attributions, event_participants, events
from services.sink.stores.views import is_current, of_article

_AT_ONCE = 300  # events in one query: databases bound the number of parameters

Key = tuple[str, int, str]  # id and version of the article, id of the event


@dataclass(frozen=True, slots=True)
class Who:
    """One who takes part or speaks. `name` is the fullest in the article, or what stands there."""

    name: str
    text: str
    code: str | None
    country: str | None
    role: str | None


@dataclass(slots=True)
class EventRow:
    """One event with who took part, who says so (the outermost first), and where it was read."""

    article_id: str
    version: int
    event_id: str
    type: PloverType
    plover: PloverType
    mode: str | None
    contexts: list[str]
    cameo: str | None
    quad_class: int
    score: float
    trigger_text: str
    polarity: Polarity
    modality: Modality
    tense: Tense
    date_text: str | None
    date_from: datetime | None
    date_to: datetime | None
    place_text: str | None
    place_name: str | None
    place_country: str | None
    place_admin1: str | None
    latitude: float | None
    longitude: float | None
    confidence: float
    rule: str
    path: str
    title: str
    url: str | None
    publisher: str
    feed: str
    language: str | None
    published_at: datetime | None
    fetched_at: datetime
    sources: list[Who] = field(default_factory=list)
    targets: list[Who] = field(default_factory=list)
    objects: list[Who] = field(default_factory=list)
    speakers: list[Who] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What tells it apart."""
        return self.article_id, self.version, self.event_id

    @property
    def seen_at(self) -> datetime:
        """When its article was published, or first seen here where that is not known."""
        return self.published_at or self.fetched_at


def find_events(connection: Connection, wanted: Wanted, limit: int) -> list[EventRow]:
    """The events that fulfil the filter: of the newest articles first, of each article in the order of its text."""
    order = func.coalesce(articles.c.published_at, articles.c.fetched_at).desc()
    query = _query().where(is_current(), *conditions(wanted))
    ordered = query.order_by(order, articles.c.id, events.c.start_char, events.c.id)
    return _with_who(connection, connection.execute(ordered.limit(limit)))


def events_of(connection: Connection, article_id: str, version: int, limit: int) -> list[EventRow]:
    """The first events of one article, in the order of its text."""
    own = events.c.article_id == article_id, events.c.version == version
    return _with_who(connection, connection.execute(_query().where(*own).order_by(events.c.start_char).limit(limit)))


def _query() -> Select[Any]:
    own, article = events.c, articles.c
    return select(
        own.article_id, own.version, own.id.label("event_id"),
        own.type, own.plover, own.mode, own.contexts, own.cameo, own.quad_class, own.score, own.trigger_text,
        own.polarity, own.modality, own.tense, own.date_text, own.date_from, own.date_to,
        own.place_text, own.place_name, own.place_country, own.place_admin1, own.latitude, own.longitude,
        own.confidence, own.rule, own.path,
        article.title, article.url, article.source.label("publisher"), article.feed, article.language,
        article.published_at, article.fetched_at,
    ).join(articles, of_article(events))  # fmt: skip


def _event(row: Row[Any]) -> EventRow:
    words = {
        "type": PloverType(row.type),
        "plover": PloverType(row.plover),
        "polarity": Polarity(row.polarity),
        "modality": Modality(row.modality),
        "tense": Tense(row.tense),
    }
    return EventRow(**{**row._mapping, **words})


def _with_who(connection: Connection, rows: Iterable[Row[Any]]) -> list[EventRow]:
    found = {event.key: event for event in map(_event, rows)}
    for first in range(0, len(found), _AT_ONCE):
        keys = list(found)[first : first + _AT_ONCE]
        for key, part, who in _participants(connection, keys):
            event = found[key]
            {"source": event.sources, "target": event.targets, "object": event.objects}[part].append(who)
        for key, who in _speakers(connection, keys):
            found[key].speakers.append(who)
    return list(found.values())


def _participants(connection: Connection, keys: Sequence[Key]) -> Iterator[tuple[Key, str, Who]]:
    of = event_participants.c
    same = and_(actors.c.article_id == of.article_id, actors.c.version == of.version, actors.c.id == of.actor)
    key = of.article_id, of.version, of.event_id
    query = (
        select(*key, of.part, of.text, actors.c.name, actors.c.code, actors.c.country, actors.c.role)
        .select_from(event_participants.outerjoin(actors, same))
        .where(tuple_(*key).in_(keys))
        .order_by(*key, of.part, of.position)
    )
    for row in connection.execute(query):
        yield (row[0], row[1], row[2]), row.part, Who(row.name or row.text, row.text, row.code, row.country, row.role)


def _speakers(connection: Connection, keys: Sequence[Key]) -> Iterator[tuple[Key, Who]]:
    of = event_attributions.c
    same = and_(actors.c.article_id == of.article_id, actors.c.version == of.version, actors.c.id == of.speaker)
    key = of.article_id, of.version, of.event_id
    query = (
        select(*key, of.cue, actors.c.name, actors.c.code, actors.c.country, actors.c.role)
        .select_from(event_attributions.outerjoin(actors, same))
        .where(tuple_(*key).in_(keys))
        .order_by(*key, of.position)
    )
    for row in connection.execute(query):
        yield (row[0], row[1], row[2]), Who(row.name or row.cue, row.cue, row.code, row.country, row.role)
