"""Every client logs in where the broker asks for it: feed, worker, sink, subscriber, lag."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.topics import ENRICHED
from services.kafka import KafkaConnection
from services.ops.topics import create_topics
from services.subscribe import subscribe
from tests.integration.pipelines import RunningPipeline, numbered_articles

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]


def environment(login: KafkaConnection) -> dict[str, str]:
    return {
        "DATELINE_KAFKA_SECURITY_PROTOCOL": login.security_protocol,
        "DATELINE_KAFKA_SASL_MECHANISM": login.sasl_mechanism,
        "DATELINE_KAFKA_SASL_USERNAME": login.sasl_username,
        "DATELINE_KAFKA_SASL_PASSWORD": login.sasl_password,
    }


def test_login_is_used_by_every_client(guarded: KafkaConnection, tmp_path: Path) -> None:
    with ExitStack() as stack:
        pipeline = RunningPipeline(guarded, tmp_path, stack)
        create_topics(guarded, prefix=pipeline.prefix)
        services = [pipeline.start(name, **environment(guarded)) for name in ("sink", "enrich")]
        pipeline.feed(numbered_articles(tmp_path / "in.jsonl", 20))
        pipeline.wait_until_at_rest(*services)
        with subscribe(guarded, topic=pipeline.topic(ENRICHED.name), until_end=True) as articles:
            assert len(list(articles)) == 20
        assert pipeline.reconcile().rows == 20


@pytest.mark.parametrize("name", ["enrich", "sink"])
def test_login_that_is_wrong_ends_a_service_with_one_line(guarded: KafkaConnection, tmp_path: Path, name: str) -> None:
    with ExitStack() as stack:
        pipeline = RunningPipeline(guarded, tmp_path, stack)
        create_topics(guarded, prefix=pipeline.prefix)
        service = pipeline.start(name, ready=False, **environment(replace(guarded, sasl_password="wrong")))
        assert service.running.wait(60) == 2
        said = service.log_file.read_text()
        assert "DATELINE_KAFKA_SASL_" in said
        assert "Traceback" not in said


def test_topic_that_is_missing_ends_a_worker_with_one_line(guarded: KafkaConnection, tmp_path: Path) -> None:
    with ExitStack() as stack:
        service = RunningPipeline(guarded, tmp_path, stack).start("enrich", ready=False, **environment(guarded))
        assert service.running.wait(60) == 2
        assert "`dateline broker topics` makes them" in service.log_file.read_text()
