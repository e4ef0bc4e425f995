"""Messages in, outcomes out: the whole of enrichment, with no Faust and no Kafka in it.

One outcome for each message, in order: the enriched record as it goes on the topic, or the Poison that makes it a
dead letter. Nothing else is caught: an error of ours ends the process, and the pool finds out which article did it.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from schemas.article import ArticleStatus, Identity, RawArticle
from schemas.deadletter import Reason
from schemas.enriched import EnrichedArticle, Entity, ProducedBy, Skipped
from schemas.events import Span
from schemas.topics import ENRICHED, RAW
from services import __version__
from services.decode import decode
from services.enrich.nlp.acts.pair import Pair
from services.enrich.nlp.coder import VERSION, Coded, Knowledge, code
from services.enrich.nlp.entities import sentences_and_entities
from services.enrich.nlp.pipeline import describe
from services.enrich.nlp.plover import ONTOLOGY
from services.enrich.nlp.syntax.tree import read_tree
from services.enrich.nlp.text.datelines import Furniture, find_furniture
from services.enrich.nlp.text.language import Language, LanguageDetector
from services.enrich.nlp.text.normalise import article_text
from services.enrich.nlp.text.parsed_text import parsed_text
from services.enrich.outcome import Enriched, Message, Outcome
from services.errors import Poison

_RESERVED = frozenset(EnrichedArticle.model_fields) | frozenset(RawArticle.model_fields)
_ROOM_FOR_HEADERS = 16 * 1024


@dataclass(slots=True)
class _Read:
    """An article on its way through: decoded, its language known, its text normalised."""

    article: RawArticle
    language: Language
    text: str
    furniture: tuple[Furniture, ...]
    skipped: Skipped | None
    decode_seconds: float
    nlp_seconds: float = 0.0
    pair: Pair | None = None


class Handler:
    """Turns messages into outcomes with one spaCy pipeline. Keep one per process."""

    def __init__(self, nlp: Pipeline, detector: LanguageDetector, knowledge: Knowledge, max_text_chars: int) -> None:
        """`knowledge` from load_knowledge; texts over `max_text_chars` code points are Poison."""
        self._nlp = nlp
        self._detector = detector
        self._max_text_chars = max_text_chars
        self._knowledge = knowledge
        self._produced_by = ProducedBy(
            dateline=__version__, model=describe(nlp), coder=VERSION, ontology=ONTOLOGY, host=platform.node()
        )

    def handle(self, messages: Sequence[Message], pairs: Sequence[Pair | None] = ()) -> list[Outcome]:
        """One outcome for each message, in order; `pairs`, one for each, are participants that are known."""
        steps = [self._read(message) for message in messages]
        for step, pair in zip(steps, pairs, strict=False):
            if isinstance(step, _Read):
                step.pair = pair
        to_read = [step for step in steps if isinstance(step, _Read) and step.skipped is None]
        finished: dict[int, Outcome] = {}
        # The zone lets go of the words of these texts: without it the vocabulary grows for ever.
        with self._nlp.memory_zone():
            for step, doc in zip(to_read, self._docs(to_read), strict=True):
                finished[id(step)] = self._finish(step, doc)
        return [
            step if isinstance(step, Poison) else finished.get(id(step)) or self._finish(step, None) for step in steps
        ]

    def _docs(self, steps: Sequence[_Read]) -> list[Doc]:
        before = time.perf_counter()
        texts = (parsed_text(step.text, step.furniture) for step in steps)
        docs = list(self._nlp.pipe(texts, batch_size=max(len(steps), 1)))
        # A batch goes through each component together: an article's share is by its length.
        seconds_per_char = (time.perf_counter() - before) / max(sum(len(step.text) for step in steps), 1)
        for step in steps:
            step.nlp_seconds = len(step.text) * seconds_per_char
        return docs

    def _read(self, message: Message) -> _Read | Poison:
        before = time.perf_counter()
        try:
            article = decode(RawArticle, RAW.kind, message.value, message.headers)
        except Poison as poison:
            return poison
        text = article_text(article.title, article.body)
        if len(text) > self._max_text_chars:
            return Poison(Reason.TOO_LARGE, f"the text has {len(text)} characters; the limit is {self._max_text_chars}")
        language = self._detector.detect(text, article.language)
        retracted = article.status is ArticleStatus.RETRACTION
        skipped = Skipped.RETRACTION if retracted else None if language.read else Skipped.LANGUAGE
        furniture = find_furniture(text) if skipped is None else ()
        return _Read(article, language, text, furniture, skipped, time.perf_counter() - before)

    def _finish(self, step: _Read, doc: Doc | None) -> Outcome:
        before = time.perf_counter()
        article = step.article
        sentences: tuple[Span, ...] = ()
        entities: tuple[Entity, ...] = ()
        coded = Coded()
        coded_at = before
        if doc is not None:
            sentences, entities = sentences_and_entities(doc, step.text)
            coded_at = time.perf_counter()
            tree = read_tree(doc, step.text)
            coded = code(tree, sentences, article.published_at, self._knowledge, step.furniture, step.pair)
            entities = tuple(
                entity.model_copy(update={"actor": actor}) if (actor := coded.actor_at.get(entity.start)) else entity
                for entity in entities
            )
        ended = time.perf_counter()
        timings = {"decode": step.decode_seconds, "nlp": step.nlp_seconds, "code": ended - coded_at}
        timings["records"] = coded_at - before
        record = EnrichedArticle.model_validate(
            _identity(article)
            | {
                "language": step.language.tag,
                "language_source": step.language.source,
                "skipped": step.skipped,
                "text": step.text,
                "sentences": sentences,
                "entities": entities,
                "actors": coded.actors,
                "events": coded.events,
                "quotations": coded.quotations,
                "places": coded.places,
                "dates": coded.dates,
                "produced_by": self._produced_by,
                "timings": {stage: round(seconds, 6) for stage, seconds in timings.items()},
            }
        )
        value = record.model_dump_json(by_alias=True).encode()
        if len(value) > ENRICHED.max_message_bytes - _ROOM_FOR_HEADERS:
            return Poison(Reason.TOO_LARGE, f"its record has {len(value)} bytes; {ENRICHED.name} takes fewer")
        return Enriched(article.id, article.version, value, step.skipped and step.skipped.value)


def _identity(article: RawArticle) -> dict[str, Any]:
    """What an enriched article takes over: the identity, and fields that no schema of ours knows."""
    extra = {name: value for name, value in (article.model_extra or {}).items() if name not in _RESERVED}
    return extra | {name: getattr(article, name) for name in Identity.model_fields}
