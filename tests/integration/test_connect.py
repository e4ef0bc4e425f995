from __future__ import annotations

import gc
import threading
import warnings
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer

from schemas.topics import RAW
from services.broker.embedded import EmbeddedBroker
from services.connect import connect, describe_topic, require_topics
from services.errors import SettingsError, UserError
from services.kafka import KafkaConnection
from services.ops.topics import create_topics

pytestmark = pytest.mark.integration


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """kafka-python drops the socket of a login that was refused without closing it; here it does no harm."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def complaint(connection: KafkaConnection, deadline: float = 4) -> str:
    with pytest.raises(SettingsError) as raised:
        connect(KafkaConsumer, connection, deadline=deadline)
    return str(raised.value)


@pytest.mark.parametrize("make", [KafkaAdminClient, KafkaConsumer, KafkaProducer])
def test_connect_with_the_right_login(guarded: KafkaConnection, make: Any) -> None:
    client = connect(make, guarded)
    client.close()

    assert isinstance(client, make)


def test_connect_with_a_wrong_password_names_the_login(guarded: KafkaConnection) -> None:
    assert "DATELINE_KAFKA_SASL_" in complaint(replace(guarded, sasl_password="wrong"))


def test_connect_with_another_mechanism_names_the_login(guarded: KafkaConnection) -> None:
    assert "DATELINE_KAFKA_SASL_" in complaint(replace(guarded, sasl_mechanism="SCRAM-SHA-512"))


def test_connect_without_a_login_where_one_is_asked_for_names_the_protocol(guarded: KafkaConnection) -> None:
    assert "DATELINE_KAFKA_SECURITY_PROTOCOL" in complaint(KafkaConnection(guarded.bootstrap), 2)


def test_connect_with_tls_where_there_is_none_names_the_protocol(broker: EmbeddedBroker) -> None:
    assert "DATELINE_KAFKA_SECURITY_PROTOCOL" in complaint(KafkaConnection(broker.bootstrap, "SSL"), 2)


def test_connect_with_a_login_where_none_is_asked_for_names_the_protocol(
    broker: EmbeddedBroker, guarded: KafkaConnection
) -> None:
    assert "DATELINE_KAFKA_SECURITY_PROTOCOL" in complaint(replace(guarded, bootstrap=broker.bootstrap))


def test_connect_describe_topic_gives_what_the_broker_says(broker: EmbeddedBroker) -> None:
    connection, prefix = KafkaConnection(broker.bootstrap), f"c{uuid4().hex[:8]}."
    create_topics(connection, [RAW], prefix, partitions=3)
    with closing(connect(KafkaAdminClient, connection)) as admin:
        described = describe_topic(admin, connection, prefix + RAW.name)

    assert len(described["partitions"]) == 3
    assert described["topic_id"]


def test_connect_require_topics_names_the_first_that_is_missing(broker: EmbeddedBroker) -> None:
    connection, prefix = KafkaConnection(broker.bootstrap), f"c{uuid4().hex[:8]}."
    create_topics(connection, [RAW], prefix, partitions=1)

    with pytest.raises(UserError, match=rf"^there is no topic {prefix}none at {broker.bootstrap}; `dateline broker"):
        require_topics(connection, [prefix + RAW.name, prefix + "none", prefix + "neither"])


def test_connect_describe_topic_of_no_name_says_what_is_wrong(broker: EmbeddedBroker) -> None:
    connection = KafkaConnection(broker.bootstrap)

    with pytest.raises(UserError, match="the topic no name at .* cannot be used: InvalidTopicError"):
        require_topics(connection, ["no name"])


def test_connect_in_vain_leaves_no_thread_behind(unused_tcp_port: int) -> None:
    complaint(KafkaConnection(f"127.0.0.1:{unused_tcp_port}"), 1)

    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("kafka-io")] == []


def test_connect_says_why_nothing_answers(unused_tcp_port: int) -> None:
    assert "ECONNREFUSED" in complaint(KafkaConnection(f"127.0.0.1:{unused_tcp_port}"), 1)


@pytest.mark.parametrize("bootstrap", ["127.0.0.1:http", "127.0.0.1:99999999", "", ","])
def test_connect_to_no_address_names_the_setting(bootstrap: str) -> None:
    assert complaint(KafkaConnection(bootstrap), 1).startswith("DATELINE_KAFKA_BOOTSTRAP: ")


def test_connect_without_its_certificate_names_the_settings() -> None:
    assert complaint(KafkaConnection("127.0.0.1:1", "SSL", ssl_cafile="/no/such/file")).startswith(
        "DATELINE_KAFKA_SSL_"
    )


def test_connect_with_a_certificate_that_is_none_names_the_settings() -> None:
    assert complaint(KafkaConnection("127.0.0.1:1", "SSL", ssl_cafile=__file__)).startswith("DATELINE_KAFKA_SSL_")
