"""Whether a broker answers, asked in Kafka's own language. A port that is open proves nothing."""

from __future__ import annotations

import socket
from collections.abc import Mapping

from services.errors import UserError

REQUEST_MS = 2_000


def answering_cluster(host: str, port: int, options: Mapping[str, object]) -> str:
    """The id of the cluster that answers at `host:port` with a broker that takes requests; empty when none does.

    `options` are kafka-python's, for a listener with TLS or SASL. Raises UserError when kafka-python is not installed.
    """
    try:
        with socket.create_connection((host, port), timeout=REQUEST_MS / 1000):
            pass
    except OSError:
        return ""
    try:
        from kafka import KafkaAdminClient
        from kafka.errors import KafkaError
    except ModuleNotFoundError as error:
        raise UserError("The embedded broker is not installed: pip install 'dateline[broker]'.") from error
    try:
        client = KafkaAdminClient(
            bootstrap_servers=f"{host}:{port}",
            bootstrap_timeout_ms=REQUEST_MS,
            request_timeout_ms=REQUEST_MS,
            **options,
        )
    except KafkaError:
        return ""
    try:
        cluster = client.describe_cluster()
    except KafkaError:
        return ""
    finally:
        client.close()
    ready = any(not broker.get("is_fenced") for broker in cluster["brokers"])
    return str(cluster["cluster_id"]) if ready else ""
