"""Processes are killed at random moments while articles pass; every article is in the store, once."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from services.broker.embedded import EmbeddedBroker, running_broker
from services.broker.jars import default_jar_dir
from tests.integration.pipelines import RunningPipeline, numbered_articles, running_pipeline

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

ARTICLES = 500


@pytest.fixture
def chance() -> random.Random:
    seed = int(os.environ.get("DATELINE_TEST_SEED", time.time_ns() % 10**9))
    print(f"DATELINE_TEST_SEED={seed}")  # shown when the test fails
    return random.Random(seed)  # noqa: S311 - a moment to kill at is no secret


@pytest.fixture
def pipeline(broker: EmbeddedBroker, tmp_path: Path) -> Iterator[RunningPipeline]:
    with running_pipeline(broker.bootstrap, tmp_path) as made:
        yield made


def fed_in_background(pipeline: RunningPipeline, path: Path, rate: float) -> Callable[[], int]:
    """Start feeding; the function returned waits for its end and tells how many were acknowledged."""
    sent: list[int] = []
    thread = threading.Thread(target=lambda: sent.append(pipeline.feed(path, rate=rate).sent))
    thread.start()

    def finished() -> int:
        thread.join()
        return sum(sent)

    return finished


def test_kills_of_worker_sink_and_child_lose_and_double_nothing(
    pipeline: RunningPipeline, tmp_path: Path, chance: random.Random
) -> None:
    sink, worker = pipeline.start("sink"), pipeline.start("enrich")
    finished = fed_in_background(pipeline, numbered_articles(tmp_path / "in.jsonl", ARTICLES), rate=100)

    time.sleep(chance.uniform(0.3, 1.5))
    (child,) = psutil.Process(worker.running.pid).children()
    child.kill()
    time.sleep(chance.uniform(0.1, 4.0))
    worker.running.kill()
    worker = pipeline.start("enrich", ready=False)
    time.sleep(chance.uniform(0.1, 4.0))
    sink.running.kill()
    sink = pipeline.start("sink", ready=False)

    assert finished() == ARTICLES
    pipeline.wait_until_at_rest(worker, sink)
    counts = pipeline.reconcile()
    assert counts.agrees, counts
    assert (counts.rows, counts.repeated, counts.dead_letters) == (ARTICLES, 0, 0)
    assert pipeline.rows() == ARTICLES


# kafka-python leaves the sockets of refused connections to the collector.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning", "ignore:Exception ignored in.*socket")
def test_kill_of_the_broker_loses_and_doubles_nothing(tmp_path: Path, chance: random.Random) -> None:
    with (
        running_broker(tmp_path / "kafka", default_jar_dir()) as broker,
        running_pipeline(broker.bootstrap, tmp_path) as pipeline,
    ):
        sink, worker = pipeline.start("sink"), pipeline.start("enrich")
        finished = fed_in_background(pipeline, numbered_articles(tmp_path / "in.jsonl", ARTICLES), rate=100)

        time.sleep(chance.uniform(0.5, 4.0))
        broker.kill()
        time.sleep(chance.uniform(0.5, 3.0))
        broker.start()

        assert finished() == ARTICLES
        pipeline.wait_until_at_rest(worker, sink)
        counts = pipeline.reconcile()
        assert counts.agrees, counts
        assert (counts.rows, counts.dead_letters) == (ARTICLES, 0)
        assert pipeline.rows() == ARTICLES


def test_sigterm_drains_worker_and_sink_and_ends_with_status_0(pipeline: RunningPipeline, tmp_path: Path) -> None:
    sink, worker = pipeline.start("sink"), pipeline.start("enrich")
    pipeline.feed(numbered_articles(tmp_path / "in.jsonl", 100))
    worker.running.send_signal(signal.SIGTERM)
    assert worker.running.wait(30) == 0
    sink.running.send_signal(signal.SIGTERM)
    assert sink.running.wait(15) == 0
    worker, sink = pipeline.start("enrich"), pipeline.start("sink")
    pipeline.wait_until_at_rest(worker, sink)
    counts = pipeline.reconcile()
    assert (counts.agrees, counts.rows) == (True, 100)
