"""Workers share the topic: one that joins takes half of the partitions, and nothing is lost or doubled."""

from __future__ import annotations

import re
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.broker.embedded import EmbeddedBroker
from services.processes import Service
from tests.integration.pipelines import RunningPipeline, numbered_articles, running_pipeline, wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


@pytest.fixture
def pipeline(broker: EmbeddedBroker, tmp_path: Path) -> Iterator[RunningPipeline]:
    with running_pipeline(broker.bootstrap, tmp_path) as made:
        yield made


def metric(service: Service, name: str) -> float:
    """Sum of a metric's series on the service's page."""
    with urllib.request.urlopen(f"{service.page}/metrics", timeout=5) as answer:
        page = answer.read().decode()
    return sum(float(value) for value in re.findall(rf"^{name}(?:{{.*}})? (.*)$", page, re.MULTILINE))


def test_workers_share_the_partitions_when_a_second_one_joins(pipeline: RunningPipeline, tmp_path: Path) -> None:
    sink, first = pipeline.start("sink"), pipeline.start("enrich")
    assert metric(first, "dateline_assigned_partitions") == 8
    path = numbered_articles(tmp_path / "in.jsonl", 600)
    thread = threading.Thread(target=pipeline.feed, args=(path,), kwargs={"rate": 60})
    thread.start()
    second = pipeline.start("enrich")
    wait_for(lambda: metric(first, "dateline_assigned_partitions") == 4, 60, (first, second, sink))
    wait_for(lambda: metric(second, "dateline_assigned_partitions") == 4, 30, (first, second, sink))
    thread.join()
    # Some more, in case the machine was so slow that the first were done before the second worker was there.
    pipeline.feed(numbered_articles(tmp_path / "more.jsonl", 100, prefix="m"))
    pipeline.wait_until_at_rest(first, second, sink)
    counts = pipeline.reconcile()
    assert counts.agrees, counts
    assert (counts.rows, pipeline.rows()) == (700, 700)
    # What was in the first worker's buffer when its partitions moved is done again by the second: at least once.
    assert metric(first, "dateline_articles_total") + metric(second, "dateline_articles_total") >= 700
    assert metric(second, "dateline_articles_total") > 0


def test_workers_count_each_article_exactly_once(pipeline: RunningPipeline, tmp_path: Path) -> None:
    sink, worker = pipeline.start("sink"), pipeline.start("enrich")
    pipeline.feed(numbered_articles(tmp_path / "in.jsonl", 120))
    pipeline.wait_until_at_rest(worker, sink)
    assert metric(worker, "dateline_articles_total") == 120
    assert metric(sink, "dateline_articles_total") == 120
    assert metric(sink, "dateline_feed_to_row_seconds_count") == 120
