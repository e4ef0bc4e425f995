"""A message of ``articles.enriched`` becomes an enriched article, or Poison. Pure: no client, no log, no metric."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.enriched import EnrichedArticle
from schemas.topics import ENRICHED
from services.decode import check_key, decode


def decode_enriched(
    key: bytes | None, value: bytes | None, headers: Iterable[tuple[str, bytes | None]]
) -> EnrichedArticle:
    """The article in a message. Raises Poison: EMPTY, UNSUPPORTED_VERSION, NOT_JSON or INVALID.

    A key that is not the article's id is INVALID: versions of one article would lie on several partitions, where
    nothing keeps them in order.
    """
    article = decode(EnrichedArticle, ENRICHED.kind, value, headers)
    check_key(key, article.id)
    return article
