"""``make run``: the whole pipeline on this machine, the seeds through it, and whether every article is accounted for.

Composition only, with no output of its own: cli/demo.py shows what happens here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from schemas.deadletter import DeadLetter
from schemas.topics import DEADLETTER, ENRICHED, RAW
from services.broker.embedded import EmbeddedBroker
from services.broker.jars import default_jar_dir
from services.broker.ports import is_free, pick
from services.broker.state import status
from services.deadletters import letter_of
from services.errors import SettingsError
from services.feed.articles import Reading
from services.feed.run import feed
from services.feed.send import Sending, Summary
from services.feed.sources import Refusal
from services.feed.verbatim import feed_verbatim
from services.kafka import ENRICH_GROUP, SINK_GROUP, KafkaConnection
from services.ops.reconcile import Reconciliation, reconcile
from services.ops.topics import create_topics, end_offsets, held_client, lag
from services.processes import Service, service
from services.replay.seeds import find_seed, seeds_folder
from services.settings import PREFIX, Settings
from services.sink.query import versions_stored
from services.sink.stores.url import reading
from services.telemetry import Telemetry
from services.topic_range import read_range

Note = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What runs, and where."""

    settings: Settings
    connection: KafkaConnection
    worker: Service
    sink: Service

    def topic(self, name: str) -> str:
        """The topic's name in force."""
        return self.settings.topic_prefix + name

    def check(self) -> None:
        """Raise ServiceEnded if a service has ended."""
        self.worker.check()
        self.sink.check()


@dataclass(slots=True)
class Sent:
    """What the feeds did, and where articles.raw stood before them."""

    before: Mapping[int, int]
    summaries: dict[str, Summary] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        """Messages that the broker has acknowledged."""
        return sum(summary.sent for summary in self.summaries.values())


@contextmanager
def pipeline(settings: Settings, note: Note) -> Iterator[Pipeline]:
    """Broker, topics, worker and sink, for the time of the block; `note` is told each step."""
    _require_free_pages(settings)
    with ExitStack() as stack:
        connection = settings.connection
        if "kafka_bootstrap" not in settings.model_fields_set:
            note("starting Apache Kafka")
            bootstrap = stack.enter_context(_embedded(settings))
            connection = KafkaConnection(bootstrap=bootstrap)
        note("making the topics")
        create_topics(connection, prefix=settings.topic_prefix)
        logs = settings.data_dir / "log"
        environment = {PREFIX + "KAFKA_BOOTSTRAP": connection.bootstrap, PREFIX + "LOG_FORMAT": "json"}
        # Any free port is as good, but it must be known where the page is.
        pages = {"enrich": settings.enrich_metrics_port or pick(), "sink": settings.sink_metrics_port or pick()}
        note("starting worker and sink")
        # The sink first: it is ready at once, and ended last.
        sink, worker = (
            stack.enter_context(
                service(
                    name,
                    page=f"http://{settings.metrics_host}:{pages[name]}",
                    environment=environment | {f"{PREFIX}{name.upper()}_METRICS_PORT": str(pages[name])},
                    log_dir=logs,
                )
            )
            for name in ("sink", "enrich")
        )
        worker.wait_until_ready(tick=sink.check, note=lambda line: note(f"worker: {line}"))
        sink.wait_until_ready(tick=worker.check, note=lambda line: note(f"sink: {line}"))
        yield Pipeline(settings, connection, worker, sink)


def _require_free_pages(settings: Settings) -> None:
    """Before anything is sent: another pipeline's page would pass for ours. Raises SettingsError."""
    for name, port in (("ENRICH", settings.enrich_metrics_port), ("SINK", settings.sink_metrics_port)):
        if port and not is_free(port):
            message = f"port {port} is taken, perhaps by a pipeline that is up already: use that one, or choose 0"
            raise SettingsError(f"{PREFIX}{name}_METRICS_PORT", message)


@contextmanager
def _embedded(settings: Settings) -> Iterator[str]:
    folder = settings.data_dir / "kafka"
    found = status(folder.resolve())
    if found.running and found.bootstrap:
        yield found.bootstrap  # somebody's already, and theirs to stop
        return
    broker = EmbeddedBroker(
        folder,
        settings.jar_dir or default_jar_dir(),
        port=settings.broker_port,
        heap_mb=settings.broker_heap_mb,
    )
    broker.start()
    try:
        yield broker.bootstrap
    finally:
        broker.stop()


def send_seeds(running: Pipeline, on_progress: Callable[[str, int], None]) -> Sent:
    """Send the wire feed; then the broken feed as a feed would, and once more as a careless producer might."""
    settings, raw = running.settings, running.topic(RAW.name)
    sent = Sent(before=end_offsets(running.connection, raw))
    sending = Sending(settings.feed_in_flight, settings.compression)

    def send(name: str, run: Callable[..., Summary], seed: str, **more: Any) -> None:
        sent.summaries[name] = run(
            [find_seed(seeds_folder(), seed)],
            connection=running.connection,
            topic=raw,
            telemetry=Telemetry("feed"),
            sending=sending,
            on_progress=lambda now: on_progress(name, now.sent),
            on_refused=sent.refusals.append,
            **more,
        )

    reading = Reading(max_article_bytes=settings.max_article_bytes)
    send("wire", feed, "wire", reading=reading)
    send("broken", feed, "broken", reading=reading)
    send("broken, unchecked", feed_verbatim, "broken")
    return sent


def wait_until_at_rest(running: Pipeline, on_progress: Callable[[int, int], None], seconds: float = 300) -> None:
    """Return when worker and sink have taken in everything; `on_progress` is told what each still has to.

    Raises ServiceEnded where one ends, TimeoutError where it takes longer than `seconds`.
    """
    prefix = running.settings.topic_prefix
    ends = time.monotonic() + seconds
    quiet = 0
    with held_client(running.connection) as client:
        while quiet < 2:  # what the worker has just committed may not yet be the sink's
            running.check()
            behind = [
                sum(lag(running.connection, prefix + group, running.topic(topic.name), client=client).values())
                for group, topic in ((ENRICH_GROUP, RAW), (SINK_GROUP, ENRICHED))
            ]
            on_progress(*behind)
            quiet = quiet + 1 if not any(behind) else 0
            if time.monotonic() > ends:
                raise TimeoutError(f"after {seconds:.0f} s the worker is {behind[0]} behind and the sink {behind[1]}")
            time.sleep(0.3)


def account(running: Pipeline, since: Mapping[int, int]) -> Reconciliation:
    """Compare all that was sent from `since` on with rows and dead letters."""
    raw, deadletter = running.topic(RAW.name), running.topic(DEADLETTER.name)
    with reading(running.settings.store) as store:
        return reconcile(running.connection, raw, deadletter, partial(versions_stored, store), since)


def dead_letters(running: Pipeline, since: Mapping[int, int]) -> list[DeadLetter]:
    """Dead letters of what was sent from `since` on."""
    raw = running.topic(RAW.name)
    found = map(letter_of, read_range(running.connection, running.topic(DEADLETTER.name)))
    letters = [letter for letter in found if letter is not None]
    return [letter for letter in letters if letter.topic != raw or letter.offset >= since.get(letter.partition, 0)]
