"""The table of topics against a broker: topics are made, compared with the table, and measured.

Never changes or deletes a topic that is there: what differs is told, and people decide.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, OffsetSpec
from kafka.errors import GroupIdNotFoundError, KafkaError, NoError, RetriableError, TopicAlreadyExistsError, for_code

from schemas.topics import TOPICS, Topic
from services.connect import BOOTSTRAP, DEADLINE, connect
from services.errors import SettingsError, UserError
from services.kafka import KafkaConnection

_UNCOMMITTED = -1
_PAUSE = 0.2


class TopicState(StrEnum):
    """What was found or done."""

    CREATED = "created"
    EXISTED = "existed"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class TopicReport:
    """One topic after `create_topics`; `differences` says how the broker's topic departs from the table."""

    name: str
    state: TopicState
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicOffsets:
    """First offset still held, and the next one to be written, for each partition of a topic that is there."""

    name: str
    begin: dict[int, int]
    end: dict[int, int]

    @property
    def messages(self) -> int:
        """Messages held now, where the topic is not compacted and holds no transactions."""
        return sum(self.end.values()) - sum(self.begin.values())


def create_topics(
    connection: KafkaConnection,
    topics: Sequence[Topic] = TOPICS,
    prefix: str = "",
    partitions: int | None = None,
    replication_factor: int = 1,
    *,
    deadline: float = DEADLINE,
) -> list[TopicReport]:
    """Make those of `topics` that are missing; report on each, in order.

    `partitions` stands in for the number in the table. Raises UserError where the broker cannot be reached within
    `deadline` seconds, or refuses a topic.
    """
    wanted = {prefix + topic.name: (topic, partitions or topic.partitions) for topic in topics}
    with _admin(connection, deadline) as admin:
        made = _create_missing(admin, wanted, replication_factor)
        found = _partitions(admin, [name for name in wanted if name not in made])
        configs = _configs(admin, {name: wanted[name][0] for name in found})
    reports = []
    for name, (topic, count) in wanted.items():
        if name in made:
            reports.append(TopicReport(name, TopicState.CREATED))
            continue
        differences = tuple(_differences(topic, count, len(found[name]), configs[name]))
        reports.append(TopicReport(name, TopicState.DIFFERS if differences else TopicState.EXISTED, differences))
    return reports


def describe(
    connection: KafkaConnection, topics: Sequence[Topic] = TOPICS, prefix: str = "", *, deadline: float = DEADLINE
) -> list[TopicOffsets]:
    """Offsets of those of `topics` that are there, in order. Raises UserError where the broker cannot be reached."""
    names = [prefix + topic.name for topic in topics]
    with _admin(connection, deadline) as admin:
        found = _partitions(admin, names)
        begin = _offsets(admin, found, OffsetSpec.EARLIEST)
        end = _offsets(admin, found, OffsetSpec.LATEST)
    return [TopicOffsets(name, begin[name], end[name]) for name in names if name in found]


def end_offsets(
    connection: KafkaConnection, topic: str, *, deadline: float = DEADLINE, client: KafkaAdminClient | None = None
) -> dict[int, int]:
    """The next offset to be written in each partition of `topic`, by its full name; empty where there is none.

    `client` is one to ask with, from `held_client`. Raises UserError where the broker cannot be reached.
    """
    with _admin(connection, deadline, client) as admin:
        return _offsets(admin, _partitions(admin, [topic]), OffsetSpec.LATEST).get(topic, {})


def committed(
    connection: KafkaConnection,
    group: str,
    topic: str,
    *,
    deadline: float = DEADLINE,
    client: KafkaAdminClient | None = None,
) -> dict[int, int]:
    """Where `group` would go on reading `topic`, for each partition in which it has committed anything.

    `client` is one to ask with, from `held_client`. Raises UserError where the broker cannot be reached.
    """
    with _admin(connection, deadline, client) as admin:
        return _committed(admin, group, topic, deadline)


def lag(
    connection: KafkaConnection,
    group: str,
    topic: str,
    *,
    deadline: float = DEADLINE,
    client: KafkaAdminClient | None = None,
) -> dict[int, int]:
    """Messages of each partition of `topic` that `group` has not committed; those all where it has committed none.

    `client` is one to ask with, from `held_client`. Raises UserError where the broker cannot be reached.
    """
    with _admin(connection, deadline, client) as admin:
        found = _partitions(admin, [topic])
        # Committed before end: the other way round, a group that keeps up could seem to be ahead.
        done = _committed(admin, group, topic, deadline)
        begin = _offsets(admin, found, OffsetSpec.EARLIEST).get(topic, {})
        end = _offsets(admin, found, OffsetSpec.LATEST).get(topic, {})
    # What retention has removed can no longer be read: it is not behind, it is gone.
    return {partition: end[partition] - max(done.get(partition, 0), begin[partition]) for partition in end}


