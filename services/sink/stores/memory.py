"""The port on a dictionary: a fake for tests, held to the same contract as the real stores. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.deadletter import Reason
from schemas.enriched import EnrichedArticle
from services.errors import Poison
from services.sink.stores.port import Located, TopicKey


class MemoryStore:
    """A store that forgets. Refuses what the tables would: two things of one kind with the same id."""

    def __init__(self) -> None:
        self.articles: dict[tuple[str, int], EnrichedArticle] = {}
        self.watermarks: dict[tuple[str, str], dict[int, tuple[str, int]]] = {}

    def watermark(self, topic: TopicKey, partition: int) -> int | None:
        """See the port."""
        uuid, offset = self.watermarks.get(topic[:2], {}).get(partition, (None, 0))
        return offset if uuid == topic.uuid else None

    def write(self, topic: TopicKey, located: Sequence[Located], ends: Mapping[int, int]) -> list[Located]:
        """See the port."""
        fresh = [one for one in located if one.offset >= (self.watermark(topic, one.partition) or 0)]
        for one in fresh:
            _check(one.article)
        self.articles |= {(one.article.id, one.article.version): one.article for one in fresh}
        for partition, end in ends.items():
            mark = self.watermark(topic, partition)
            if mark is None or end > mark:
                self.watermarks.setdefault(topic[:2], {})[partition] = (topic.uuid, end)
        return fresh

    def read(self, article_id: str, version: int) -> EnrichedArticle | None:
        """See the port."""
        return self.articles.get((article_id, version))

    def forget(self, cluster_id: str, topic: str) -> int:
        """See the port."""
        return len(self.watermarks.pop((cluster_id, topic), {}))

    def close(self) -> None:
        """See the port."""


def _check(article: EnrichedArticle) -> None:
    for found in (article.entities, article.actors, article.events, article.quotations):
        ids = [one.id for one in found]
        if len(ids) != len(set(ids)):
            raise Poison(Reason.REFUSED_BY_STORE, "two of a kind have the same id")
