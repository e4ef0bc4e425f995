"""``dateline enrich`` and ``dateline sink``: the two services that stay up."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Annotated

import structlog
import typer

from schemas.topics import DEADLETTER, ENRICHED, RAW
from services.cli.start import make_data_dir, start, topic_name
from services.deadletter_limit import DeadLetterLimit
from services.errors import Transient
from services.health import Health, serving
from services.kafka import ENRICH_GROUP, SINK_GROUP
from services.settings import Settings
from services.telemetry import Telemetry

if TYPE_CHECKING:
    from services.sink.stores.port import Store

log = structlog.get_logger(__name__)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(rich_help_panel="Services")(enrich)
    app.command(rich_help_panel="Services")(sink)


def enrich() -> None:
    """Run a worker: articles.raw to articles.enriched, until SIGTERM or Ctrl-C.

    Any number of workers share the topic. Example: DATELINE_CHILDREN=4 dateline enrich
    """
    from services.enrich.app import Topics
    from services.enrich.pool import child_command
    from services.enrich.run import run

    settings = start("enrich")
    code = run(
        connection=settings.connection,
        topics=Topics(*(topic_name(settings, topic) for topic in (RAW, ENRICHED, DEADLETTER))),
        group=settings.topic_prefix + ENRICH_GROUP,
        command=child_command(settings.model, settings.max_text_chars),
        children=settings.child_count,
        article_timeout=settings.article_timeout_seconds,
        batch_size=settings.batch_size,
        batch_wait=settings.batch_wait_seconds,
        session_timeout=settings.session_timeout_seconds,
        compression=settings.compression,
        metrics_host=settings.metrics_host,
        metrics_port=settings.enrich_metrics_port,
        limit=_limit(settings),
    )
    raise typer.Exit(code)


def sink(
    from_start: Annotated[bool, typer.Option(help="Forget how far the store is, and read the topic again.")] = False,
) -> None:
    """Run the sink: articles.enriched to the store, until SIGTERM or Ctrl-C.

    Example: DATELINE_STORE_URL=sqlite:////srv/dateline.db dateline sink
    """
    from services.sink.run import run, topic_key

    settings = start("sink")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    telemetry, health = Telemetry("sink"), Health()
    page = serving(telemetry, health, settings.metrics_host, settings.sink_metrics_port, "DATELINE_SINK_METRICS_PORT")
    with page:
        store = _opened(settings, health, stop)
        if store is None:
            return
        try:
            if from_start:
                key = topic_key(settings.connection, topic_name(settings, ENRICHED))
                store.forget(key.cluster_id, key.name)
            run(
                connection=settings.connection,
                topic=topic_name(settings, ENRICHED),
                deadletter_topic=topic_name(settings, DEADLETTER),
                group=settings.topic_prefix + SINK_GROUP,
                store=store,
                telemetry=telemetry,
                health=health,
                batch_size=settings.sink_batch_size,
                compression=settings.compression,
                stop=stop,
                session_timeout_ms=int(settings.session_timeout_seconds * 1000),
                limit=_limit(settings),
            )
        finally:
            store.close()


def _limit(settings: Settings) -> DeadLetterLimit:
    return DeadLetterLimit(run=settings.dead_letter_run, ratio=settings.dead_letter_ratio)


def _opened(settings: Settings, health: Health, stop: threading.Event) -> Store | None:
    """The store, waited for while somebody else has it locked; None where we are asked to stop meanwhile."""
    from services.sink.stores.url import open_store

    if not settings.store_url:
        make_data_dir(settings)
    while not stop.is_set():
        health.beat()
        try:
            return open_store(settings.store)
        except Transient as locked:
            health.waiting_for = "the store"
            log.warning("store_not_open", error=str(locked))
            stop.wait(1)
    return None
