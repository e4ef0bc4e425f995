"""The topics that dead letters came from: which are there, and what they take."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaError, RetriableError

from schemas.topics import TOPICS
from services.connect import BOOTSTRAP, connect, describe_topic
from services.errors import SettingsError, UserError
from services.kafka import KafkaConnection

_LIMIT = "max.message.bytes"


@dataclass(frozen=True, slots=True)
class Target:
    """A topic: its partitions, and bytes of the largest message that it takes."""

    partitions: frozenset[int]
    largest: int


def find_targets(
    connection: KafkaConnection, topics: Iterable[str], deadletter: str
) -> tuple[dict[str, Target], dict[str, str]]:
    """Those of `topics` that can be replayed onto, and of each other one why not.

    The topic of dead letters is none of them, whatever a letter says. Raises UserError where Kafka does not answer.
    """
    found: dict[str, Target] = {}
    problems: dict[str, str] = {}
    with closing(connect(KafkaAdminClient, connection)) as admin:
        for topic in sorted(set(topics)):
            if topic == deadletter:
                problems[topic] = f"{topic} holds dead letters, and nothing else may go there"
                continue
            try:
                found[topic] = _target(admin, connection, topic)
            except SettingsError:
                raise
            except UserError as error:
                problems[topic] = str(error)
    return found, problems


def _target(admin: Any, connection: KafkaConnection, topic: str) -> Target:
    try:
        described = describe_topic(admin, connection, topic)
        config = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)], config_filter="all")
    except RetriableError as error:
        raise SettingsError(BOOTSTRAP, f"{connection.bootstrap} no longer answers: {error}") from error
    except KafkaError as error:
        raise UserError(f"the topic {topic} at {connection.bootstrap} cannot be used: {error}") from error
    limit = config["topic"][topic].get(_LIMIT)
    # Who may not ask has to go by the table.
    known = [one.max_message_bytes for one in TOPICS if topic.endswith(one.name)]
    largest = int(limit["value"]) if limit else min(known, default=TOPICS[0].max_message_bytes)
    return Target(frozenset(partition["partition_index"] for partition in described["partitions"]), largest)
