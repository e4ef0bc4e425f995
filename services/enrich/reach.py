"""Whether the worker reaches Kafka. Faust has no question for it: asked is the client inside its consumer."""

from __future__ import annotations

from typing import Any

from services.health import Health
from services.outage import kafka_answers


def reaches_kafka(consumer: Any) -> bool:
    """Whether Faust's `consumer` is connected to any broker now; not before it has started.

    It is, for as long as a broker answers: the heartbeats of its group keep a connection. A broker that has stopped
    answering without hanging up counts until a request to it has timed out.
    """
    started = consumer._thread._consumer if consumer else None
    # A copy: the consumer's own thread changes it.
    connections = list(started._client._conns.values()) if started else []
    return any(connection.connected() for connection in connections)


def tell_reach(consumer: Any, health: Health, server: str) -> None:
    """Tell the health page, and the log, whether Kafka at `server` answers. To be called every second or so."""
    health.kafka_away = not reaches_kafka(consumer)
    if not health.kafka_away:
        kafka_answers(server)
