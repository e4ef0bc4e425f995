"""The table of topics: name, key, schema, partitions, retention and clean-up policy."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from schemas.article import RawArticle
from schemas.enriched import EnrichedArticle

_DAY = 24 * 60 * 60 * 1000
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `schema` is None where the value is bytes of any kind."""

    name: str
    kind: str
    key: str
    schema: type[BaseModel] | None
    partitions: int
    retention_ms: int
    cleanup_policy: str
    max_message_bytes: int
    meaning: str

    def config(self) -> dict[str, str]:
        """Topic configuration in Kafka's names."""
        return {
            "retention.ms": str(self.retention_ms),
            "cleanup.policy": self.cleanup_policy,
            "max.message.bytes": str(self.max_message_bytes),
        }


RAW = Topic(
    name="articles.raw",
    kind="raw-article",
    key="article id",
    schema=RawArticle,
    partitions=8,
    retention_ms=30 * _DAY,
    cleanup_policy="delete",
    max_message_bytes=_MIB,
    meaning="articles as they were fetched",
)
ENRICHED = Topic(
    name="articles.enriched",
    kind="enriched-article",
    key="article id",
    schema=EnrichedArticle,
    partitions=8,
    retention_ms=7 * _DAY,
    cleanup_policy="delete",
    # A record is up to eight times its article: text, sentences, and an entity for every few words.
    max_message_bytes=8 * _MIB,
    meaning="articles with their entities and events",
)
DEADLETTER = Topic(
    name="articles.deadletter",
    kind="dead-letter",
    key="the original's",
    schema=None,
    partitions=1,
    retention_ms=90 * _DAY,
    cleanup_policy="delete",
    # Room for the largest message of any topic and the headers that say why it is here.
    max_message_bytes=9 * _MIB,
    meaning="messages that could not be handled: original bytes, and why",
)

TOPICS = (RAW, ENRICHED, DEADLETTER)
