"""A worker on real Kafka, with scripted children: what goes on which topic, whatever happens to a child."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType

from schemas.deadletter import Reason, Stage
from schemas.topics import ENRICHED, RAW
from services.broker.embedded import EmbeddedBroker
from services.connect import connect
from tests.integration.pipelines import running_pipeline
from tests.integration.scripted import Worker

pytestmark = pytest.mark.integration


@pytest.fixture
def worker(broker: EmbeddedBroker, tmp_path: Path) -> Iterator[Worker]:
    with running_pipeline(broker.bootstrap, tmp_path) as pipeline:
        started = Worker(pipeline)
        started.service.wait_until_ready()
        yield started
        if started.process.poll() is None:
            started.process.terminate()
            assert started.process.wait(30) == 0


def test_enrich_writes_the_record_under_the_articles_id_with_cloudevents_headers(worker: Worker) -> None:
    worker.send((b"a", b"ok:a"))
    worker.wait_until_done()
    (message,) = worker.enriched()
    headers = dict(message.headers)
    assert (message.key, message.value) == (b"a", b"a")
    assert headers["ce_id"] == b"a/1"
    assert headers["ce_dataschema"] == b"urn:dateline:schema:enriched-article:1.0"


def test_enrich_keeps_the_bytes_and_headers_of_what_it_sets_aside(worker: Worker) -> None:
    worker.send((b"\xff key", b"poison:no article \xc3\xa9"), headers=[("x-from", b"\x00\xff")])
    worker.wait_until_done()
    (letter,) = worker.letters()
    assert (letter.key, letter.value, letter.headers) == (
        b"\xff key",
        b"poison:no article \xc3\xa9",
        (("x-from", b"\x00\xff"),),
    )
    assert (letter.stage, letter.reason, letter.attempts) == (Stage.ENRICH, Reason.INVALID, 1)
    assert (letter.topic, letter.partition, letter.offset) == (worker.pipeline.topic(RAW.name), 0, 0)


def test_enrich_sets_aside_one_article_that_crashes_and_one_that_hangs(worker: Worker) -> None:
    worker.send(*((b"k", value) for value in (b"ok:a", b"crash", b"ok:b", b"loop", b"ok:c")))
    worker.wait_until_done()
    assert {letter.value: letter.reason for letter in worker.letters()} == {
        b"crash": Reason.CRASHED,
        b"loop": Reason.TIMED_OUT,
    }
    assert sorted(message.value for message in worker.enriched()) == [b"a", b"b", b"c"]


def test_enrich_sets_aside_a_message_without_a_value(worker: Worker) -> None:
    worker.send((b"k", None))
    worker.wait_until_done()
    (letter,) = worker.letters()
    assert (letter.key, letter.value, letter.reason) == (b"k", None, Reason.EMPTY)


def test_enrich_stops_where_nearly_all_would_be_set_aside_and_leaves_it_where_it_is(
    broker: EmbeddedBroker, tmp_path: Path
) -> None:
    with running_pipeline(broker.bootstrap, tmp_path) as pipeline:
        strict = Worker(pipeline, most_dead_letters=20)
        strict.service.wait_until_ready()
        strict.send(*((b"k", b"poison:bad") for _ in range(200)))

        assert strict.process.wait(60) == 2
        assert len(strict.letters()) < 200
        last = strict.log.read_text(encoding="utf-8").splitlines()[-1]
        assert last.startswith("DATELINE_DEAD_LETTER_RUN: 21 messages in a row are dead letters")

        lenient = Worker(pipeline)
        lenient.wait_until_done()
        assert {letter.offset for letter in lenient.letters()} == set(range(200))
        lenient.process.terminate()
        assert lenient.process.wait(30) == 0


def test_enrich_ends_with_status_1_where_a_result_cannot_be_written_and_loses_nothing(worker: Worker) -> None:
    limit_messages(worker, "200")
    words = " ".join(str(hash((number, "x"))) for number in range(100)).encode()
    worker.send((b"k", b"ok:" + words))
    assert worker.process.wait(60) == 1
    assert worker.enriched() == []
    limit_messages(worker, "1000000")
    again = Worker(worker.pipeline)
    again.wait_until_done()
    assert [message.value for message in again.enriched()] == [words]
    again.process.terminate()
    again.process.wait(30)


def limit_messages(worker: Worker, size: str) -> None:
    topic = worker.pipeline.topic(ENRICHED.name)
    with closing(connect(KafkaAdminClient, worker.pipeline.connection)) as admin:
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, {"max.message.bytes": size})])
