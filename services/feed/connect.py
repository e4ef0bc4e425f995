"""The Kafka client of the feed, and what its errors mean. Only this file imports it.

Idempotence is on, so the client mutes a partition while a batch for it is on its way: a batch that is tried again
neither doubles nor falls behind a later one, and the versions of an article stay in order.
"""

from __future__ import annotations

from contextlib import closing
from typing import Any

from kafka import KafkaAdminClient, KafkaProducer
from kafka import errors as kafka_errors
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.codec import has_lz4, has_zstd

from schemas.topics import RAW
from services import connect as kafka_python
from services.errors import SettingsError, UserError
from services.feed.publish import Answer, Message, TooLarge
from services.kafka import KafkaConnection

_BATCH_BYTES = 128 * 1024
_LINGER_MS = 10
_REQUEST_SECONDS = 30.0
_RECONNECT_MS = 1000
_CLOSE_SECONDS = 5.0
_SIZE_ERRORS = (kafka_errors.MessageSizeTooLargeError, kafka_errors.RecordListTooLargeError)


class KafkaClient:
    """A `Producer` on a real Kafka."""

    def __init__(self, producer: Any, connection: KafkaConnection, limit: int, deadline: float) -> None:
        """`limit` is the largest message that the topic takes, in bytes; `producer` is kafka-python's, with it set."""
        self._producer = producer
        self._connection = connection
        self._limit = limit
        self._deadline = deadline

    def send(self, topic: str, message: Message, answer: Answer) -> None:
        """Hand over one message. Raises TooLarge, and UserError where the topic cannot be written to."""
        try:
            future = self._producer.send(topic, value=message.value, key=message.key, headers=message.headers)
        except kafka_errors.KafkaError as error:
            raise self._meaning(error, message) from error
        future.add_callback(lambda _: answer(None))
        future.add_errback(lambda error: answer(self._meaning(error, message)))

    def close(self, *, abandon: bool = False) -> None:
        """End the connection. With `abandon` all that is not acknowledged is answered with an error."""
        if abandon:
            # close() would wait for what cannot be sent and then leave everything as it is.
            self._producer._sender.force_close()
            self._producer._sender.join(_CLOSE_SECONDS)
        self._producer.close(timeout=_CLOSE_SECONDS)

    def _meaning(self, error: Exception, message: Message) -> Exception:
        if isinstance(error, _SIZE_ERRORS):
            return TooLarge(f"is larger than the topic takes, {self._limit} bytes: {message.size} bytes")
        if isinstance(error, kafka_errors.KafkaError):
            return _meaning(error, self._connection, self._deadline)
        return error


def connect(connection: KafkaConnection, topic: str, *, compression: str, deadline: float) -> KafkaClient:
    """A client that gives up what is not acknowledged `deadline` seconds after it was sent.

    `compression` is none, gzip, lz4 or zstd. Raises SettingsError where Kafka cannot be reached (in the time that all
    clients give it, if that is shorter) or does not let us in, or where a package for the compression is missing;
    UserError where there is no such topic.
    """
    if (compression == "lz4" and not has_lz4()) or (compression == "zstd" and not has_zstd()):
        package = {"lz4": "lz4", "zstd": "zstandard"}[compression]
        raise SettingsError("DATELINE_COMPRESSION", f"{compression} needs the package {package}; gzip needs none")
    patience = min(deadline, kafka_python.DEADLINE)
    try:
        limit = _largest_message(topic, connection, patience)
        producer = kafka_python.connect(
            KafkaProducer,
            connection,
            deadline=patience,
            acks="all",
            enable_idempotence=True,
            allow_auto_create_topics=False,
            compression_type=None if compression == "none" else compression,
            batch_size=_BATCH_BYTES,
            linger_ms=_LINGER_MS,
            # The client has to know: once the broker refuses a message for its size, it sends nothing any more.
            max_request_size=limit,
            max_block_ms=int(deadline * 1000),
            request_timeout_ms=int(min(_REQUEST_SECONDS, deadline / 2) * 1000),
            delivery_timeout_ms=int(deadline * 1000),
            reconnect_backoff_max_ms=_RECONNECT_MS,
            metrics_enabled=False,
        )
    except kafka_errors.KafkaError as error:
        raise _meaning(error, connection, deadline) from error
    return KafkaClient(producer, connection, limit, deadline)


def _largest_message(topic: str, connection: KafkaConnection, deadline: float) -> int:
    """Bytes of the largest message that the topic takes; the table's where we may not ask."""
    resource = ConfigResource(ConfigResourceType.TOPIC, topic)
    with closing(kafka_python.connect(KafkaAdminClient, connection, deadline=deadline)) as admin:
        kafka_python.describe_topic(admin, connection, topic)
        found = admin.describe_configs([resource], config_filter="all")["topic"][topic]
    limit = found.get("max.message.bytes")
    return RAW.max_message_bytes if limit is None else int(limit["value"])


def _meaning(error: kafka_errors.KafkaError, connection: KafkaConnection, deadline: float) -> UserError:
    if isinstance(error, kafka_errors.SaslAuthenticationFailedError):
        return SettingsError("DATELINE_KAFKA_SASL_PASSWORD", f"{connection.bootstrap} does not accept this login")
    if isinstance(error, kafka_errors.AuthorizationError):
        return UserError(f"{connection.bootstrap} does not let this login write: {error}")
    if not isinstance(error, kafka_errors.RetriableError):
        return UserError(f"{connection.bootstrap} refuses what is sent: {error}")
    return SettingsError(
        "DATELINE_KAFKA_BOOTSTRAP",
        f"{connection.bootstrap} did not acknowledge within {deadline:.0f} s ({type(error).__name__})",
    )
