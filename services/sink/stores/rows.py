"""An enriched article as rows of the tables, and back. Pure: touches no database."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Table

from schemas.enriched import EnrichedArticle, Entity
from schemas.events import Actor, DateMention, Event, Place, Quotation, Span
from services.sink.stores import tables

Row = dict[str, Any]

_FAST = 1
"""Level of compression: a third of the time of the default, for a tenth more space."""


def rows_of(articles: Iterable[EnrichedArticle]) -> list[tuple[Table, list[Row]]]:
    """Rows of each table that has any, parents before children."""
    made: dict[Table, list[Row]] = {table: [] for table in (tables.articles, *tables.FOUND)}
    for article in articles:
        made[tables.articles].append(_article_row(article))
        for table, rows in _found(article):
            key = {"article_id": article.id, "version": article.version}
            made[table].extend(key | row for row in rows)
    return [(table, rows) for table, rows in made.items() if rows]


def pack(article: EnrichedArticle) -> bytes:
    """The record as compressed JSON; without its text, where the column of it holds that as it is."""
    exclude = None if tables.NUL in article.text else {"text"}
    return zlib.compress(article.model_dump_json(by_alias=True, exclude=exclude).encode(), _FAST)


def unpack(record: bytes, text: str) -> EnrichedArticle:
    """The record that `pack` was given."""
    return EnrichedArticle.model_validate({"text": text} | from_json(zlib.decompress(record)))


def _article_row(article: EnrichedArticle) -> Row:
    return {
        "id": article.id,
        "version": article.version,
        "status": article.status.value,
        "supersedes": article.supersedes,
        "source": article.source,
        "feed": article.feed,
        "url": article.url,
        "title": article.title,
        "language": article.language,
        "language_source": article.language_source,
        "authors": list(article.authors),
        "published_at": article.published_at,
        "fetched_at": article.fetched_at,
        "content_hash": article.content_hash,
        "skipped": article.skipped,
        "duplicate_of": article.duplicate_of,
        "cluster": article.cluster,
        "characters": len(article.text),
        "sentences": len(article.sentences),
        "entities": len(article.entities),
        "events": len(article.events),
        "quotations": len(article.quotations),
        "dateline": article.produced_by.dateline,
        "model": article.produced_by.model,
        "coder": article.produced_by.coder,
        "ontology": article.produced_by.ontology,
        "text": article.text,
        "record": pack(article),
    }


def _found(article: EnrichedArticle) -> list[tuple[Table, list[Row]]]:
    return [
        (tables.entities, [_entity_row(entity) for entity in article.entities]),
        (tables.actors, [_actor_row(actor) for actor in article.actors]),
        (tables.actor_mentions, [row for actor in article.actors for row in _mention_rows(actor)]),
        (tables.events, [_event_row(event) for event in article.events]),
        (tables.event_participants, [row for event in article.events for row in _participant_rows(event)]),
        (tables.event_attributions, [row for event in article.events for row in _attribution_rows(event)]),
        (tables.quotations, [_quotation_row(quotation, article.text) for quotation in article.quotations]),
        (tables.places, [{"position": n} | _place_row(place) for n, place in enumerate(article.places)]),
        (tables.dates, [{"position": n} | _date_row(date) for n, date in enumerate(article.dates)]),
    ]


def _span(span: Span) -> Row:
    return {"start_char": span.start, "end_char": span.end}


def _entity_row(entity: Entity) -> Row:
    return _span(entity) | {
        "id": entity.id,
        "label": entity.label,
        "text": entity.text,
        "sentence": entity.sentence,
        "group_id": entity.group,
        "name": entity.name,
        "actor": entity.actor,
    }


def _actor_row(actor: Actor) -> Row:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind.value,
        "country": actor.country,
        "sectors": list(actor.sectors),
        "code": actor.code,
        "role": actor.role,
        "known_as": actor.known_as,
        "mentions": len(actor.mentions),
    }


def _mention_rows(actor: Actor) -> list[Row]:
    return [
        _span(mention) | {"actor": actor.id, "position": n, "text": mention.text}
        for n, mention in enumerate(actor.mentions)
    ]


def _event_row(event: Event) -> Row:
    date, place = event.date, event.place
    return _span(event.trigger) | {
        "id": event.id,
        "type": event.type.value,
        "plover": event.plover.value,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "quad_class": event.quad_class,
        "score": event.score,
        "trigger_text": event.trigger.text,
        "trigger_lemma": event.trigger.lemma,
        "sentence": event.sentence,
        "polarity": event.polarity.value,
        "modality": event.modality.value,
        "tense": event.tense.value,
        # Who says so in the end; those between are in event_attributions.
        "speaker": event.attribution[0].speaker if event.attribution else None,
        "attributions": len(event.attribution),
        "date_text": date.text if date else None,
        "date_from": date.start if date else None,
        "date_to": date.end if date else None,
        "place_text": place.text if place else None,
        "place_name": place.name if place else None,
        "place_country": place.country if place else None,
        "place_admin1": place.admin1 if place else None,
        "place_start": place.start if place else None,
        "place_end": place.end if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "geonames_id": place.geonames_id if place else None,
        "confidence": event.confidence,
        "rule": event.rule,
        "path": event.path,
    }


def _participant_rows(event: Event) -> list[Row]:
    parts = (("source", event.sources), ("target", event.targets), ("object", event.objects))
    return [
        _span(one) | {"event_id": event.id, "part": part, "position": n, "actor": one.actor, "text": one.text}
        for part, participants in parts
        for n, one in enumerate(participants)
    ]


def _attribution_rows(event: Event) -> list[Row]:
    return [
        _span(said) | {"event_id": event.id, "position": n, "speaker": said.speaker, "cue": said.cue}
        for n, said in enumerate(event.attribution)
    ]


def _quotation_row(quotation: Quotation, text: str) -> Row:
    speaker = quotation.speaker_span
    return _span(quotation) | {
        "id": quotation.id,
        "kind": quotation.kind.value,
        "speaker": quotation.speaker,
        "speaker_start": speaker.start if speaker else None,
        "speaker_end": speaker.end if speaker else None,
        "cue": quotation.cue,
        "text": text[quotation.start : quotation.end],
    }


def _place_row(place: Place) -> Row:
    return _span(place) | {
        "text": place.text,
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geonames_id": place.geonames_id,
    }


def _date_row(date: DateMention) -> Row:
    return _span(date) | {"text": date.text, "date_from": date.from_, "date_to": date.to}
