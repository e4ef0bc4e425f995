"""What the feed may expect of a producer: the fake of the unit tests and the client on real Kafka keep it alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from uuid import uuid4

import pytest
from kafka import KafkaConsumer, TopicPartition

from schemas.topics import RAW
from services.feed.connect import connect
from services.feed.publish import Message, Producer, Publisher
from services.feed.sources import Refusal
from services.kafka import KafkaConnection
from services.ops.topics import create_topics
from services.telemetry import Telemetry
from tests.unit.feed.fake_producer import FakeProducer

LIMIT = 100_000


@dataclass
class Bench:
    """A publisher, what it refused, and what is on the topic."""

    publisher: Publisher
    arrived: Callable[[], list[Message]]
    refused: list[Refusal] = field(default_factory=list)

    def send(self, *messages: Message) -> None:
        for message in messages:
            self.publisher.send(message)
        self.publisher.flush()


def bench(producer: Producer, topic: str, arrived: Callable[[], list[Message]]) -> Bench:
    refused: list[Refusal] = []
    publisher = Publisher(
        producer, topic, in_flight=50, deadline=20, telemetry=Telemetry("feed"), on_refused=refused.append
    )
    return Bench(publisher, arrived, refused)


def consumed(connection: KafkaConnection, topic: str) -> list[Message]:
    """All messages of a topic, those of a partition in order."""
    consumer = KafkaConsumer(**connection.kafka_python(), enable_auto_commit=False)
    partitions = [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic))]
    consumer.assign(partitions)
    consumer.seek_to_beginning()
    ends = consumer.end_offsets(partitions)
    found: list[Message] = []
    while any(consumer.position(partition) < ends[partition] for partition in partitions):
        for records in consumer.poll(timeout_ms=200).values():
            found += [Message("", record.value, record.key, list(record.headers)) for record in records]
    consumer.close()
    return found


@pytest.fixture(params=["fake", pytest.param("kafka", marks=pytest.mark.integration)])
def made(request: pytest.FixtureRequest) -> Iterator[Bench]:
    if request.param == "fake":
        fake = FakeProducer(limit=LIMIT)
        yield bench(fake, "topic", lambda: fake.messages)
        return
    connection = KafkaConnection(bootstrap=request.getfixturevalue("broker").bootstrap)
    topic = f"publisher-{uuid4()}"
    create_topics(connection, [replace(RAW, name=topic, partitions=3, max_message_bytes=LIMIT)])
    found = bench(
        connect(connection, topic, compression="gzip", deadline=20), topic, lambda: consumed(connection, topic)
    )
    yield found
    found.publisher.close()


def message(number: int, size: int = 10, key: bytes | None = b"a1") -> Message:
    return Message(f"a.jsonl:{number}", f"{number:03}".encode() + b"x" * size, key, [("ce_id", b"a1/1")])


def contents(messages: list[Message]) -> set[tuple[bytes, bytes | None, tuple[tuple[str, bytes], ...]]]:
    return {(found.value, found.key, tuple(found.headers)) for found in messages}


def test_publisher_message_arrives_with_key_and_headers(made: Bench) -> None:
    made.send(message(1))
    assert contents(made.arrived()) == contents([message(1)])


def test_publisher_message_without_key_arrives(made: Bench) -> None:
    made.send(Message("a.jsonl:1", b"\xff\0", None))
    assert contents(made.arrived()) == {(b"\xff\0", None, ())}


def test_publisher_message_without_content_arrives(made: Bench) -> None:
    made.send(Message("a.jsonl:1", b""))
    assert [found.value for found in made.arrived()] == [b""]


def test_publisher_counts_each_message_that_arrived(made: Bench) -> None:
    made.send(*(message(number, key=str(number).encode()) for number in range(200)))
    assert made.publisher.sent == len(made.arrived()) == 200


def test_publisher_messages_of_a_key_stay_in_order(made: Bench) -> None:
    sent = [message(number) for number in range(200)]
    made.send(*sent)
    assert [found.value for found in made.arrived()] == [found.value for found in sent]


def test_publisher_message_that_is_too_large_is_refused_with_its_place(made: Bench) -> None:
    made.send(message(1), message(2, size=LIMIT), message(3))
    assert [(refusal.place, f"the topic takes, {LIMIT} bytes" in refusal.reason) for refusal in made.refused] == [
        ("a.jsonl:2", True)
    ]


def test_publisher_message_that_is_too_large_does_not_hold_up_the_others(made: Bench) -> None:
    made.send(message(1), message(2, size=LIMIT), message(3))
    assert (contents(made.arrived()), made.publisher.sent) == (contents([message(1), message(3)]), 2)
