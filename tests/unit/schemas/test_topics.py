from __future__ import annotations

import re

import pytest

from schemas.topics import DEADLETTER, ENRICHED, RAW, TOPICS, Topic

EVERY = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)


def test_topics_are_three_with_names_of_their_own() -> None:
    assert [topic.name for topic in TOPICS] == ["articles.raw", "articles.enriched", "articles.deadletter"]


def test_topics_hold_kinds_of_their_own() -> None:
    assert len({topic.kind for topic in TOPICS}) == len(TOPICS)


@EVERY
def test_topics_have_names_that_kafka_allows_after_a_prefix(topic: Topic) -> None:
    assert re.fullmatch(r"[a-zA-Z0-9._-]+", topic.name)
    assert len(topic.name) <= 249 - 64


@EVERY
def test_topics_are_configured_in_strings(topic: Topic) -> None:
    assert topic.config() == {
        "retention.ms": str(topic.retention_ms),
        "cleanup.policy": topic.cleanup_policy,
        "max.message.bytes": str(topic.max_message_bytes),
    }


@EVERY
def test_topics_are_not_compacted_for_versions_of_an_article_share_its_key(topic: Topic) -> None:
    assert topic.cleanup_policy == "delete"


@pytest.mark.parametrize("topic", [RAW, ENRICHED], ids=lambda topic: topic.name)
def test_topics_keep_dead_letters_longer_than_what_they_came_from(topic: Topic) -> None:
    assert DEADLETTER.retention_ms > topic.retention_ms


@pytest.mark.parametrize("topic", [RAW, ENRICHED], ids=lambda topic: topic.name)
def test_topics_have_room_for_every_message_among_the_dead_letters(topic: Topic) -> None:
    assert DEADLETTER.max_message_bytes > topic.max_message_bytes


def test_topics_have_as_many_partitions_before_enrichment_as_after() -> None:
    assert RAW.partitions == ENRICHED.partitions
