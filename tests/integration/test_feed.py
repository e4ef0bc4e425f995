"""The feed on real Kafka: what it does when the broker is away, dies, or lacks the topic."""

from __future__ import annotations

import gc
import json
import threading
import time
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from kafka import KafkaConsumer, TopicPartition

from schemas.topics import RAW
from services.broker.embedded import EmbeddedBroker
from services.broker.jars import default_jar_dir
from services.errors import SettingsError, UserError
from services.feed.run import feed
from services.feed.send import Sending
from services.feed.verbatim import feed_verbatim
from services.kafka import KafkaConnection
from services.ops.topics import create_topics
from services.telemetry import Telemetry

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def own_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedBroker]:
    """One that may be killed; each test leaves it running."""
    broker = EmbeddedBroker(tmp_path_factory.mktemp("kafka"), default_jar_dir())
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def let_go() -> Iterator[None]:
    """The client leaves sockets of refused connections to the garbage collector, which would blame a later test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


refused_sockets = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


def made_topic(connection: KafkaConnection, **changes: Any) -> str:
    topic = f"feed-{uuid4()}"
    create_topics(connection, [replace(RAW, name=topic, **changes)])
    return topic


def written(folder: Path, count: int, versions: int = 1) -> Path:
    path = folder / "a.jsonl"
    records = (
        {"id": f"a{number}", "version": version + 1, "title": "T"}
        for version in range(versions)
        for number in range(count)
    )
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    return path


def values(connection: KafkaConnection, topic: str) -> list[bytes]:
    consumer = KafkaConsumer(**connection.kafka_python(), enable_auto_commit=False)
    partitions = [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic))]
    consumer.assign(partitions)
    consumer.seek_to_beginning()
    ends = consumer.end_offsets(partitions)
    found: list[bytes] = []
    while any(consumer.position(partition) < ends[partition] for partition in partitions):
        found += [record.value for records in consumer.poll(timeout_ms=200).values() for record in records]
    consumer.close()
    return found


@refused_sockets
@pytest.mark.usefixtures("let_go")
def test_feed_broker_that_dies_and_comes_back_loses_doubles_and_reorders_nothing(
    own_broker: EmbeddedBroker, tmp_path: Path
) -> None:
    connection = KafkaConnection(own_broker.bootstrap)
    topic = made_topic(connection)

    def die_and_come_back() -> None:
        own_broker.kill()
        own_broker.start()

    killing = threading.Timer(0.5, die_and_come_back)
    killing.start()
    summary = feed(
        [written(tmp_path, 100, versions=30)],
        connection=connection,
        topic=topic,
        telemetry=Telemetry("feed"),
        sending=Sending(deadline=60, rate=1500),
    )
    killing.join()

    found = [json.loads(value) for value in values(connection, topic)]
    assert summary.sent == len(found) == 3000
    assert [[article["version"] for article in found if article["id"] == f"a{n}"] for n in range(100)] == [
        list(range(1, 31))
    ] * 100


@refused_sockets
@pytest.mark.usefixtures("let_go")
def test_feed_broker_that_stays_away_ends_it_with_the_setting_to_look_at(
    own_broker: EmbeddedBroker, tmp_path: Path
) -> None:
    connection = KafkaConnection(own_broker.bootstrap)
    topic = made_topic(connection)
    telemetry = Telemetry("feed")
    killing = threading.Timer(0.5, own_broker.kill)
    killing.start()
    start = time.monotonic()

    with pytest.raises(SettingsError, match="DATELINE_KAFKA_BOOTSTRAP"):
        feed(
            [written(tmp_path, 3000)],
            connection=connection,
            topic=topic,
            telemetry=telemetry,
            sending=Sending(deadline=4, rate=1000),
        )

    seconds = time.monotonic() - start
    killing.join()
    own_broker.start()
    sent = telemetry.registry.get_sample_value("dateline_articles_total", {"stage": "feed", "outcome": "sent"}) or 0
    assert sent <= len(values(connection, topic)) < 3000
    assert seconds < 15


@refused_sockets
@pytest.mark.usefixtures("let_go")
def test_feed_broker_that_is_not_there_is_told_within_the_deadline(tmp_path: Path) -> None:
    start = time.monotonic()
    with pytest.raises(SettingsError, match="DATELINE_KAFKA_BOOTSTRAP"):
        feed(
            [written(tmp_path, 1)],
            connection=KafkaConnection("127.0.0.1:1"),
            topic="topic",
            telemetry=Telemetry("feed"),
            sending=Sending(deadline=1),
        )
    assert time.monotonic() - start < 5


def test_feed_topic_that_is_not_there_is_told_at_once(own_broker: EmbeddedBroker, tmp_path: Path) -> None:
    start = time.monotonic()
    with pytest.raises(UserError, match="there is no topic nowhere"):
        feed(
            [written(tmp_path, 1)],
            connection=KafkaConnection(own_broker.bootstrap),
            topic="nowhere",
            telemetry=Telemetry("feed"),
        )
    assert time.monotonic() - start < 5


def test_feed_topic_with_a_lower_limit_refuses_only_what_is_over_it(own_broker: EmbeddedBroker, tmp_path: Path) -> None:
    connection = KafkaConnection(own_broker.bootstrap)
    topic = made_topic(connection, max_message_bytes=5000)
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"title": "T", "body": "é" * size}) + "\n" for size in (10, 9000, 20)))

    summary = feed([path], connection=connection, topic=topic, telemetry=Telemetry("feed"))

    assert (summary.sent, summary.refused, len(values(connection, topic))) == (2, 1, 2)


def test_feed_verbatim_puts_broken_lines_on_the_topic_as_they_are(own_broker: EmbeddedBroker, tmp_path: Path) -> None:
    connection = KafkaConnection(own_broker.bootstrap)
    topic = made_topic(connection, partitions=1)
    lines = [b"{", b"\xff\0", b"", b'{"title": "T"}']
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([*lines, b"x" * 2_000_000, b""]))

    summary = feed_verbatim([tmp_path / "a.jsonl"], connection=connection, topic=topic, telemetry=Telemetry("feed"))

    assert (values(connection, topic), summary.sent, summary.refused) == (lines, 4, 1)


@pytest.mark.parametrize("compression", ["none", "gzip"])
def test_feed_keeps_up_with_many_articles(own_broker: EmbeddedBroker, tmp_path: Path, compression: str) -> None:
    connection = KafkaConnection(own_broker.bootstrap)
    topic = made_topic(connection)

    summary = feed(
        [written(tmp_path, 5000)],
        connection=connection,
        topic=topic,
        telemetry=Telemetry("feed"),
        sending=Sending(compression=compression),
    )

    assert summary.sent == 5000
    assert summary.seconds < 20


@pytest.mark.parametrize("compression", ["lz4", "zstd"])
def test_feed_compression_that_is_not_installed_is_told(
    own_broker: EmbeddedBroker, tmp_path: Path, compression: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"services.feed.connect.has_{compression}", lambda: False)
    with pytest.raises(SettingsError, match="DATELINE_COMPRESSION"):
        feed(
            [written(tmp_path, 1)],
            connection=KafkaConnection(own_broker.bootstrap),
            topic="topic",
            telemetry=Telemetry("feed"),
            sending=Sending(compression=compression),
        )


def test_feed_leaves_no_connection_and_no_thread_behind(own_broker: EmbeddedBroker, tmp_path: Path) -> None:
    connection = KafkaConnection(own_broker.bootstrap)
    topic = made_topic(connection)
    before = threading.active_count()

    feed([written(tmp_path, 10)], connection=connection, topic=topic, telemetry=Telemetry("feed"))

    gc.collect()  # a socket that was left open would warn here, and warnings are errors
    assert threading.active_count() == before
