"""What the columns of the store mean: as the fields of the schema where they are those, and in words of its own."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, get_args

from pydantic import BaseModel
from sqlalchemy import Column
from sqlalchemy.types import TypeEngine

from schemas.enriched import EnrichedArticle, Entity
from schemas.events import Actor, Attribution, DateMention, Event, Participant, Place, Quotation, TextSpan
from services.sink.stores import tables
from services.sink.stores.views import EVENT_ROWS, views

Cells = tuple[str, str, str, str]

RECORDS: dict[str, type[BaseModel]] = {
    "articles": EnrichedArticle,
    "entities": Entity,
    "actors": Actor,
    "actor_mentions": TextSpan,
    "events": Event,
    "event_participants": Participant,
    "event_attributions": Attribution,
    "quotations": Quotation,
    "places": Place,
    "dates": DateMention,
}
"""The record of the schema that a row of each table is."""

MEANINGS = {
    "id": "Tells it apart from others of its kind in the article.",
    "article_id": "Id of the article.",
    "version": "Version of the article.",
    "event_id": "Id of the event.",
    "start_char": "First code point in the article's text.",
    "end_char": "The code point after its last.",
    "position": "Its number among others of its kind, from 0.",
    "actor": "Id of an actor.",
    "text": "What the article says there.",
    "group_id": "Mentions of one thing share a group.",
    "entities": "How many were found.",
    "events": "How many were found.",
    "quotations": "How many were found.",
    "mentions": "How many were found.",
    "sentences": "How many were found.",
    "characters": "Length of the text, in code points.",
    "record": "The whole record but for its text, compressed.",
    "dateline": "Version of Dateline that made the row.",
    "model": "spaCy pipeline that read the article.",
    "coder": "Version of the event coder; null where none ran.",
    "ontology": "Event ontology and its version.",
    "part": "One of `source`, `target`, `object`.",
    "country": "ISO 3166-1 alpha-3.",
    "place_country": "ISO 3166-1 alpha-3.",
    "mode": "PLOVER's mode.",
    "contexts": "PLOVER's contexts.",
    "cameo": "CAMEO code.",
    "quad_class": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
    "score": "From conflict, below 0, to cooperation, above.",
    "trigger_text": "The words that carry the event.",
    "trigger_lemma": "Their lemma.",
    "speaker": "Who says so: id of an actor.",
    "attributions": "How many say so, one quoting the other.",
    "speaker_start": "First code point of who says so, where it is named there.",
    "speaker_end": "The code point after its last.",
    "cue": "The words that attribute it.",
    "confidence": "From 0 to 1.",
    "date_text": "The date as the article has it.",
    "date_from": "Start of the interval that the date means.",
    "date_to": "Its end, which is no longer in it.",
    "place_text": "The place as the article has it.",
    "place_name": "Its name in the gazetteer.",
    "place_admin1": "First division of its country.",
    "place_start": "First code point of the place.",
    "place_end": "The code point after its last.",
    "name": "Its name in the gazetteer.",
    "admin1": "First division of the country.",
    "latitude": "Degrees north.",
    "longitude": "Degrees east.",
    "geonames_id": "Id in GeoNames.",
}
"""Of columns that the schema does not describe."""

_IN_EVENT_ROWS = {
    "event_id": "Id of the event in its article.",
    "sources": "Names of those who act, as the article has them in full.",
    "source_codes": "Their codes, as `UKR GOV`; `-` where there is none.",
    "targets": "Names of those it is done to.",
    "target_codes": "Their codes.",
    "objects": "Means, or the thing moved.",
    "speakers": "Who says so, the outermost first; empty for the paper's own.",
    "contexts": "PLOVER's contexts, as a list in JSON.",
    "publisher": "The article's `source`.",
}


def columns() -> dict[str, list[Cells]]:
    """Of each table, for each column: its name, its type, whether it may be null, what it means."""
    return {
        table.name: [_cells(table.name, column) for column in table.columns]
        for table in (tables.articles, *tables.FOUND)
    }


def event_rows() -> list[tuple[str, str, str]]:
    """Of each column of the view ``event_rows``: its name, its type, what it means."""
    shown = views()[EVENT_ROWS].selected_columns
    return [(f"`{column.name}`", _kind(column.type), _meaning_in_view(str(column.name))) for column in shown]


def _meaning_in_view(name: str) -> str:
    if name in _IN_EVENT_ROWS:
        return _IN_EVENT_ROWS[name]
    table = "events" if name in tables.events.c else "articles"
    return _cells(table, tables.metadata.tables[table].c[name])[3]


def _kind(of: TypeEngine[Any]) -> str:
    return "DATETIME" if isinstance(of, tables.UtcDateTime) else str(of)


def _cells(table: str, column: Column[Any]) -> Cells:
    field = RECORDS[table].model_fields.get(column.name)
    meaning = (field and field.description) or MEANINGS.get(column.name, "")
    values = _values(field.annotation if field else None)
    # There are 16 types of events, which is no list for a cell.
    words = f"One of {', '.join(f'`{value}`' for value in values)}." if 0 < len(values) < 8 else ""
    return f"`{column.name}`", _kind(column.type), "yes" if column.nullable else "", f"{meaning} {words}".strip()


def _values(annotation: Any) -> list[str]:
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return [member.value for member in kind]
    return []
