"""The sink on a real broker and a real SQLite file: what it writes, and where it starts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaConsumer, OffsetAndMetadata, TopicPartition

from schemas.deadletter import Reason, Stage
from services.errors import UserError
from services.sink.batch import Totals
from tests.articles import plain_article, rich_article
from tests.integration.sink_lane import Lane, articles

pytestmark = pytest.mark.integration


@pytest.fixture
def lane(broker: Any, tmp_path: Path) -> Iterator[Lane]:
    made = Lane(broker.bootstrap, tmp_path)
    yield made
    made.close()


def test_sink_writes_each_article_once(lane: Lane) -> None:
    lane.feed(articles(30))

    totals = lane.sink(batch_size=7)

    assert totals == Totals(stored=30)
    assert lane.ids() == [f"a{n:03}" for n in range(30)]


def test_sink_commits_to_kafka_what_the_store_has(lane: Lane) -> None:
    lane.feed(articles(5))

    lane.sink()

    assert lane.committed() == lane.watermarks() == {0: 3, 1: 2}


def test_sink_counts_each_message_once(lane: Lane) -> None:
    lane.feed(articles(5))
    lane.send(b"no json")

    lane.sink()

    assert lane.metric("dateline_articles_total", stage="sink", outcome="stored") == 5
    assert lane.metric("dateline_articles_total", stage="sink", outcome="dead_letter") == 1
    assert lane.metric("dateline_feed_to_row_seconds_count") == 5


def test_sink_changes_nothing_when_a_message_comes_twice(lane: Lane) -> None:
    lane.feed(articles(4))
    lane.sink()
    before = lane.rows()
    lane.feed(articles(4))

    lane.sink()

    after = lane.rows()
    assert after.pop("watermarks") != before.pop("watermarks")
    assert after == before


def test_sink_goes_on_where_the_store_ends_whatever_kafka_believes(lane: Lane) -> None:
    lane.feed(articles(4))
    lane.sink()
    lane.feed(articles(3, "b"))

    # A group that Kafka has never seen.
    assert lane.sink(group=f"{lane.group}-other") == Totals(stored=3)


def test_sink_reads_all_for_a_new_store_whatever_kafka_believes(lane: Lane) -> None:
    lane.feed(articles(4))
    lane.sink()
    lane.file.unlink()

    assert lane.sink() == Totals(stored=4)


POISON = {
    "no value": (None, b"a1", Reason.EMPTY),
    "no json": (b"\xff\x00", b"a1", Reason.NOT_JSON),
    "another record": (b'{"id": "a1"}', b"a1", Reason.INVALID),
    "another key": (plain_article("a1").model_dump_json().encode(), b"a2", Reason.INVALID),
}


@pytest.mark.parametrize(("value", "key", "reason"), POISON.values(), ids=POISON)
def test_sink_makes_poison_a_dead_letter(lane: Lane, value: bytes | None, key: bytes | None, reason: Reason) -> None:
    offset = lane.send(value, key, headers=[("x", b"\x00y"), ("x", b"twice")])
    lane.feed(articles(2))

    totals = lane.sink()

    assert totals == Totals(stored=2, dead_letters=1)
    (letter,) = lane.dead_letters()
    assert (letter.reason, letter.stage, letter.topic, letter.offset) == (reason, Stage.SINK, lane.topic, offset)
    assert (letter.key, letter.value or None) == (key, value)
    assert letter.headers == (("x", b"\x00y"), ("x", b"twice"))


def test_sink_makes_an_article_that_the_store_refuses_a_dead_letter(lane: Lane) -> None:
    entity = rich_article().entities[0]
    lane.feed([*articles(3), rich_article("refused", entities=(entity, entity)), *articles(3, "b")])

    totals = lane.sink()

    assert totals == Totals(stored=6, dead_letters=1)
    assert [(letter.key, letter.reason) for letter in lane.dead_letters()] == [(b"refused", Reason.REFUSED_BY_STORE)]
    assert lane.watermarks() == {0: 4, 1: 3}


def test_sink_names_the_topic_that_is_missing(lane: Lane) -> None:
    with pytest.raises(UserError, match="there is no topic nowhere"):
        lane.sink(topic="nowhere")


def test_sink_ignores_a_commit_that_is_ahead_of_the_store(lane: Lane) -> None:
    lane.feed(articles(6))
    consumer = KafkaConsumer(**lane.connection.kafka_python(), group_id=lane.group, enable_auto_commit=False)
    consumer.assign([TopicPartition(lane.topic, 0)])
    consumer.commit({TopicPartition(lane.topic, 0): OffsetAndMetadata(3, "", -1)})
    consumer.close()

    assert lane.sink() == Totals(stored=6)
