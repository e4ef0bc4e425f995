"""A topic of enriched articles for a test: put some there, subscribe to them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from kafka import KafkaProducer

from schemas.article import partition_key
from schemas.cloudevents import event_headers
from schemas.topics import ENRICHED
from services.broker.embedded import EmbeddedBroker
from services.kafka import KafkaConnection
from services.ops.topics import create_topics
from services.subscribe import Subscription, subscribe
from tests.articles import plain_article

START = datetime(2024, 5, 3, 12, tzinfo=UTC)


@dataclass
class Feed:
    """A topic of a test's own, and a way to put articles on it."""

    connection: KafkaConnection
    topic: str
    producer: KafkaProducer

    def put(self, *ids: str, partition: int = 0, at: datetime = START) -> None:
        for article_id in ids:
            self.put_bytes(plain_article(article_id).model_dump_json(by_alias=True).encode(), article_id, partition, at)

    def put_bytes(self, value: bytes, article_id: str = "x", partition: int = 0, at: datetime = START) -> None:
        self.producer.send(
            self.topic,
            value,
            key=partition_key(article_id),
            headers=event_headers(ENRICHED.kind, uuid.uuid4().hex, "/test", subject=article_id),
            partition=partition,
            timestamp_ms=int(at.timestamp() * 1000),
        ).get(60)

    def subscribe(self, **wishes: object) -> Subscription:
        return subscribe(self.connection, topic=self.topic, **({"until_end": True} | wishes))  # type: ignore[arg-type]

    def read(self, **wishes: object) -> list[str]:
        with self.subscribe(**wishes) as articles:
            return [article.id for article in articles]


@contextmanager
def feed_on(broker: EmbeddedBroker) -> Iterator[Feed]:
    connection = KafkaConnection(broker.bootstrap)
    prefix = f"s{uuid.uuid4().hex[:10]}."
    create_topics(connection, [ENRICHED], prefix, partitions=2)
    producer = KafkaProducer(**connection.kafka_python())
    yield Feed(connection, prefix + ENRICHED.name, producer)
    producer.close()
