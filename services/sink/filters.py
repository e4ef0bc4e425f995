"""A filter of the store's events, and the conditions that it means in SQL. Every value goes in as a parameter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, String, and_, case, cast, exists, func, or_

from schemas.events import Modality, PloverType, Polarity, Tense
from services.selection import BREAKS, ActorAsked, Coded, Named
from services.sink.stores.tables import actors, articles, event_participants, events


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an event must fulfil: every one of these, and of each one of its alternatives; none is no condition.

    `countries` are those of who takes part, or of where it happened. The time is the event's date, if it has one, and
    else when the article was published or first seen: it meets the period from `since` to `until`, half-open.
    """

    types: Sequence[PloverType] = ()
    plovers: Sequence[PloverType] = ()
    sources: Sequence[ActorAsked] = ()
    targets: Sequence[ActorAsked] = ()
    actors: Sequence[ActorAsked] = ()
    countries: Sequence[str] = ()
    polarities: Sequence[Polarity] = ()
    modalities: Sequence[Modality] = ()
    tenses: Sequence[Tense] = ()
    since: datetime | None = None
    until: datetime | None = None


def conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """Conditions on a query of ``events`` joined with ``articles``."""
    own = events.c
    listed = (
        (own.type, wanted.types),
        (own.plover, wanted.plovers),
        (own.polarity, wanted.polarities),
        (own.modality, wanted.modalities),
        (own.tense, wanted.tenses),
    )
    for column, values in listed:
        if values:
            yield column.in_([value.value for value in values])
    for asked, parts in (
        (wanted.sources, ("source",)),
        (wanted.targets, ("target",)),
        (wanted.actors, ("source", "target")),
    ):
        if asked:
            yield _takes_part(parts, (_is(one) for one in asked))
    if wanted.countries:
        country = actors.c.country.in_(wanted.countries)
        yield or_(own.place_country.in_(wanted.countries), _takes_part(("source", "target"), [country]))
    yield from _in_time(wanted.since, wanted.until)


def _takes_part(parts: Sequence[str], which: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Somebody has one of these parts in the event of whom one of the conditions is true."""
    of = event_participants.c
    same = and_(actors.c.article_id == of.article_id, actors.c.version == of.version, actors.c.id == of.actor)
    event = and_(of.article_id == events.c.article_id, of.version == events.c.version, of.event_id == events.c.id)
    return (
        exists()
        .select_from(event_participants.outerjoin(actors, same))
        .where(event, of.part.in_(parts), or_(*which))
        .correlate(events)
    )


def _is(asked: ActorAsked) -> ColumnElement[bool]:
    if isinstance(asked, Coded):
        return and_(*(_has_code(code) for code in asked.codes))
    return or_(*(_has_words(asked, name) for name in (actors.c.name, actors.c.known_as, event_participants.c.text)))


def _has_code(code: str) -> ColumnElement[bool]:
    # The sectors are a list in JSON, of codes without anything to escape.
    return or_(actors.c.country == code, cast(actors.c.sectors, String).contains(f'"{code}"', autoescape=True))


def _has_words(asked: Named, name: Column[str]) -> ColumnElement[bool]:
    words: ColumnElement[str] = func.lower(name)
    for mark in BREAKS:
        words = func.replace(words, mark, " ")
    padded = func.coalesce(" " + words + " ", "")
    return padded.contains(f" {asked.words}" if asked.open_end else f" {asked.words} ", autoescape=True)


def _in_time(since: datetime | None, until: datetime | None) -> Iterator[ColumnElement[bool]]:
    own = events.c
    dated = or_(own.date_from.is_not(None), own.date_to.is_not(None))
    seen = func.coalesce(articles.c.published_at, articles.c.fetched_at)
    if since is not None:
        yield case((dated, or_(own.date_to.is_(None), own.date_to > since)), else_=seen >= since)
    if until is not None:
        yield case((dated, or_(own.date_from.is_(None), own.date_from < until)), else_=seen < until)
