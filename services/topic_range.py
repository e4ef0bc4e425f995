"""Every message of a topic, from where one likes to its end as it is now: for whoever looks back, in no group.

Reads alone: nothing is committed, and no topic is made by being asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError, KafkaTimeoutError, RetriableError

from services.connect import BOOTSTRAP, connect
from services.errors import SettingsError, UserError
from services.kafka import KafkaConnection
from services.outage import kafka_answers

_READ_SECONDS = 30


def read_range(connection: KafkaConnection, topic: str, since: Mapping[int, int] | None = None) -> Iterator[Any]:
    """Every message of a topic from `since` (the beginning if not given) to its end.

    Its end is that of the moment at which the first message is asked for. `since` is the first offset wanted in each
    partition. Yields kafka-python's records, partition by partition as they come; nothing where there is no such
    topic. Raises UserError where they do not come.
    """
    consumer = connect(
        KafkaConsumer,
        connection,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        allow_auto_create_topics=False,
    )
    try:
        with _told(connection):
            places = [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic))]
            # Asked for before anything is read: what is written meanwhile is left out.
            ends = {place: end for place, end in (consumer.end_offsets(places) if places else {}).items() if end > 0}
            begins = consumer.beginning_offsets(list(ends)) if ends else {}
            consumer.assign(list(ends))
            for place in ends:
                consumer.seek(place, max(begins[place], (since or {}).get(place.partition, 0)))
        while True:
            with _told(connection):
                if all(consumer.position(place) >= end for place, end in ends.items()):
                    return
                batches = consumer.poll(timeout_ms=_READ_SECONDS * 1000)
            if not batches:
                raise UserError(f"{topic} at {connection.bootstrap} gives no messages, but has not come to its end")
            kafka_answers(connection.bootstrap)
            for place, records in batches.items():
                yield from (record for record in records if record.offset < ends[place])
    finally:
        consumer.close()


@contextmanager
def _told(connection: KafkaConnection) -> Iterator[None]:
    try:
        yield
    except (RetriableError, KafkaTimeoutError) as error:
        raise SettingsError(BOOTSTRAP, f"{connection.bootstrap} no longer answers: {error}") from error
    except KafkaError as error:
        raise UserError(f"Kafka at {connection.bootstrap} refuses: {error}") from error
