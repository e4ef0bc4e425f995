"""The sink on a real broker and a real SQLite file: what it promises when everything goes wrong around it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest
import structlog
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, OffsetAndMetadata, TopicPartition
from kafka.admin import NewTopic
from kafka.errors import KafkaError

from schemas.cloudevents import event_headers
from schemas.deadletter import DeadLetter, Reason, Stage
from schemas.enriched import EnrichedArticle
from services.errors import UserError
from services.health import Health
from services.kafka import KafkaConnection
from services.sink.batch import Totals
from services.sink.run import run, topic_key
from services.sink.stores.url import open_store
from services.telemetry import Telemetry
from tests.articles import plain_article, rich_article

pytestmark = pytest.mark.integration

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


@pytest.fixture
def lane(broker: Any, tmp_path: Path) -> Iterator[Lane]:
    made = Lane(broker.bootstrap, tmp_path)
    yield made
    made.close()


@pytest.fixture
def beside(lane: Lane) -> Iterator[ThreadPoolExecutor]:
    """Runs a sink beside the test, until the test is over."""
    with ThreadPoolExecutor() as executor:
        yield executor
        lane.stop.set()


def eventually(true: Callable[[], object], seconds: float = 15) -> None:
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            pytest.fail(f"not so after {seconds} s")
        time.sleep(0.05)


def articles(count: int, prefix: str = "a") -> list[EnrichedArticle]:
    return [rich_article(f"{prefix}{n:03}") for n in range(count)]


def test_sink_writes_each_article_once(lane: Lane) -> None:
    lane.feed(articles(30))

    totals = lane.sink(batch_size=7)

    assert totals == Totals(stored=30)
    assert lane.ids() == [f"a{n:03}" for n in range(30)]


def test_sink_commits_to_kafka_what_the_store_has(lane: Lane) -> None:
    lane.feed(articles(5))

    lane.sink()

    assert lane.committed() == lane.watermarks() == {0: 3, 1: 2}


def test_sink_counts_each_message_once(lane: Lane) -> None:
    lane.feed(articles(5))
    lane.send(b"no json")

    lane.sink()

    assert lane.metric("dateline_articles_total", stage="sink", outcome="stored") == 5
    assert lane.metric("dateline_articles_total", stage="sink", outcome="dead_letter") == 1
    assert lane.metric("dateline_feed_to_row_seconds_count") == 5


def test_sink_changes_nothing_when_a_message_comes_twice(lane: Lane) -> None:
    lane.feed(articles(4))
    lane.sink()
    before = lane.rows()
    lane.feed(articles(4))

    lane.sink()

    after = lane.rows()
    assert after.pop("watermarks") != before.pop("watermarks")
    assert after == before


def test_sink_goes_on_where_the_store_ends_whatever_kafka_believes(lane: Lane) -> None:
    lane.feed(articles(4))
    lane.sink()
    lane.feed(articles(3, "b"))

    # A group that Kafka has never seen.
    assert lane.sink(group=f"{lane.group}-other") == Totals(stored=3)


def test_sink_reads_all_for_a_new_store_whatever_kafka_believes(lane: Lane) -> None:
    lane.feed(articles(4))
    lane.sink()
    lane.file.unlink()

    assert lane.sink() == Totals(stored=4)


def test_sink_killed_between_the_two_commits_leaves_nothing_double(lane: Lane) -> None:
    lane.feed(articles(20))
    with lane.drive("before_commit") as killed:
        killed.communicate(timeout=30)
    assert killed.returncode == -signal.SIGKILL
    written = len(lane.ids())
    assert written > 0
    assert set(lane.committed().values()) <= {0}

    totals = lane.sink()

    assert totals == Totals(stored=20 - written)
    assert lane.ids() == [f"a{n:03}" for n in range(20)]
    assert lane.committed() == lane.watermarks() == {0: 10, 1: 10}


def test_sink_that_lost_its_session_changes_nothing_when_it_comes_back(lane: Lane) -> None:
    lane.feed(articles(20))
    with lane.drive("before_write") as zombie:
        eventually(lambda: psutil.Process(zombie.pid).status() == psutil.STATUS_STOPPED, 30)
        # Comes first in the group when the session of the stopped one is over.
        lane.sink(until_idle=1)
        lane.feed([rich_article("a000", cluster="anew")])
        lane.sink(until_idle=1)
        before = lane.rows()

        # Once for the batch that it holds, and once more for each it reads.
        ends = time.monotonic() + 30
        while zombie.poll() is None and time.monotonic() < ends:
            os.kill(zombie.pid, signal.SIGCONT)
            time.sleep(0.05)
        stored = zombie.communicate()[0]

    assert stored.splitlines()[-1] == "0"
    assert lane.rows() == before


def test_sink_shares_a_topic_with_another(lane: Lane, beside: ThreadPoolExecutor) -> None:
    lane.feed(articles(40))
    both: list[Future[Totals]] = [
        beside.submit(lane.sink, telemetry=Telemetry("sink"), health=Health(), until_idle=None) for _ in range(2)
    ]
    eventually(lambda: lane.file.exists() and lane.members() == 2)
    lane.feed(articles(40, "b"))
    eventually(lambda: len(lane.ids()) == 80)

    lane.stop.set()

    assert sum(one.result(timeout=10).stored for one in both) == 80


POISON = {
    "no value": (None, b"a1", Reason.EMPTY),
    "no json": (b"\xff\x00", b"a1", Reason.NOT_JSON),
    "another record": (b'{"id": "a1"}', b"a1", Reason.INVALID),
    "another key": (plain_article("a1").model_dump_json().encode(), b"a2", Reason.INVALID),
}


@pytest.mark.parametrize(("value", "key", "reason"), POISON.values(), ids=POISON)
def test_sink_makes_poison_a_dead_letter(lane: Lane, value: bytes | None, key: bytes | None, reason: Reason) -> None:
    offset = lane.send(value, key, headers=[("x", b"\x00y"), ("x", b"twice")])
    lane.feed(articles(2))

    totals = lane.sink()

    assert totals == Totals(stored=2, dead_letters=1)
    (letter,) = lane.dead_letters()
    assert (letter.reason, letter.stage, letter.topic, letter.offset) == (reason, Stage.SINK, lane.topic, offset)
    assert (letter.key, letter.value or None) == (key, value)
    assert letter.headers == (("x", b"\x00y"), ("x", b"twice"))


def test_sink_makes_an_article_that_the_store_refuses_a_dead_letter(lane: Lane) -> None:
    entity = rich_article().entities[0]
    lane.feed([*articles(3), rich_article("refused", entities=(entity, entity)), *articles(3, "b")])

    totals = lane.sink()

    assert totals == Totals(stored=6, dead_letters=1)
    assert [(letter.key, letter.reason) for letter in lane.dead_letters()] == [(b"refused", Reason.REFUSED_BY_STORE)]
    assert lane.watermarks() == {0: 4, 1: 3}


def test_sink_ends_when_a_dead_letter_cannot_be_written(lane: Lane) -> None:
    lane.feed(articles(1))
    lane.send(b"no json")

    with pytest.raises(KafkaError):
        lane.sink(deadletter_topic=f"{lane.topic}-missing")

    assert lane.ids() == []
    assert 2 not in lane.watermarks().values()


def test_sink_waits_for_a_locked_store_and_goes_on(lane: Lane, beside: ThreadPoolExecutor) -> None:
    running = lane.start(beside)
    with closing(sqlite3.connect(lane.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        lane.feed(articles(4))

        eventually(lambda: lane.health.ready() == (False, "waiting for the store"))
        time.sleep(7)  # longer than the session

        assert lane.members() == 1
        assert lane.metric("dateline_retries_total", stage="sink") >= 2
        assert set(lane.committed().values()) <= {0}
        other.execute("ROLLBACK")

    eventually(lambda: len(lane.ids()) == 4)
    eventually(lambda: lane.health.ready()[0])
    lane.stop.set()
    assert running.result(timeout=10) == Totals(stored=4)


def test_sink_stops_within_seconds_while_the_store_is_locked(lane: Lane, beside: ThreadPoolExecutor) -> None:
    running = lane.start(beside)
    with closing(sqlite3.connect(lane.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        lane.feed(articles(4))
        eventually(lambda: not lane.health.ready()[0])

        lane.stop.set()

        assert running.result(timeout=10) == Totals()


def test_sink_leaves_its_group_when_it_is_stopped(lane: Lane, beside: ThreadPoolExecutor) -> None:
    running = lane.start(beside)

    began = time.monotonic()
    lane.stop.set()
    running.result(timeout=10)

    assert time.monotonic() - began < 5
    assert lane.members() == 0


def test_sink_is_not_ready_before_it_has_its_partitions(lane: Lane, beside: ThreadPoolExecutor) -> None:
    first = lane.start(beside)
    second = beside.submit(lane.sink, health=(health := Health()), until_idle=None)

    # The first one gives partitions away when it polls next.
    eventually(lambda: health.ready() == (False, "waiting for its group"))

    eventually(lambda: health.ready()[0])
    lane.stop.set()
    first.result(timeout=10)
    second.result(timeout=10)


def test_sink_refuses_a_topic_that_ends_before_the_watermark(lane: Lane) -> None:
    with closing(open_store(lane.url)) as store:
        store.write(topic_key(lane.connection, lane.topic), [], {0: 50})

    with pytest.raises(UserError, match="up to offset 50, but the partition ends at 0"):
        lane.sink()


def test_sink_reads_a_topic_that_was_created_anew_from_its_start(lane: Lane) -> None:
    lane.feed(articles(6))
    lane.sink()
    lane.admin.delete_topics([lane.topic])
    eventually(lambda: lane.topic not in lane.admin.list_topics())
    lane.create(lane.topic, PARTITIONS)
    lane.feed(articles(8, "b"))

    assert lane.sink() == Totals(stored=8)
    assert len(lane.ids()) == 14


def test_sink_says_what_retention_has_taken_and_goes_on(lane: Lane) -> None:
    lane.feed(articles(4))
    lane.sink()
    lane.feed(articles(10, "b"))
    lane.admin.delete_records({TopicPartition(lane.topic, 0): 5})

    with structlog.testing.capture_logs() as logs:
        totals = lane.sink()

    assert totals == Totals(stored=7)
    (told,) = [line for line in logs if line["event"] == "messages_lost_to_retention"]
    assert (told["partition"], told["lost"], told["log_level"]) == (0, 3, "error")


def test_sink_overtaken_by_retention_while_it_runs_goes_on(lane: Lane, beside: ThreadPoolExecutor) -> None:
    running = lane.start(beside, batch_size=1)
    with closing(sqlite3.connect(lane.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        lane.feed(articles(2, "b"))
        eventually(lambda: not lane.health.ready()[0])
        lane.feed(articles(16, "c"))
        lane.admin.delete_records({TopicPartition(lane.topic, partition): 7 for partition in range(PARTITIONS)})
        other.execute("ROLLBACK")
    lane.feed(articles(2, "d"))

    eventually(lambda: {"d000", "d001"} <= set(lane.ids()))
    lane.stop.set()
    running.result(timeout=10)


def test_sink_names_the_topic_that_is_missing(lane: Lane) -> None:
    with pytest.raises(UserError, match="there is no topic nowhere"):
        lane.sink(topic="nowhere")


def test_sink_ignores_a_commit_that_is_ahead_of_the_store(lane: Lane) -> None:
    lane.feed(articles(6))
    consumer = KafkaConsumer(**lane.connection.kafka_python(), group_id=lane.group, enable_auto_commit=False)
    consumer.assign([TopicPartition(lane.topic, 0)])
    consumer.commit({TopicPartition(lane.topic, 0): OffsetAndMetadata(3, "", -1)})
    consumer.close()

    assert lane.sink() == Totals(stored=6)
