"""A pipeline of real processes for a test: topics of its own on the shared broker, a store of its own."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import uuid4

from schemas.topics import DEADLETTER, ENRICHED, RAW
from services.feed.articles import Reading
from services.feed.run import feed
from services.feed.send import Sending, Summary
from services.kafka import ENRICH_GROUP, SINK_GROUP, KafkaConnection
from services.ops.reconcile import Reconciliation, reconcile
from services.ops.topics import create_topics, lag
from services.processes import Service, service
from services.sink.query import versions_stored
from services.sink.stores.url import reading
from services.telemetry import Telemetry

SESSION_SECONDS = 6  # the least that Kafka takes: a dead member is given up soon

SENTENCES = (
    "The harbour board of Lindmouth met on Tuesday and put off its vote on the northern pier.",
    "Ines Duarte, who chairs it, said that the money would not last until December.",
    "Fishermen from Kenya and Portugal waited outside the hall for most of the afternoon.",
)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def numbered_articles(path: Path, count: int, prefix: str = "n") -> Path:
    """A file of so many short articles, each with its number in id and title."""
    lines = (
        json.dumps({"id": f"{prefix}{number}", "title": f"Vote number {number}", "body": " ".join(SENTENCES)})
        for number in range(count)
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@dataclass
class RunningPipeline:
    """Topics, store and services of one test."""

    connection: KafkaConnection
    folder: Path
    stack: ExitStack
    prefix: str = field(default_factory=lambda: f"t{uuid4().hex[:8]}.")

    @property
    def store(self) -> str:
        """URL of the store."""
        return f"sqlite:///{self.folder / 'store.db'}"

    def topic(self, name: str) -> str:
        """The topic's name in this test."""
        return self.prefix + name

    def start(self, name: str, *, ready: bool = True, **environment: str) -> Service:
        """Start a service; return when it is ready."""
        port = free_port()
        settings = {
            "DATELINE_DATA_DIR": str(self.folder),
            "DATELINE_KAFKA_BOOTSTRAP": self.connection.bootstrap,
            "DATELINE_TOPIC_PREFIX": self.prefix,
            "DATELINE_STORE_URL": self.store,
            "DATELINE_SESSION_TIMEOUT_SECONDS": str(SESSION_SECONDS),
            f"DATELINE_{name.upper()}_METRICS_PORT": str(port),
            "DATELINE_CHILDREN": "1",
        }
        started = self.stack.enter_context(
            service(
                name,
                page=f"http://127.0.0.1:{port}",
                environment=settings | environment,
                log_dir=self.folder / f"log{port}",
            )
        )
        if ready:
            started.wait_until_ready()
        return started

    def feed(self, path: Path, rate: float | None = None) -> Summary:
        """Put a file on the topic, by `dateline feed`'s own code; returns when all is acknowledged."""
        return feed(
            [path],
            connection=self.connection,
            topic=self.topic(RAW.name),
            telemetry=Telemetry("feed"),
            reading=Reading(),
            sending=Sending(rate=rate, deadline=120),
        )

    def behind(self) -> int:
        """Messages that the worker or the sink have not committed."""
        pairs = ((ENRICH_GROUP, RAW), (SINK_GROUP, ENRICHED))
        return sum(
            sum(lag(self.connection, self.prefix + group, self.topic(topic.name), deadline=60).values())
            for group, topic in pairs
        )

    def wait_until_at_rest(self, *services: Service, seconds: float = 150) -> None:
        """Return when everything is committed, twice in a row; fail where a service ends or it takes too long."""
        wait_for(lambda: self.behind() == 0, seconds, services)
        wait_for(lambda: self.behind() == 0, seconds, services)

    def rows(self) -> int:
        """How many articles the store holds."""
        with reading(self.store) as store:
            return int(store.exec_driver_sql("SELECT count(*) FROM articles").scalar_one())

    def reconcile(self) -> Reconciliation:
        """Every message against rows and dead letters."""
        with reading(self.store) as store:
            stored = partial(versions_stored, store)
            return reconcile(self.connection, self.topic(RAW.name), self.topic(DEADLETTER.name), stored)


@contextmanager
def running_pipeline(bootstrap: str, folder: Path, partitions: int = 8) -> Iterator[RunningPipeline]:
    """Topics made, nothing started; what is started is stopped at the end."""
    with ExitStack() as stack:
        made = RunningPipeline(KafkaConnection(bootstrap=bootstrap), folder, stack)
        create_topics(made.connection, prefix=made.prefix, partitions=partitions)
        yield made


def wait_for(condition: Callable[[], bool], seconds: float, services: Iterable[Service] = ()) -> None:
    """Return when `condition` holds; fail after `seconds`, or where a service ends."""
    ends = time.monotonic() + seconds
    while not condition():
        for running in services:
            running.check()
        if time.monotonic() > ends:
            raise AssertionError(f"not within {seconds:.0f} s")
        time.sleep(0.2)
