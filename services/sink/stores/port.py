"""What every store can do. A contract suite holds each implementation to it (tests/contract/test_store.py).

A store knows nothing of Kafka's clients: a topic is three strings, a partition and an offset are numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from schemas.enriched import EnrichedArticle


class TopicKey(NamedTuple):
    """A topic, apart from all others: its name alone would not do, as a store may outlive its broker.

    `uuid` is what the broker gave the topic when it was created, empty where the broker gives none: a topic that was
    deleted and created anew has the same name, starts at offset 0 again, and is another one.
    """

    cluster_id: str
    name: str
    uuid: str = ""


class Located(NamedTuple):
    """An article and where in the topic it was."""

    partition: int
    offset: int
    article: EnrichedArticle


class Store(Protocol):
    """Rows of articles, and per partition the watermark: the offset of the first message that is not in the store.

    Every method may raise Transient (locked, unreachable, disk full); then nothing has changed. Whatever else goes
    wrong propagates.
    """

    def watermark(self, topic: TopicKey, partition: int) -> int | None:
        """First offset that is not in the store; None where it has nothing of this topic's partition."""
        ...

    def write(self, topic: TopicKey, located: Sequence[Located], ends: Mapping[int, int]) -> list[Located]:
        """Write articles, and the new watermark of each partition in `ends`, in one transaction that is durable.

        Every partition of an article is in `ends`, and its offset lies below the end. Articles below the present
        watermark are passed over, and no watermark moves backwards: another process was here. An article of the same
        id and version as a stored one replaces it with all that belongs to it.

        Returns the articles that went in by this call. Raises Poison(REFUSED_BY_STORE) where the database refuses an
        article for what is in it; then nothing has been written, and whichever it was shows when each is tried alone.
        """
        ...

    def read(self, article_id: str, version: int) -> EnrichedArticle | None:
        """The record as it was written, None where there is none."""
        ...

    def forget(self, cluster_id: str, topic: str) -> int:
        """Drop the watermarks of a topic, so that it is read from its start again. Returns how many there were."""
        ...

    def close(self) -> None:
        """Give back what is held. The store is not used after this."""
        ...
