"""What the sink keeps when everything goes wrong around it: kills, zombies, locks, and a topic that loses messages."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest
import structlog
from kafka import TopicPartition
from kafka.errors import KafkaError

from services.errors import UserError
from services.health import Health
from services.sink.batch import Totals
from services.sink.run import topic_key
from services.sink.stores.url import open_store
from services.telemetry import Telemetry
from tests.articles import rich_article
from tests.integration.sink_lane import PARTITIONS, Lane, articles, eventually

pytestmark = pytest.mark.integration


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
