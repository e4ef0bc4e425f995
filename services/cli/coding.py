"""The event coder in this process, for commands that look at it: the very records that a worker makes.

Knows how a coder is put together; which texts it reads, and what becomes of the records, the commands know.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.errors import Poison

if TYPE_CHECKING:
    from schemas.enriched import EnrichedArticle
    from services.enrich.near_misses import NearMiss
    from services.enrich.nlp.acts.pair import Pair
    from services.settings import Settings


class LocalCoder:
    """Loads the model and the lexicons once; raises SettingsError where the model is not there."""

    def __init__(self, settings: Settings) -> None:
        from services.enrich.handle import Handler
        from services.enrich.nlp.coder import load_knowledge
        from services.enrich.nlp.pipeline import load_pipeline
        from services.enrich.nlp.text.language import LanguageDetector

        self._knowledge = load_knowledge()
        self.frames = self._knowledge.frames
        self._nlp = load_pipeline(settings.model)
        self._handler = Handler(self._nlp, LanguageDetector(), self._knowledge, settings.max_text_chars)

    def records(self, values: Sequence[bytes], pairs: Sequence[Pair | None] = ()) -> list[EnrichedArticle | Poison]:
        """The record of each raw article in JSON, in order, or why it has none; `pairs` as for the handler."""
        from schemas.enriched import EnrichedArticle
        from services.enrich.outcome import Message

        outcomes = self._handler.handle([Message(value) for value in values], pairs)
        return [
            outcome if isinstance(outcome, Poison) else EnrichedArticle.model_validate_json(outcome.value)
            for outcome in outcomes
        ]

    def near_misses(self, article: EnrichedArticle) -> list[NearMiss]:
        """What in an article without an event might have been one."""
        from services.enrich.near_misses import near_misses
        from services.enrich.nlp.text.datelines import find_furniture
        from services.enrich.nlp.text.parsed_text import parsed_text

        furniture = find_furniture(article.text)
        doc = self._nlp(parsed_text(article.text, furniture))
        return near_misses(doc, self._knowledge, article.published_at, furniture)
