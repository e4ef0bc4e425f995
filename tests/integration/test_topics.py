from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata

from schemas.topics import DEADLETTER, ENRICHED, RAW, TOPICS
from services.broker.embedded import EmbeddedBroker
from services.errors import SettingsError, UserError
from services.kafka import KafkaConnection
from services.ops import topics
from services.ops.topics import (
    TopicReport,
    TopicState,
    committed,
    create_topics,
    describe,
    end_offsets,
    held_client,
    lag,
)

pytestmark = pytest.mark.integration


@pytest.fixture
def connection(broker: EmbeddedBroker) -> KafkaConnection:
    return KafkaConnection(broker.bootstrap)


@pytest.fixture
def prefix() -> str:
    return f"t{uuid.uuid4().hex[:10]}."


@pytest.fixture
def producer(connection: KafkaConnection) -> Iterator[KafkaProducer]:
    producer = KafkaProducer(**connection.kafka_python())
    yield producer
    producer.close()


def test_topics_are_created_in_the_order_of_the_table(connection: KafkaConnection, prefix: str) -> None:
    reports = create_topics(connection, prefix=prefix)

    assert reports == [TopicReport(prefix + topic.name, TopicState.CREATED) for topic in TOPICS]


def test_topics_have_the_partitions_of_the_table(connection: KafkaConnection, prefix: str) -> None:
    create_topics(connection, prefix=prefix)

    assert [len(topic.end) for topic in describe(connection, prefix=prefix)] == [t.partitions for t in TOPICS]


def test_topics_that_are_as_in_the_table_existed(connection: KafkaConnection, prefix: str) -> None:
    create_topics(connection, prefix=prefix)

    again = create_topics(connection, prefix=prefix)

    assert again == [TopicReport(prefix + topic.name, TopicState.EXISTED) for topic in TOPICS]


def test_topics_that_are_missing_are_made_beside_those_that_exist(connection: KafkaConnection, prefix: str) -> None:
    create_topics(connection, [RAW], prefix)

    reports = create_topics(connection, [RAW, ENRICHED], prefix)

    assert [report.state for report in reports] == [TopicState.EXISTED, TopicState.CREATED]


def test_topics_of_another_number_of_partitions_differ(connection: KafkaConnection, prefix: str) -> None:
    create_topics(connection, [RAW], prefix, partitions=2)

    (report,) = create_topics(connection, [RAW], prefix)

    assert report == TopicReport(prefix + RAW.name, TopicState.DIFFERS, ("partitions: 2, not 8",))


def test_topics_of_another_configuration_differ(connection: KafkaConnection, prefix: str) -> None:
    create_topics(connection, [replace(RAW, retention_ms=1000, cleanup_policy="compact")], prefix)

    (report,) = create_topics(connection, [RAW], prefix)

    assert report.differences == ("retention.ms: 1000, not 2592000000", "cleanup.policy: compact, not delete")


def test_topics_that_differ_are_left_as_they_are(connection: KafkaConnection, prefix: str) -> None:
    create_topics(connection, [RAW], prefix, partitions=2)
    create_topics(connection, [RAW], prefix)

    assert len(end_offsets(connection, prefix + RAW.name)) == 2


def test_topics_of_too_many_replicas_are_refused_by_name(connection: KafkaConnection, prefix: str) -> None:
    with pytest.raises(UserError, match=rf"topic {prefix}articles.raw cannot be made: .*replicat"):
        create_topics(connection, prefix=prefix, replication_factor=3)


def test_topics_describe_leaves_out_what_is_not_there(connection: KafkaConnection, prefix: str) -> None:
    create_topics(connection, [DEADLETTER], prefix)

    assert [topic.name for topic in describe(connection, prefix=prefix)] == [prefix + DEADLETTER.name]


def test_topics_end_offsets_count_what_was_written(
    connection: KafkaConnection, prefix: str, producer: KafkaProducer
) -> None:
    create_topics(connection, [RAW], prefix, partitions=2)
    for partition in (0, 0, 1):
        producer.send(prefix + RAW.name, b"x", partition=partition).get(10)

    assert end_offsets(connection, prefix + RAW.name) == {0: 2, 1: 1}


def test_topics_end_offsets_of_no_topic_are_empty(connection: KafkaConnection, prefix: str) -> None:
    assert end_offsets(connection, prefix + "none") == {}


def test_topics_lag_is_what_a_group_has_not_committed(
    connection: KafkaConnection, prefix: str, producer: KafkaProducer
) -> None:
    topic = prefix + RAW.name
    create_topics(connection, [RAW], prefix, partitions=2)
    for partition in (0, 0, 0, 1):
        producer.send(topic, b"x", partition=partition).get(10)
    consumer = KafkaConsumer(**connection.kafka_python(), group_id=prefix + "g", enable_auto_commit=False)
    consumer.commit({TopicPartition(topic, 0): OffsetAndMetadata(2, "", -1)})
    consumer.close()

    assert committed(connection, prefix + "g", topic) == {0: 2}
    assert lag(connection, prefix + "g", topic) == {0: 1, 1: 1}


def test_topics_are_asked_by_a_held_client_without_connecting_anew(
    connection: KafkaConnection, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = prefix + RAW.name
    create_topics(connection, [RAW], prefix, partitions=1)
    with held_client(connection) as client:
        monkeypatch.delattr(topics, "connect")

        assert lag(connection, prefix + "nobody", topic, client=client) == {0: 0}
        assert end_offsets(connection, topic, client=client) == {0: 0}


def test_topics_lag_of_an_unknown_group_is_all_there_is(
    connection: KafkaConnection, prefix: str, producer: KafkaProducer
) -> None:
    create_topics(connection, [RAW], prefix, partitions=1)
    producer.send(prefix + RAW.name, b"x").get(10)

    assert lag(connection, prefix + "nobody", prefix + RAW.name) == {0: 1}


def test_topics_name_the_setting_when_no_broker_answers(unused_tcp_port: int) -> None:
    with pytest.raises(SettingsError, match=r"no Kafka answers at 127\.0\.0\.1") as raised:
        create_topics(KafkaConnection(f"127.0.0.1:{unused_tcp_port}"), deadline=1)

    assert raised.value.setting == "DATELINE_KAFKA_BOOTSTRAP"
