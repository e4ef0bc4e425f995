"""What the columns of the store mean: as the fields of the schema where they are those, and in words of its own."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, get_args

from pydantic import BaseModel
from sqlalchemy import Column

from schemas.enriched import EnrichedArticle, Entity
from schemas.events import Actor, DateMention, Event, Participant, Place, Quotation
from services.sink.stores import tables

Cells = tuple[str, str, str, str]

RECORDS: dict[str, type[BaseModel]] = {
    "articles": EnrichedArticle,
    "entities": Entity,
    "actors": Actor,
    "events": Event,
    "event_participants": Participant,
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
    "position": "Its number among others of its kind.",
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
    "cue": "The words that attribute it.",
    "confidence": "From 0 to 1.",
    "date_text": "The date as the article has it.",
    "date_from": "Start of the interval that the date means.",
    "date_to": "Its end, which is no longer in it.",
    "place_text": "The place as the article has it.",
    "place_name": "Its name in the gazetteer.",
    "name": "Its name in the gazetteer.",
    "admin1": "First division of the country.",
    "latitude": "Degrees north.",
    "longitude": "Degrees east.",
    "geonames_id": "Id in GeoNames.",
}
"""Of columns that the schema does not describe."""


def columns() -> dict[str, list[Cells]]:
    """Of each table, for each column: its name, its type, whether it may be null, what it means."""
    return {
        table.name: [_cells(table.name, column) for column in table.columns]
        for table in (tables.articles, *tables.FOUND)
    }


def _cells(table: str, column: Column[Any]) -> Cells:
    kind = "DATETIME" if isinstance(column.type, tables.UtcDateTime) else str(column.type)
    field = RECORDS[table].model_fields.get(column.name)
    meaning = (field and field.description) or MEANINGS.get(column.name, "")
    values = _values(field.annotation if field else None)
    # There are 16 types of events, which is no list for a cell.
    words = f"One of {', '.join(f'`{value}`' for value in values)}." if 0 < len(values) < 8 else ""
    return f"`{column.name}`", kind, "yes" if column.nullable else "", f"{meaning} {words}".strip()


def _values(annotation: Any) -> list[str]:
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return [member.value for member in kind]
    return []
