"""How every client connects to Kafka: one value, translated for each client library.

Knows no client library: the translations are plain dictionaries.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from typing import Any

# The consumer groups; a topic prefix goes before them as well.
ENRICH_GROUP, SINK_GROUP = "dateline-enrich", "dateline-sink"


@dataclass(frozen=True, slots=True)
class KafkaConnection:
    """Where Kafka is and how to log in. Names follow Kafka's client configuration; paths are to PEM files."""

    bootstrap: str = "127.0.0.1:9092"
    security_protocol: str = "PLAINTEXT"
    sasl_mechanism: str = "SCRAM-SHA-512"
    sasl_username: str = ""
    sasl_password: str = field(default="", repr=False)
    ssl_cafile: str = ""
    ssl_certfile: str = ""
    ssl_keyfile: str = ""
    ssl_keyfile_password: str = field(default="", repr=False)
    ssl_check_hostname: bool = True

    @property
    def servers(self) -> list[str]:
        """Bootstrap servers, as ``host:port`` each."""
        return [server.strip() for server in self.bootstrap.split(",") if server.strip()]

    @property
    def uses_sasl(self) -> bool:
        """Whether clients log in by name and password."""
        return self.security_protocol.startswith("SASL_")

    @property
    def uses_tls(self) -> bool:
        """Whether the connection is encrypted."""
        return self.security_protocol.endswith("SSL")

    def tls_context(self) -> ssl.SSLContext:
        """The client's TLS context. Raises OSError where a file cannot be read, ssl.SSLError where it is no PEM."""
        context = ssl.create_default_context(cafile=self.ssl_cafile or None)
        context.check_hostname = self.ssl_check_hostname
        if self.ssl_certfile:
            context.load_cert_chain(self.ssl_certfile, self.ssl_keyfile or None, self.ssl_keyfile_password or None)
        return context

    def kafka_python(self) -> dict[str, Any]:
        """Arguments for kafka-python's KafkaProducer, KafkaConsumer and KafkaAdminClient."""
        config: dict[str, Any] = {"bootstrap_servers": self.servers, "security_protocol": self.security_protocol}
        if self.uses_sasl:
            config |= {
                "sasl_mechanism": self.sasl_mechanism,
                "sasl_plain_username": self.sasl_username,
                "sasl_plain_password": self.sasl_password,
            }
        if self.uses_tls:
            config["ssl_context"] = self.tls_context()
        return config
