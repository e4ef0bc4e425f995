"""Kafka goes away and comes back: what worker and sink say of it, on their pages and in their logs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from services.broker.embedded import running_broker
from services.broker.jars import default_jar_dir
from services.processes import Service
from tests.integration.pipelines import free_port, numbered_articles, running_pipeline, wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
AWAY_SECONDS = 8  # longer than the session: the groups have to be joined anew


def events(log: Path) -> Counter[str]:
    """How often each line is in the log; of the services' own, each event. The last may not be whole yet."""
    whole, _, _ = log.read_text(encoding="utf-8").rpartition("\n")
    lines = whole.splitlines()
    assert all(line.startswith("{") for line in lines), whole
    return Counter(json.loads(line)["event"] for line in lines)


def page(service: Service) -> str:
    """What ``/readyz`` says."""
    try:
        with urllib.request.urlopen(f"{service.page}/readyz", timeout=2) as answer:
            return str(answer.read().decode().strip())
    except urllib.error.HTTPError as not_ready:
        with not_ready:
            return str(not_ready.read().decode().strip())


def test_kafka_away_is_two_lines_in_a_log_and_shows_on_the_page(tmp_path: Path) -> None:
    with (
        running_broker(tmp_path / "kafka", default_jar_dir()) as broker,
        running_pipeline(broker.bootstrap, tmp_path, partitions=2) as pipeline,
        (tmp_path / "worker.log").open("wb") as log,
    ):
        port = free_port()
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.integration.scripted_worker",
                broker.bootstrap,
                pipeline.prefix,
                str(port),
                "9",
                "0",
            ],
            cwd=ROOT,
            stderr=log,
        )
        worker = Service("enrich", process, f"http://127.0.0.1:{port}", tmp_path / "worker.log")
        pipeline.stack.callback(worker.stop)
        both = [worker, pipeline.start("sink")]
        worker.wait_until_ready()

        broker.kill()
        wait_for(lambda: {page(service) for service in both} == {"waiting for Kafka"}, 30, both)
        time.sleep(AWAY_SECONDS)
        broker.start()
        wait_for(lambda: {page(service) for service in both} == {"ok"}, 60, both)
        pipeline.feed(numbered_articles(tmp_path / "in.jsonl", 5))
        wait_for(lambda: all(events(service.log_file)["kafka_back"] for service in both), 30, both)

        for service in both:
            told = events(service.log_file)
            assert (told["kafka_away"], told["kafka_back"]) == (1, 1)
            assert told.total() < 30, told
        pipeline.wait_until_at_rest(*both)
        assert [service.stop(seconds=20) for service in both] == [0, 0]
        assert [events(service.log_file).total() > 0 for service in both] == [True, True]


def test_kafka_away_does_not_keep_worker_and_sink_from_ending(tmp_path: Path) -> None:
    with (
        running_broker(tmp_path / "kafka", default_jar_dir()) as broker,
        running_pipeline(broker.bootstrap, tmp_path, partitions=2) as pipeline,
    ):
        both = [pipeline.start("sink"), pipeline.start("enrich")]
        broker.kill()
        wait_for(lambda: {page(service) for service in both} == {"waiting for Kafka"}, 30, both)

        assert [service.stop(seconds=20) for service in both] == [0, 0]
