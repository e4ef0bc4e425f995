"""How a client of kafka-python reaches its first broker, and what a person is told when it does not.

Left alone, the library tries again until its time is up, says why in its log only, and leaves a thread behind. Here
every failure is one SettingsError that names the setting to look at, and nothing is left behind.
"""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from kafka import KafkaAdminClient
from kafka.cluster import collect_hosts
from kafka.errors import (
    IllegalSaslStateError,
    KafkaTimeoutError,
    NoError,
    RequestTimedOutError,
    SaslAuthenticationFailedError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
    UnsupportedSaslMechanismError,
    for_code,
)
from kafka.net.compat import KafkaNetClient

from services.errors import SettingsError, UserError
from services.kafka import KafkaConnection

ClientT = TypeVar("ClientT")

BOOTSTRAP = "DATELINE_KAFKA_BOOTSTRAP"
DEADLINE = 10.0
"""Seconds in which a first broker must answer."""

# What tells of attempts to connect. Other loggers of the library are left alone.
_LOGGERS = ("kafka.net.manager", "kafka.net.connection", "kafka.net.transport", "kafka.net.inet", "kafka.cluster")
_NO_REASON = (KafkaTimeoutError, RequestTimedOutError)
_FIRST_TRY = 1.0


def connect(
    make: Callable[..., ClientT], connection: KafkaConnection, *, deadline: float = DEADLINE, **config: Any
) -> ClientT:
    """A client of kafka-python that has reached a broker: `make` is its class, `config` what it takes besides.

    Raises SettingsError where no broker has answered after `deadline` seconds, and sooner where one refuses the login.
    """
    config = _arguments(connection) | config
    ends = time.monotonic() + deadline
    patience = _FIRST_TRY
    with _failures() as failures:
        # Short tries that grow: between them there is a look at why, and a wrong password is not sent on and on.
        while (left := ends - time.monotonic()) > 0:
            made: list[KafkaNetClient] = []
            try:
                return make(
                    **config,
                    bootstrap_timeout_ms=1000 * min(patience, left),
                    kafka_client=lambda made=made, **given: _kept(made, given),
                )
            except KafkaTimeoutError:
                for client in made:
                    client.close()
            _raise_if_refused(connection, failures)
            patience *= 2
    raise SettingsError(BOOTSTRAP, _why(connection, failures, deadline))


def require_topics(connection: KafkaConnection, names: Iterable[str]) -> None:
    """Return if all these topics are there. Raises as `describe_topic` and `connect` do."""
    admin = connect(KafkaAdminClient, connection)
    try:
        for name in names:
            describe_topic(admin, connection, name)
    finally:
        admin.close()


def describe_topic(admin: KafkaAdminClient, connection: KafkaConnection, name: str) -> dict[str, Any]:
    """What the broker says of a topic, as kafka-python's admin client gives it: topic_id, partitions and more.

    Raises UserError where there is no such topic, or it is not ours to see; KafkaError where the broker goes away.
    """
    (described,) = admin.describe_topics([name])
    error = for_code(described["error_code"])
    where = f"{name} at {connection.bootstrap}"
    if error is UnknownTopicOrPartitionError:
        raise UserError(f"there is no topic {where}; `dateline broker topics` makes them")
    if error is TopicAuthorizationFailedError:
        raise UserError(f"this login may not see the topic {where}")
    if error is not NoError:
        raise UserError(f"the topic {where} cannot be used: {error.__name__}")
    return dict(described)


def has_connection(client: Any) -> bool:
    """Whether a KafkaConsumer or KafkaAdminClient is connected to any broker now.

    One that is in a group is, for as long as a broker answers: its heartbeats keep a connection. A broker that has
    stopped answering without hanging up counts until a request to it has timed out.
    """
    # A copy: the library's own thread changes it.
    connections = list(client._manager._conns.values())
    return any(connection.connected for connection in connections)


def _arguments(connection: KafkaConnection) -> dict[str, Any]:
    try:
        servers = collect_hosts(connection.servers)
    except ValueError as wrong:
        raise SettingsError(BOOTSTRAP, f"{connection.bootstrap!r} is no host:port: {wrong}") from wrong
    if not servers:
        raise SettingsError(BOOTSTRAP, "names no server; host:port is expected, more than one with commas")
    try:
        return connection.kafka_python()
    except ssl.SSLError as wrong:
        raise SettingsError("DATELINE_KAFKA_SSL_*", f"a file is no PEM, or its password is wrong: {wrong}") from wrong
    except OSError as wrong:
        raise SettingsError("DATELINE_KAFKA_SSL_*", f"a file cannot be read: {wrong}") from wrong


def _kept(made: list[KafkaNetClient], given: dict[str, Any]) -> KafkaNetClient:
    """The network client, kept so that it can be closed where the client around it never comes to be."""
    made.append(KafkaNetClient(**given))
    return made[-1]


@contextmanager
def _failures() -> Iterator[list[tuple[type[Exception], str]]]:
    """Classes and messages of the errors that the library logs meanwhile. Shown by nobody: one line tells of them all.

    Not the errors themselves: they would keep the library's sockets from being collected.
    """
    seen: list[tuple[type[Exception], str]] = []

    def keep(record: logging.LogRecord) -> bool:
        seen.extend(
            (type(part), str(part).removeprefix(f"{type(part).__name__}: "))
            for part in (record.args if isinstance(record.args, tuple) else ())
            if isinstance(part, Exception) and not isinstance(part, _NO_REASON)
        )
        return False

    for name in _LOGGERS:
        logging.getLogger(name).addFilter(keep)
    try:
        yield seen
    finally:
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(keep)


def _raise_if_refused(connection: KafkaConnection, failures: list[tuple[type[Exception], str]]) -> None:
    where = connection.bootstrap
    refusals = {
        SaslAuthenticationFailedError: (
            "DATELINE_KAFKA_SASL_USERNAME",
            f"{where} refuses the login of {connection.sasl_username!r};"
            " look at the name and at DATELINE_KAFKA_SASL_PASSWORD",
        ),
        UnsupportedSaslMechanismError: (
            "DATELINE_KAFKA_SASL_MECHANISM",
            f"{where} does not offer {connection.sasl_mechanism}",
        ),
        IllegalSaslStateError: (
            "DATELINE_KAFKA_SECURITY_PROTOCOL",
            f"is {connection.security_protocol}, but {where} asks for no login on this port",
        ),
    }
    for kind, _message in failures:
        if kind in refusals:
            raise SettingsError(*refusals[kind])


def _why(connection: KafkaConnection, failures: list[tuple[type[Exception], str]], deadline: float) -> str:
    line = f"no Kafka answers at {connection.bootstrap} after {deadline:g} s"
    if not failures:
        return line
    _kind, last = failures[-1]
    if "disconnected" not in last and "andshake" not in last:
        return f"{line}: {last}"
    # Something listens there and hangs up on us: it expects another protocol, more often than it is another program.
    # A broker that refuses a login hangs up so fast that its refusal is not always read.
    login = ", and the login (DATELINE_KAFKA_SASL_*) right?" if connection.uses_sasl else "?"
    protocol = f"is DATELINE_KAFKA_SECURITY_PROTOCOL ({connection.security_protocol}) what it expects{login}"
    return f"{line}: {last}; {protocol}"
