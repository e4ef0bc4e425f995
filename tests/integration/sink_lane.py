"""A topic, its dead letters, a group and a store that one test of the sink has to itself."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic

from schemas.cloudevents import event_headers
from schemas.deadletter import DeadLetter
from schemas.enriched import EnrichedArticle
from services.health import Health
from services.kafka import KafkaConnection
from services.sink.batch import Totals
from services.sink.run import run
from services.sink.stores.url import open_store
from services.telemetry import Telemetry
from tests.articles import rich_article

DRIVER = Path(__file__).with_name("sink_driver.py")
PARTITIONS = 2


class Lane:
    """A topic, its dead letters, a group and a store that one test has to itself."""

    def __init__(self, bootstrap: str, folder: Path) -> None:
        name = uuid.uuid4().hex[:8]
        self.connection = KafkaConnection(bootstrap=bootstrap)
        self.topic, self.deadletter_topic, self.group = f"enriched-{name}", f"deadletter-{name}", f"sink-{name}"
        self.file = folder / "store.db"
        self.url = f"sqlite:///{self.file}"
        self.telemetry, self.health, self.stop = Telemetry("sink"), Health(), threading.Event()
        self.admin = KafkaAdminClient(**self.connection.kafka_python())
        self.producer = KafkaProducer(**self.connection.kafka_python())
        self.create(self.topic, PARTITIONS)
        self.create(self.deadletter_topic, 1)

    def create(self, topic: str, partitions: int) -> None:
        self.admin.create_topics([NewTopic(topic, partitions, 1)])
        self.admin.wait_for_topics([topic])

    def close(self) -> None:
        self.producer.close(timeout=5)
        self.admin.close()

    def send(self, value: bytes | None, key: bytes | None = None, partition: int = 0, **options: Any) -> int:
        sent = self.producer.send(self.topic, value=value, key=key, partition=partition, **options)
        offset: int = sent.get(timeout=10).offset
        return offset

    def feed(self, articles: Sequence[EnrichedArticle]) -> None:
        sent = [
            self.producer.send(
                self.topic,
                key=article.id.encode(),
                value=article.model_dump_json(by_alias=True).encode(),
                headers=event_headers("enriched-article", article.id, "/dateline/test", subject=article.id),
                partition=n % PARTITIONS,
            )
            for n, article in enumerate(articles)
        ]
        for future in sent:
            future.get(timeout=10)

    def sink(self, **changes: Any) -> Totals:
        """Run the sink until nothing more comes."""
        given: dict[str, Any] = {
            "connection": self.connection,
            "topic": self.topic,
            "deadletter_topic": self.deadletter_topic,
            "group": self.group,
            "telemetry": self.telemetry,
            "health": self.health,
            "batch_size": 100,
            "compression": "gzip",
            "stop": self.stop,
            "session_timeout_ms": 6000,
            "until_idle": 1.0,
        }
        with closing(open_store(self.url)) as store:
            return run(store=store, **(given | changes))

    def start(self, beside: ThreadPoolExecutor, **changes: Any) -> Future[Totals]:
        """Start the sink beside the test, and return when it is ready."""
        self.health = Health()
        running = beside.submit(self.sink, until_idle=None, **changes)
        eventually(lambda: running.done() or self.health.ready()[0])
        return running

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that is in the store, watermarks too."""
        with closing(sqlite3.connect(self.file)) as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608

    def ids(self) -> list[str]:
        return [row[0] for row in self.rows()["articles"]]

    def watermarks(self) -> dict[int, int]:
        with closing(sqlite3.connect(self.file)) as connection:
            return dict(connection.execute("SELECT partition, next_offset FROM watermarks").fetchall())

    def committed(self) -> dict[int, int]:
        offsets = self.admin.list_group_offsets({self.group: None})[self.group]
        return {partition.partition: found.offset for partition, found in offsets.items()}

    def members(self) -> int:
        return len(self.admin.describe_groups([self.group])[self.group]["members"])

    def dead_letters(self) -> list[DeadLetter]:
        consumer = KafkaConsumer(**self.connection.kafka_python(), auto_offset_reset="earliest")
        partition = TopicPartition(self.deadletter_topic, 0)
        consumer.assign([partition])
        end = consumer.end_offsets([partition])[partition]
        found: list[DeadLetter] = []
        while consumer.position(partition) < end:
            records = consumer.poll(timeout_ms=200).get(partition, [])
            found += [DeadLetter.from_message(record.key, record.value, record.headers) for record in records]
        consumer.close()
        return found

    def metric(self, name: str, **labels: str) -> float:
        return self.telemetry.registry.get_sample_value(name, labels) or 0.0

    def drive(self, point: str) -> subprocess.Popen[str]:
        command = [sys.executable, str(DRIVER), point, self.connection.bootstrap]
        return subprocess.Popen(
            [*command, self.topic, self.deadletter_topic, self.group, self.url], stdout=subprocess.PIPE, text=True
        )


def eventually(true: Callable[[], object], seconds: float = 15) -> None:
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            pytest.fail(f"not so after {seconds} s")
        time.sleep(0.05)


def articles(count: int, prefix: str = "a") -> list[EnrichedArticle]:
    return [rich_article(f"{prefix}{n:03}") for n in range(count)]
