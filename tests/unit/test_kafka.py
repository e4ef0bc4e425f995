from __future__ import annotations

import ssl

from services.kafka import KafkaConnection


def test_kafka_plain_connection_needs_servers_alone() -> None:
    connection = KafkaConnection(bootstrap="one:9092, two:9092")
    assert connection.kafka_python() == {
        "bootstrap_servers": ["one:9092", "two:9092"],
        "security_protocol": "PLAINTEXT",
    }


def test_kafka_login_is_passed_to_the_client() -> None:
    connection = KafkaConnection(
        security_protocol="SASL_PLAINTEXT", sasl_mechanism="PLAIN", sasl_username="ann", sasl_password="word"
    )
    config = connection.kafka_python()
    assert {name: config[name] for name in config if name.startswith("sasl")} == {
        "sasl_mechanism": "PLAIN",
        "sasl_plain_username": "ann",
        "sasl_plain_password": "word",
    }


def test_kafka_tls_checks_the_servers_name_unless_told_not_to() -> None:
    checked = KafkaConnection(security_protocol="SSL").tls_context()
    unchecked = KafkaConnection(security_protocol="SSL", ssl_check_hostname=False).tls_context()
    assert (checked.check_hostname, unchecked.check_hostname) == (True, False)
    assert checked.verify_mode is unchecked.verify_mode is ssl.CERT_REQUIRED
