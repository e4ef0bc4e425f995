"""A worker from its children to its exit code: 0 when it was asked to stop, 1 when something broke."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from services.connect import require_topics
from services.deadletter_limit import DeadLetterLimit
from services.enrich.app import Topics, build_app, run_until_stopped
from services.enrich.pool import Pool
from services.health import Health, serving
from services.kafka import KafkaConnection
from services.telemetry import CHILD_RESTARTS, RETRIES, Telemetry

log = structlog.get_logger(__name__)


def run(
    *,
    connection: KafkaConnection,
    topics: Topics,
    group: str,
    command: Sequence[str],
    children: int,
    article_timeout: float,
    batch_size: int,
    batch_wait: float,
    session_timeout: float,
    compression: str,
    metrics_host: str,
    metrics_port: int,
    limit: DeadLetterLimit,
) -> int:
    """Run until SIGTERM or SIGINT; the exit code. `command` starts a child.

    Raises DeadLettersOverLimit where there are more than `limit` allows.

    The children load their models before the group is joined: a worker that holds partitions can work on them.
    """
    telemetry = Telemetry("enrich")
    health = Health()
    pool = Pool(
        command,
        children,
        article_timeout=article_timeout,
        on_restart=lambda cause: telemetry.count(CHILD_RESTARTS, cause=cause),
        on_retry=lambda: telemetry.count(RETRIES),
    )
    # Nothing is in hand yet: a worker asked to stop while it loads just goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    page_of = serving(telemetry, health, metrics_host, metrics_port, "DATELINE_ENRICH_METRICS_PORT")
    with TemporaryDirectory(prefix="dateline-") as scratch, page_of as page:
        log.info("metrics_served", url=f"{page}/metrics")
        health.waiting_for = "Kafka"
        # Faust would wait for ever, in silence, for a topic that is not there or a login that is refused.
        require_topics(connection, (topics.raw, topics.enriched, topics.deadletter))
        health.waiting_for = "the model"
        loop.run_until_complete(pool.start())
        health.waiting_for = f"partitions of {topics.raw} (up to {session_timeout:.0f} s after a kill)"
        app = build_app(
            connection=connection,
            topics=topics,
            group=group,
            handle=pool.parts,
            telemetry=telemetry,
            health=health,
            batch_size=batch_size,
            batch_wait=batch_wait,
            session_timeout=session_timeout,
            compression=compression,
            scratch=Path(scratch),
            limit=limit,
        )
        code = run_until_stopped(app, loop, pool.stop)
    log.info("worker_ends", exit_code=code)
    if limit.exceeded:
        # Faust has made one exit code of whatever ended it.
        raise limit.exceeded
    return code
