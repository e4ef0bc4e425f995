"""An enriched article: what was published, the exact text that offsets refer to, and what was found in it.

Value of ``articles.enriched``, a line of ``dateline annotate`` and a row of the store are this record.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from schemas.article import Identity
from schemas.events import Actor, DateMention, Event, Offset, Place, Quotation, Record, Span, TextSpan


class Skipped(StrEnum):
    """Why an article passed through without being read."""

    LANGUAGE = "language"
    RETRACTION = "retraction"


class LanguageSource(StrEnum):
    """Whether the publisher named the language, or it was recognised from the text."""

    DECLARED = "declared"
    DETECTED = "detected"


VALUE_LABELS = frozenset({"CARDINAL", "DATE", "MONEY", "ORDINAL", "PERCENT", "QUANTITY", "TIME"})
"""Labels of entities that are values and name nothing."""


class Entity(TextSpan):
    """A named entity as the model found it."""

    id: str
    label: str = Field(description="The model's label: PERSON, ORG, GPE, DATE, ...")
    sentence: Offset = Field(description="Index into `sentences`.")
    group: str = Field(description="Mentions of one thing share a group, e.g. 'Angela Merkel' and 'Merkel'.")
    name: str = Field(description="The fullest mention of the group.")
    actor: str | None = Field(default=None, description="Id of the actor it is a mention of.")


class ProducedBy(Record):
    """What made this record: change one of these, and the record may change."""

    dateline: str = Field(description="Version of Dateline.")
    model: str = Field(description="Name and version of the spaCy pipeline, and of spaCy.")
    coder: str | None = Field(default=None, description="Version of the event coder; null where none ran.")
    ontology: str | None = Field(default=None, description="Event ontology and its version.")
    host: str = ""


class EnrichedArticle(Identity):
    """A raw article's identity and all that enrichment found. The key is `id` in UTF-8."""

    language_source: LanguageSource | None = None
    skipped: Skipped | None = Field(default=None, description="Why nothing was looked for; null where it was.")
    duplicate_of: str | None = Field(default=None, description="Id of the article that this one repeats.")
    cluster: str | None = Field(default=None, description="Articles on the same happening share it.")
    text: str = Field(description="What all offsets index, in code points: title, blank line, body, normalised once.")
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateMention, ...] = ()
    produced_by: ProducedBy
    timings: dict[str, Annotated[float, Field(ge=0)]] = Field(default={}, description="Stage: seconds.")

    @model_validator(mode="after")
    def _offsets_cut_the_text(self) -> Self:
        for where, span in self._text_spans():
            if self.text[span.start : span.end] != span.text:
                raise ValueError(f"{where}: its offsets do not cut its text")
        for entity in self.entities:
            if entity.sentence >= len(self.sentences):
                raise ValueError(f"entity {entity.id}: there is no sentence {entity.sentence}")
        for event in self.events:
            if event.sentence >= len(self.sentences):
                raise ValueError(f"event {event.id}: there is no sentence {event.sentence}")
        last = max((span.end for span in (*self.sentences, *self.quotations)), default=0)
        if last > len(self.text):
            raise ValueError("the last sentence or quotation ends after the text")
        return self

    @model_validator(mode="after")
    def _actors_are_there(self) -> Self:
        known = {actor.id for actor in self.actors}
        for where, actor in self._actor_ids():
            if actor is not None and actor not in known:
                raise ValueError(f"{where}: there is no actor {actor}")
        return self

    def _text_spans(self) -> Iterator[tuple[str, TextSpan]]:
        yield from ((f"entity {entity.id}", entity) for entity in self.entities)
        yield from ((f"actor {actor.id}", mention) for actor in self.actors for mention in actor.mentions)
        yield from ((f"place {place.text!r}", place) for place in self.places)
        yield from ((f"date {date.text!r}", date) for date in self.dates)
        for event in self.events:
            for span in (event.trigger, *event.sources, *event.targets, *event.objects):
                yield f"event {event.id}", span

    def _actor_ids(self) -> Iterator[tuple[str, str | None]]:
        yield from ((f"entity {entity.id}", entity.actor) for entity in self.entities)
        yield from ((f"quotation {quotation.id}", quotation.speaker) for quotation in self.quotations)
        for event in self.events:
            for participant in (*event.sources, *event.targets, *event.objects):
                yield f"event {event.id}", participant.actor
            yield from ((f"event {event.id}", said.speaker) for said in event.attribution)
