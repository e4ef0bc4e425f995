"""Every metric: its name, type, labels, unit and meaning. The docs' table is generated from this one.

Labels are bounded: stages, outcomes and reasons are closed lists. An article's id is never a label.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.metrics import MetricWrapperBase

from services import __version__

_FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_SLOW = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 6 * 3600, 24 * 3600)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)


class Outcome(StrEnum):
    """What became of an article in a stage: the same words everywhere, exactly one per article and stage."""

    SENT = "sent"  # feed: acknowledged by the broker
    REFUSED = "refused"  # feed: no article, reported with file, line and reason
    ENRICHED = "enriched"  # enrich: read and written to the enriched topic
    SKIPPED = "skipped"  # enrich: passed through unread, with its reason
    STORED = "stored"  # sink: in the store after this
    DEAD_LETTER = "dead_letter"  # enrich, sink: set aside with its reason


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. `services` are those that serve it; histograms have `buckets`."""

    name: str
    type: type[MetricWrapperBase]
    labels: tuple[str, ...]
    unit: str
    meaning: str
    services: tuple[str, ...]
    buckets: tuple[float, ...] = ()


_ALL = ("feed", "enrich", "sink")

ARTICLES = Metric(
    "dateline_articles_total",
    Counter,
    ("stage", "outcome"),
    "articles",
    "What became of each article in a stage; counted exactly once, when it is certain.",
    _ALL,
)
DEAD_LETTERS = Metric(
    "dateline_dead_letters_total",
    Counter,
    ("stage", "reason"),
    "messages",
    "Messages set aside, by reason.",
    ("enrich", "sink"),
)
STAGE_SECONDS = Metric(
    "dateline_stage_seconds",
    Histogram,
    ("stage",),
    "seconds",
    "Time that an article's batch spent in a stage, from taken to done.",
    _ALL,
    _FAST,
)
PUBLICATION_TO_ROW_SECONDS = Metric(
    "dateline_publication_to_row_seconds",
    Histogram,
    (),
    "seconds",
    "Time from an article's publication to its row; articles of an unknown date are left out.",
    ("sink",),
    _SLOW,
)
FEED_TO_ROW_SECONDS = Metric(
    "dateline_feed_to_row_seconds",
    Histogram,
    (),
    "seconds",
    "Time from when Dateline first saw an article to its row.",
    ("sink",),
    _SLOW,
)
BATCH_ARTICLES = Metric(
    "dateline_batch_articles",
    Histogram,
    ("stage",),
    "articles",
    "Articles handled at once.",
    ("enrich", "sink"),
    _SIZES,
)
QUEUE_ARTICLES = Metric(
    "dateline_queue_articles",
    Gauge,
    ("stage",),
    "articles",
    "Articles taken and not yet done: feed: unacknowledged; enrich: at the children; sink: in the open transaction.",
    _ALL,
)
FEED_BYTES = Metric(
    "dateline_feed_bytes_total", Counter, (), "bytes", "Bytes of the records that were sent.", ("feed",)
)
CHILD_RESTARTS = Metric(
    "dateline_child_restarts_total",
    Counter,
    ("cause",),
    "restarts",
    "spaCy processes started anew, by cause: crashed or timed_out.",
    ("enrich",),
)
RETRIES = Metric(
    "dateline_retries_total", Counter, ("stage",), "tries", "Batches tried again after a fault.", ("enrich", "sink")
)
PARTITIONS = Metric(
    "dateline_assigned_partitions", Gauge, ("stage",), "partitions", "Partitions assigned now.", ("enrich", "sink")
)
BUILD_INFO = Metric(
    "dateline_build_info", Gauge, ("service", "version", "python"), "1", "Always 1; the labels tell what runs.", _ALL
)

METRICS = (
    ARTICLES,
    DEAD_LETTERS,
    STAGE_SECONDS,
    PUBLICATION_TO_ROW_SECONDS,
    FEED_TO_ROW_SECONDS,
    BATCH_ARTICLES,
    QUEUE_ARTICLES,
    FEED_BYTES,
    CHILD_RESTARTS,
    RETRIES,
    PARTITIONS,
    BUILD_INFO,
)


class Telemetry:
    """The metrics of one service, in a registry of their own, with the process's own figures."""

    def __init__(self, service: str) -> None:
        """`service` is one of feed, enrich, sink: also the value of the label ``stage``."""
        self.service = service
        self.registry = CollectorRegistry()
        self._made: dict[str, Any] = {}
        for metric in METRICS:
            if service in metric.services:
                options: dict[str, Any] = {"buckets": metric.buckets} if metric.buckets else {}
                self._made[metric.name] = metric.type(
                    metric.name, metric.meaning, metric.labels, registry=self.registry, **options
                )
        ProcessCollector(registry=self.registry)
        self.set(BUILD_INFO, 1, service=service, version=__version__, python=platform.python_version())

    def count(self, metric: Metric, amount: float = 1, **labels: str) -> None:
        """Add to a counter."""
        self._series(metric, labels).inc(amount)

    def observe(self, metric: Metric, value: float, **labels: str) -> None:
        """Put a value into a histogram."""
        self._series(metric, labels).observe(value)

    def set(self, metric: Metric, value: float, **labels: str) -> None:
        """Set a gauge."""
        self._series(metric, labels).set(value)

    def outcome(self, outcome: Outcome, amount: int = 1) -> None:
        """Count what became of articles in this service's stage."""
        self.count(ARTICLES, amount, stage=self.service, outcome=outcome.value)

    def dead_letter(self, reason: str) -> None:
        """Count a message set aside, in both counters that tell of it."""
        self.outcome(Outcome.DEAD_LETTER)
        self.count(DEAD_LETTERS, stage=self.service, reason=reason)

    def _series(self, metric: Metric, labels: dict[str, str]) -> Any:
        if "stage" in metric.labels:
            labels = {"stage": self.service} | labels
        made = self._made[metric.name]
        return made.labels(**labels) if metric.labels else made
