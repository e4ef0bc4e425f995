"""The Faust application: articles.raw -> articles.enriched, or articles.deadletter. The only `import faust`.

Its shape is the one that loses nothing (docs/decisions/0003). The stream acknowledges nothing by itself
(`noack` before `noack_take`); one batch is at work at a time; its results are sent, and every send's future awaited;
then its messages are acknowledged in the order of their offsets. Whatever escapes the loop is a fault of the
infrastructure or of ours: it ends the process with exit code 1, and the next one starts before the batch.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import faust
import structlog
from aiokafka.structs import RecordMetadata
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer

from schemas.article import partition_key
from schemas.cloudevents import event_headers
from schemas.deadletter import Stage
from schemas.topics import DEADLETTER, ENRICHED
from services import __version__
from services.deadletter_limit import DeadLetterLimit
from services.deadletters import as_message, dead_letter, last_cause
from services.enrich.outcome import Enriched, Message, Outcome
from services.enrich.reach import tell_reach
from services.errors import Poison
from services.health import Health
from services.kafka import KafkaConnection
from services.telemetry import BATCH_ARTICLES, PARTITIONS, QUEUE_ARTICLES, STAGE_SECONDS, Telemetry
from services.telemetry import Outcome as Counted

log = structlog.get_logger(__name__)

Answer = tuple[Outcome, int]  # and the number of tries it took
Handle = Callable[[Sequence[Message]], AsyncIterator[Sequence[Answer]]]
Headers = list[tuple[str, bytes]]

_SOURCE = f"/dateline/enrich/{__version__}"


@dataclass(frozen=True, slots=True)
class Topics:
    """Names of the topics a worker reads and writes."""

    raw: str
    enriched: str
    deadletter: str


class _ConsumerThread(AIOKafkaConsumerThread):  # type: ignore[misc]  # the library has no types
    async def on_thread_stop(self) -> None:
        # aiokafka lets out the cancelling of a fetch that waits for its next try, as all do while Kafka is away. The
        # thread would die of it without a word, and the worker wait a minute for its end.
        with suppress(asyncio.CancelledError):
            await super().on_thread_stop()


class _Consumer(Consumer):  # type: ignore[misc]  # nor for this
    def _new_consumer_thread(self) -> AIOKafkaConsumerThread:
        return _ConsumerThread(self, loop=self.loop, beacon=self.beacon)


# mode would log for them as for this file; what Faust tells of its consumer is Faust's.
_ConsumerThread.logger, _Consumer.logger = AIOKafkaConsumerThread.logger, Consumer.logger


def build_app(
    *,
    connection: KafkaConnection,
    topics: Topics,
    group: str,
    handle: Handle,
    telemetry: Telemetry,
    health: Health,
    batch_size: int,
    batch_wait: float,
    session_timeout: float,
    compression: str,
    scratch: Path,
    limit: DeadLetterLimit,
) -> faust.App:
    """An application with one agent; `handle` answers messages in order, part by part."""
    app = faust.App(
        group,
        broker=[f"kafka://{server}" for server in connection.servers],
        broker_credentials=_credentials(connection),
        # Every error that escapes the agent ends the process: anything milder goes on past the message.
        agent_supervisor="mode.CrashingSupervisor",
        # On a rebalance and on SIGTERM, what was begun is finished and committed first.
        stream_wait_empty=True,
        stream_buffer_maxsize=2 * batch_size,
        broker_max_poll_records=batch_size,
        broker_commit_interval=1.0,
        broker_session_timeout=session_timeout,
        broker_heartbeat_interval=min(3.0, session_timeout / 3),
        broker_rebalance_timeout=max(120.0, session_timeout),
        broker_request_timeout=session_timeout + 15.0,
        consumer_auto_offset_reset="earliest",
        producer_acks=-1,
        producer_request_timeout=60.0,
        producer_max_request_size=DEADLETTER.max_message_bytes,
        producer_compression_type=None if compression == "none" else compression,
        # Topics are made by those who own them, with the settings of the table.
        topic_allow_declare=False,
        topic_disable_leader=True,
        table_standby_replicas=0,
        web_enabled=False,
        # Faust makes folders for tables here, of which there are none; in the current folder, if not told where.
        datadir=scratch,
        autodiscover=False,
    )
    app.transport.Consumer = _Consumer
    raw = _topic(app, topics.raw)
    enriched = _topic(app, topics.enriched)
    deadletter = _topic(app, topics.deadletter)

    @app.agent(raw, name="enrich", concurrency=1)
    async def enrich(stream: Any) -> None:
        unacknowledged = stream.noack()
        async for events in unacknowledged.noack_take(batch_size, within=batch_wait):
            before = time.perf_counter()
            telemetry.set(QUEUE_ARTICLES, len(events))
            answers: list[Answer] = []
            sent: list[Awaitable[RecordMetadata]] = []
            # What is done is sent while the children are at work on the rest.
            async for part in handle([Message(event.message.value, _headers(event.message)) for event in events]):
                poisons = [outcome for outcome, _ in part if isinstance(outcome, Poison)]
                limit.check((isinstance(outcome, Poison) for outcome, _ in part), last_cause(poisons))
                for event, (outcome, tries) in zip(events[len(answers) :], part, strict=False):
                    if isinstance(outcome, Poison):
                        key, value, headers = _dead(event.message, outcome, tries)
                        sent.append(await deadletter.send(key=key, value=value, headers=headers))
                    else:
                        key, value, headers = _enriched(outcome)
                        sent.append(await enriched.send(key=key, value=value, headers=headers))
                answers += part
            if len(answers) != len(events):
                raise RuntimeError(f"{len(events)} messages had {len(answers)} answers")
            # A flush does not look at single sends; a send that failed raises here, before anything is acknowledged.
            await asyncio.gather(*sent)
            for event in sorted(events, key=lambda event: (event.message.partition, event.message.offset)):
                event.ack()
            _count(telemetry, answers, time.perf_counter() - before)

    @app.task
    async def tell_health() -> None:
        while True:
            health.beat()
            partitions = [tp for tp in app.consumer.assignment() if tp.topic == topics.raw] if app.consumer else []
            joined = bool(partitions) and not app.rebalancing
            health.waiting_for = None if joined else f"partitions of {topics.raw}"
            telemetry.set(PARTITIONS, len(partitions))
            tell_reach(app.consumer, health, connection.bootstrap)
            await asyncio.sleep(1)

    return app


class _Worker(faust.Worker):  # type: ignore[misc]  # nor for this
    at_end: Callable[[], Awaitable[None]]

    async def on_shutdown(self) -> None:
        await super().on_shutdown()
        # Now, as the loop is closed right after this: transports of children that are left would complain.
        await self.at_end()


def run_until_stopped(app: faust.App, loop: asyncio.AbstractEventLoop, at_end: Callable[[], Awaitable[None]]) -> int:
    """Run the application on `loop` until SIGTERM, SIGINT or an error that ends it; the exit code, 0 or 1.

    `at_end` is awaited when nothing is at work any more.
    """
    worker = _Worker(app, loop=loop, quiet=True, override_logging=False, redirect_stdouts=False, stdout=sys.stderr)
    worker.at_end = at_end
    worker.spinner = None
    try:
        worker.execute_from_commandline()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def _topic(app: faust.App, name: str) -> Any:
    # Bytes in and out: a typed topic acknowledges what it cannot decode, and it is gone.
    return app.topic(name, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")


def _headers(message: Any) -> Headers:
    headers = message.headers or ()
    return [(name, value) for name, value in (headers.items() if isinstance(headers, dict) else headers)]


def _enriched(outcome: Enriched) -> tuple[bytes, bytes, Headers]:
    headers = event_headers(ENRICHED.kind, f"{outcome.id}/{outcome.version}", _SOURCE, subject=outcome.id)
    return partition_key(outcome.id), outcome.value, headers


def _dead(message: Any, poison: Poison, tries: int) -> tuple[bytes | None, bytes | None, Headers]:
    letter = dead_letter(message, poison, stage=Stage.ENRICH, attempts=tries, first_failed_at=datetime.now(UTC))
    article = letter.key.decode("utf-8", "backslashreplace") if letter.key else None
    log.warning(
        "article_set_aside",
        article=article,
        origin=str(letter.origin),
        reason=poison.reason.value,
        message=poison.message,
        tries=tries,
    )
    return as_message(letter)


def _count(telemetry: Telemetry, answers: Sequence[Answer], seconds: float) -> None:
    for outcome, _ in answers:
        telemetry.observe(STAGE_SECONDS, seconds)
        if isinstance(outcome, Poison):
            telemetry.dead_letter(outcome.reason.value)
        else:
            telemetry.outcome(Counted.SKIPPED if outcome.skipped else Counted.ENRICHED)
            log.debug("enriched", article=outcome.id, version=outcome.version, skipped=outcome.skipped)
    telemetry.observe(BATCH_ARTICLES, len(answers))
    telemetry.set(QUEUE_ARTICLES, 0)


def _credentials(connection: KafkaConnection) -> Any:
    context = connection.tls_context() if connection.uses_tls else None
    if connection.uses_sasl:
        return faust.SASLCredentials(
            username=connection.sasl_username,
            password=connection.sasl_password,
            mechanism=connection.sasl_mechanism,
            ssl_context=context,
        )
    return faust.SSLCredentials(context=context) if context is not None else None
