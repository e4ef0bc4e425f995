"""A broker that asks for a login, for the tests that log in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from services.broker.embedded import EmbeddedBroker
from services.broker.jars import default_jar_dir
from services.kafka import KafkaConnection


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KafkaConnection]:
    """A broker that asks for a login, and the right one."""
    login = KafkaConnection("", "SASL_PLAINTEXT", "PLAIN", "anna", "right")
    users = 'username="anna" password="right" user_anna="right"'
    plain = f"org.apache.kafka.common.security.plain.PlainLoginModule required {users};"
    properties = {
        "listener.security.protocol.map": "CLIENT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
        "sasl.mechanism.inter.broker.protocol": "PLAIN",
        "listener.name.client.sasl.enabled.mechanisms": "PLAIN",
        "listener.name.client.plain.sasl.jaas.config": plain,
    }
    client = {name: value for name, value in login.kafka_python().items() if name != "bootstrap_servers"}
    broker = EmbeddedBroker(tmp_path_factory.mktemp("guarded"), default_jar_dir(), properties=properties, client=client)
    broker.start()
    yield replace(login, bootstrap=broker.bootstrap)
    broker.stop()
