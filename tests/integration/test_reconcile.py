"""Reconciliation sees what is missing: a check that could not fail would be none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from kafka import KafkaProducer

from schemas.deadletter import DeadLetter, Place, Reason, Replayed, Stage
from schemas.topics import DEADLETTER, RAW
from services.broker.embedded import EmbeddedBroker
from services.connect import connect
from services.deadletters import as_marker, as_message
from services.kafka import KafkaConnection
from services.ops.reconcile import Reconciliation, Version, reconcile
from services.ops.topics import create_topics

pytestmark = pytest.mark.integration

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)


class Scene:
    """Topics with messages that a test puts there, and a store that is a table of what was fetched when."""

    def __init__(self, bootstrap: str) -> None:
        self.connection = KafkaConnection(bootstrap=bootstrap)
        self.prefix = f"r{uuid4().hex[:8]}."
        self.rows: dict[Version, list[datetime]] = {}
        create_topics(self.connection, prefix=self.prefix)

    def send(self, *values: bytes) -> None:
        with closing(connect(KafkaProducer, self.connection)) as producer:
            for value in values:
                producer.send(self.prefix + RAW.name, value=value, partition=0).get(30)

    def set_aside(self, offset: int, stage: Stage = Stage.ENRICH, value: bytes = b"bad") -> None:
        letter = DeadLetter(
            self.prefix + RAW.name, 0, offset, stage, Reason.INVALID, "E", "bad", 1, datetime.now(UTC), value=value
        )
        key, value_, headers = as_message(letter)
        with closing(connect(KafkaProducer, self.connection)) as producer:
            producer.send(self.prefix + DEADLETTER.name, key=key, value=value_, headers=headers).get(30)

    def mark(self, offset: int, to: int) -> None:
        raw = self.prefix + RAW.name
        key, value, headers = as_marker(Replayed(Place(raw, 0, offset), Place(raw, 0, to), 1, NOW))
        with closing(connect(KafkaProducer, self.connection)) as producer:
            producer.send(self.prefix + DEADLETTER.name, key=key, value=value, headers=headers).get(30)

    def counts(self, since: Mapping[int, int] | None = None) -> Reconciliation:
        def stored(versions: Iterable[Version]) -> Mapping[Version, Sequence[datetime]]:
            return {version: self.rows[version] for version in versions if version in self.rows}

        return reconcile(self.connection, self.prefix + RAW.name, self.prefix + DEADLETTER.name, stored, since)


@pytest.fixture
def scene(broker: EmbeddedBroker) -> Scene:
    return Scene(broker.bootstrap)


def article(article_id: str, version: int = 1, fetched_at: datetime = NOW) -> bytes:
    return json.dumps({"id": article_id, "version": version, "fetched_at": fetched_at.isoformat()}).encode()


def test_reconcile_agrees_where_each_message_is_a_row_or_a_dead_letter(scene: Scene) -> None:
    scene.send(article("a"), b"bad", article("b"), article("a"))
    scene.set_aside(1)
    scene.rows = {("a", 1): [NOW], ("b", 1): [NOW]}
    counts = scene.counts()
    assert (counts.agrees, counts.rows, counts.repeated, counts.dead_letters) == (True, 2, 1, 1)


def test_reconcile_of_nothing_agrees(scene: Scene) -> None:
    assert scene.counts() == Reconciliation()
    assert scene.counts().agrees


def test_reconcile_names_an_article_with_no_row(scene: Scene) -> None:
    scene.send(article("a"), article("b"))
    scene.rows = {("a", 1): [NOW]}
    counts = scene.counts()
    assert (counts.agrees, counts.lost) == (False, (f"{scene.prefix}articles.raw/0/1",))


def test_reconcile_names_a_bad_message_with_no_dead_letter(scene: Scene) -> None:
    scene.send(b"bad")
    assert (scene.counts().agrees, len(scene.counts().lost)) == (False, 1)


def test_reconcile_tells_versions_apart(scene: Scene) -> None:
    scene.send(article("a", 1), article("a", 2))
    scene.rows = {("a", 1): [NOW]}
    assert scene.counts().lost == (f"{scene.prefix}articles.raw/0/1",)


def test_reconcile_names_an_article_with_two_rows(scene: Scene) -> None:
    scene.send(article("a"))
    scene.rows = {("a", 1): [NOW, NOW]}
    assert (scene.counts().agrees, scene.counts().doubled) == (False, (("a", 1),))


def test_reconcile_counts_copies_of_a_dead_letter_once(scene: Scene) -> None:
    scene.send(b"bad")
    scene.set_aside(0)
    scene.set_aside(0)
    counts = scene.counts()
    assert (counts.agrees, counts.dead_letters, counts.dead_letter_copies) == (True, 1, 1)


def test_reconcile_counts_a_replayed_message_as_any_other_and_passes_over_its_marker(scene: Scene) -> None:
    scene.send(b"bad", b"bad", article("a"))
    scene.set_aside(0)
    scene.mark(0, to=1)
    scene.set_aside(1)
    scene.rows = {("a", 1): [NOW]}
    counts = scene.counts()
    assert (counts.agrees, counts.dead_letters, counts.dead_letter_copies, counts.rows) == (True, 2, 0, 1)


def test_reconcile_takes_a_dead_letter_of_the_sink_for_its_article(scene: Scene) -> None:
    scene.send(article("a"))
    scene.set_aside(77, Stage.SINK, article("a"))
    assert (scene.counts().agrees, scene.counts().dead_letters) == (True, 1)


def test_reconcile_looks_at_what_came_since(scene: Scene) -> None:
    scene.send(b"bad", article("a"))
    scene.rows = {("a", 1): [NOW]}
    assert scene.counts({0: 1}).agrees


def test_reconcile_does_not_take_the_row_of_an_earlier_feed_for_this_one(scene: Scene) -> None:
    scene.send(article("a", fetched_at=NOW + timedelta(hours=1)))
    scene.rows = {("a", 1): [NOW]}
    assert (scene.counts().agrees, len(scene.counts().lost)) == (False, 1)


def test_reconcile_does_not_take_a_dead_letter_with_other_bytes(scene: Scene) -> None:
    scene.send(b"bad as it was")
    scene.set_aside(0, value=b"bad, cut off")
    assert (scene.counts().agrees, len(scene.counts().lost)) == (False, 1)


def test_reconcile_does_not_take_an_old_dead_letter_of_the_sink_for_a_new_message(scene: Scene) -> None:
    scene.send(article("a", fetched_at=NOW + timedelta(hours=1)))
    scene.set_aside(77, Stage.SINK, article("a"))
    assert not scene.counts().agrees
