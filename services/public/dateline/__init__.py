"""Dateline for Python programs: the name that is installed for what they may use.

    from dateline import subscribe

    for article in subscribe("127.0.0.1:9092"):
        print(article.title)

Knows nothing: everything here is from elsewhere. ``services.subscribe`` says what it does.
"""

from schemas.enriched import EnrichedArticle
from services import __version__
from services.kafka import KafkaConnection
from services.subscribe import Subscription, subscribe

__all__ = ["EnrichedArticle", "KafkaConnection", "Subscription", "__version__", "subscribe"]
