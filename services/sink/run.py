"""The loop of the sink: take a batch, write it, acknowledge it.

For each batch, in this order: dead letters are written and known to be there; one transaction writes the rows and the
watermarks; the offsets are committed to Kafka. Whatever step the process dies at, it starts again at the watermark, and
nothing is missing or there twice (a dead letter may be, see deadletters.py).

A process that was stopped for longer than its session and goes on with a batch whose partitions are another's by now
does no harm: the store passes over what lies below the watermark, and moves no watermark backwards. If it is the first
to write, the other one's batch is passed over instead. Its commit to Kafka is refused, and it joins the group anew.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack

import structlog
from kafka import KafkaAdminClient, KafkaConsumer

from services.connect import connect, describe_topic
from services.deadletter_limit import DeadLetterLimit
from services.health import Health
from services.kafka import KafkaConnection
from services.sink.assignment import Assignment
from services.sink.batch import Totals, Writer
from services.sink.consume import consume
from services.sink.deadletters import DeadLetters
from services.sink.patience import Patience
from services.sink.stores.port import Store, TopicKey
from services.telemetry import Telemetry

log = structlog.get_logger(__name__)

_CLOSE_MS = 5000


def run(
    *,
    connection: KafkaConnection,
    topic: str,
    deadletter_topic: str,
    group: str,
    store: Store,
    telemetry: Telemetry,
    health: Health,
    batch_size: int,
    compression: str,
    stop: threading.Event,
    session_timeout_ms: int = 45_000,
    until_idle: float | None = None,
    limit: DeadLetterLimit | None = None,
) -> Totals:
    """Write `topic` to `store` until `stop` is set, or until no message has come for `until_idle` seconds.

    `stop` is heeded between batches, so this returns within seconds of it, having left the group. Raises UserError
    where there is no such topic or where it ends before the store's watermark, SettingsError where Kafka cannot be
    reached, DeadLettersOverLimit where there are more than `limit` allows, KafkaError where a dead letter cannot be
    written or a record's checksum is wrong. The store stays open.
    """
    key = topic_key(connection, topic)
    with ExitStack() as stack:
        letters = DeadLetters(connection, deadletter_topic, compression)
        stack.callback(letters.close)
        consumer = connect(
            KafkaConsumer,
            connection,
            group_id=group,
            enable_auto_commit=False,
            # Not earliest: the library would pass over a gap in silence. We always say where to read, see
            # assignment.py, and hear of it when that place is not there.
            auto_offset_reset="none",
            # A producer with transactions may take back what it has sent.
            isolation_level="read_committed",
            allow_auto_create_topics=False,
            max_poll_records=batch_size,
            reconnect_backoff_max_ms=2000,
            session_timeout_ms=session_timeout_ms,
            heartbeat_interval_ms=min(3000, session_timeout_ms // 3),
        )
        stack.callback(consumer.close, autocommit=False, timeout_ms=_CLOSE_MS)
        assignment = Assignment(consumer, key, store, telemetry)
        consumer.subscribe([topic], listener=assignment)
        log.info("sink_started", topic=topic, group=group, cluster=key.cluster_id)
        patience = Patience(consumer, assignment, telemetry, health, stop, connection.bootstrap)
        writer = Writer(store, key, letters, patience, telemetry, limit or DeadLetterLimit(run=0, ratio=1))
        consume(consumer, assignment, patience, writer, health, stop, topic, until_idle)
    log.info("sink_stopped", stored=writer.totals.stored, dead_letters=writer.totals.dead_letters)
    return writer.totals


def topic_key(connection: KafkaConnection, topic: str) -> TopicKey:
    """What tells this topic apart from all others. Raises UserError where it does not exist."""
    admin = connect(KafkaAdminClient, connection)
    try:
        cluster_id = admin.describe_cluster()["cluster_id"]
        described = describe_topic(admin, connection, topic)
    finally:
        admin.close()
    return TopicKey(cluster_id, topic, str(described.get("topic_id") or ""))