@contextmanager
def held_client(connection: KafkaConnection, *, deadline: float = DEADLINE) -> Iterator[KafkaAdminClient]:
    """A client for who asks again and again; without one, every question connects anew.

    Waits `deadline` seconds for the connection and for each answer. Raises UserError where the broker cannot be
    reached; for questions put while it is away, too, where one that connects anew would wait for it.
    """
    admin = connect(
        KafkaAdminClient,
        connection,
        deadline=deadline,
        client_id="dateline-ops",
        request_timeout_ms=int(deadline * 1000),
    )
    try:
        yield admin
    finally:
        admin.close()


@contextmanager
def _admin(
    connection: KafkaConnection, deadline: float, client: KafkaAdminClient | None = None
) -> Iterator[KafkaAdminClient]:
    try:
        with nullcontext(client) if client else held_client(connection, deadline=deadline) as admin:
            yield admin
    except RetriableError as error:
        raise SettingsError(BOOTSTRAP, f"{connection.bootstrap} no longer answers: {error}") from error
    except KafkaError as error:
        raise UserError(f"Kafka at {connection.bootstrap} refuses: {error}") from error


def _create_missing(
    admin: KafkaAdminClient, wanted: dict[str, tuple[Topic, int]], replication_factor: int
) -> frozenset[str]:
    there = _partitions(admin, list(wanted))
    missing = {
        name: {"num_partitions": count, "replication_factor": replication_factor, "configs": topic.config()}
        for name, (topic, count) in wanted.items()
        if name not in there
    }
    if not missing:
        return frozenset()
    made = []
    for answer in admin.create_topics(missing, raise_errors=False)["topics"]:
        error = for_code(answer["error_code"])
        if error is NoError:
            made.append(answer["name"])
        elif error is not TopicAlreadyExistsError:  # somebody else was faster, which is as good
            raise UserError(f"topic {answer['name']} cannot be made: {answer['error_message'] or error.__name__}")
    admin.wait_for_topics(missing)
    return frozenset(made)


def _partitions(admin: KafkaAdminClient, names: list[str]) -> dict[str, list[int]]:
    """Partitions of those topics that are there."""
    if not names:
        return {}
    return {
        topic["name"]: sorted(partition["partition_index"] for partition in topic["partitions"])
        for topic in admin.describe_topics(names)
        if for_code(topic["error_code"]) is NoError
    }


def _configs(admin: KafkaAdminClient, topics: dict[str, Topic]) -> dict[str, dict[str, str]]:
    """Those settings of each topic that the table has a value for."""
    if not topics:
        return {}
    resources = [ConfigResource(ConfigResourceType.TOPIC, name, list(topic.config())) for name, topic in topics.items()]
    answer = admin.describe_configs(resources, config_filter="all")["topic"]
    return {name: {key: setting["value"] for key, setting in found.items()} for name, found in answer.items()}


def _differences(topic: Topic, wanted: int, count: int, config: dict[str, str]) -> Iterator[str]:
    if count != wanted:
        yield f"partitions: {count}, not {wanted}"
    for key, value in topic.config().items():
        if config.get(key) != value:
            yield f"{key}: {config.get(key)}, not {value}"


def _offsets(admin: KafkaAdminClient, topics: dict[str, list[int]], spec: Any) -> dict[str, dict[int, int]]:
    asked = {TopicPartition(name, partition): spec for name, found in topics.items() for partition in found}
    offsets: dict[str, dict[int, int]] = {name: {} for name in topics}
    for place, found in sorted(admin.list_partition_offsets(asked).items()):
        offsets[place.topic][place.partition] = found.offset
    return offsets


def _committed(admin: KafkaAdminClient, group: str, topic: str, deadline: float) -> dict[int, int]:
    ends = time.monotonic() + deadline
    while True:
        try:
            found = admin.list_group_offsets({group: None})[group]
        except GroupIdNotFoundError:
            return {}
        except RetriableError:
            # The first question about any group makes the broker create the topic that holds the answers.
            if time.monotonic() > ends:
                raise
            time.sleep(_PAUSE)
        else:
            return {
                place.partition: position.offset
                for place, position in sorted(found.items())
                if place.topic == topic and position.offset != _UNCOMMITTED
            }
