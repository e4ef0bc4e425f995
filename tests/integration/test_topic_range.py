from __future__ import annotations

from contextlib import closing
from uuid import uuid4

import pytest
from kafka import KafkaProducer

from schemas.topics import RAW
from services.broker.embedded import EmbeddedBroker
from services.connect import connect
from services.kafka import KafkaConnection
from services.ops.topics import create_topics, describe
from services.topic_range import read_range

pytestmark = pytest.mark.integration


@pytest.fixture
def connection(broker: EmbeddedBroker) -> KafkaConnection:
    return KafkaConnection(broker.bootstrap)


@pytest.fixture
def topic(connection: KafkaConnection) -> str:
    prefix = f"g{uuid4().hex[:8]}."
    create_topics(connection, [RAW], prefix, partitions=2)
    return prefix + RAW.name


def put(connection: KafkaConnection, topic: str, *values: bytes, partition: int = 0) -> None:
    with closing(connect(KafkaProducer, connection)) as producer:
        for value in values:
            producer.send(topic, value=value, partition=partition).get(30)


def test_topic_range_has_every_message_of_every_partition(connection: KafkaConnection, topic: str) -> None:
    put(connection, topic, b"a", b"b")
    put(connection, topic, b"c", partition=1)

    assert sorted(message.value for message in read_range(connection, topic)) == [b"a", b"b", b"c"]


def test_topic_range_begins_where_it_is_told(connection: KafkaConnection, topic: str) -> None:
    put(connection, topic, b"a", b"b")

    assert [message.value for message in read_range(connection, topic, {0: 1})] == [b"b"]


def test_topic_range_ends_where_the_end_was_when_it_began(connection: KafkaConnection, topic: str) -> None:
    put(connection, topic, b"a", b"b")

    found = read_range(connection, topic)
    first = next(found)
    put(connection, topic, b"late")

    assert [first.value, *(message.value for message in found)] == [b"a", b"b"]


def test_topic_range_of_a_topic_that_is_not_there_is_empty_and_makes_none(
    connection: KafkaConnection,
) -> None:
    prefix = f"g{uuid4().hex[:8]}."

    assert list(read_range(connection, prefix + RAW.name)) == []
    assert describe(connection, [RAW], prefix) == []
