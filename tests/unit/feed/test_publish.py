from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from services.errors import SettingsError
from services.feed.publish import GRACE_SECONDS, Message, Publisher
from services.feed.sources import Refusal
from services.telemetry import Telemetry
from tests.unit.feed.fake_producer import FakeProducer


class Bench:
    """A publisher with everything around it in reach."""

    def __init__(self, producer: FakeProducer, **options: Any) -> None:
        self.telemetry = Telemetry("feed")
        self.refused: list[Refusal] = []
        settings: dict[str, Any] = {"in_flight": 100, "deadline": 5.0} | options
        self.publisher = Publisher(
            producer, "topic", telemetry=self.telemetry, on_refused=self.refused.append, **settings
        )

    def metric(self, name: str, **labels: str) -> float | None:
        return self.telemetry.registry.get_sample_value(name, {"stage": "feed"} | labels)


def message(number: int = 1, size: int = 10) -> Message:
    return Message(f"a.jsonl:{number}", b"x" * size)


def answering_later(producer: FakeProducer, error: Exception | None = None) -> threading.Timer:
    timer = threading.Timer(0.05, lambda: producer.answer_all(error))
    timer.start()
    return timer


def test_publish_counts_what_was_acknowledged() -> None:
    bench = Bench(FakeProducer())
    for number in range(3):
        bench.publisher.send(message(number))
    bench.publisher.flush()
    assert (bench.publisher.sent, bench.publisher.sent_bytes) == (3, 30)


def test_publish_counts_nothing_before_it_is_acknowledged() -> None:
    bench = Bench(FakeProducer(manual=True))
    bench.publisher.send(message())
    assert bench.publisher.sent == 0


def test_publish_metrics_tell_each_article_once() -> None:
    producer = FakeProducer(manual=True)
    bench = Bench(producer)
    bench.publisher.send(message())
    bench.publisher.send(message())
    queued = bench.metric("dateline_queue_articles")
    producer.answer_all(None)
    bench.publisher.flush()
    assert (
        queued,
        bench.metric("dateline_queue_articles"),
        bench.metric("dateline_articles_total", outcome="sent"),
        bench.telemetry.registry.get_sample_value("dateline_feed_bytes_total"),
        bench.metric("dateline_stage_seconds_count"),
    ) == (2, 0, 2, 20, 2)


def test_publish_holds_back_at_the_limit_on_articles() -> None:
    producer = FakeProducer(manual=True)
    bench = Bench(producer, in_flight=3)
    for number in range(10):
        if len(producer.unanswered) == 3:
            answering_later(producer)
        bench.publisher.send(message(number))
    assert producer.most_unanswered == 3


def test_publish_holds_back_at_the_limit_on_bytes() -> None:
    producer = FakeProducer(manual=True)
    bench = Bench(producer, in_flight_bytes=100)
    for number in range(10):
        if len(producer.unanswered) == 2:
            answering_later(producer)
        bench.publisher.send(message(number, size=45))
    assert producer.most_unanswered == 2


def test_publish_sends_one_over_the_limit_on_bytes_alone() -> None:
    producer = FakeProducer()
    Bench(producer, in_flight_bytes=100).publisher.send(message(size=500))
    assert len(producer.messages) == 1


def test_publish_tells_what_is_refused_for_its_size_and_goes_on() -> None:
    bench = Bench(FakeProducer(limit=100))
    for number, size in enumerate([10, 500, 10]):
        bench.publisher.send(message(number, size))
    bench.publisher.flush()
    assert ([refusal.place for refusal in bench.refused], bench.publisher.sent) == (["a.jsonl:1"], 2)


def test_publish_ends_with_the_error_that_is_answered() -> None:
    producer = FakeProducer(manual=True)
    bench = Bench(producer)
    bench.publisher.send(message())
    producer.answer_all(SettingsError("DATELINE_KAFKA_BOOTSTRAP", "away"))
    with pytest.raises(SettingsError, match="away"):
        bench.publisher.flush()


def test_publish_sends_nothing_more_after_an_error() -> None:
    producer = FakeProducer(manual=True)
    bench = Bench(producer)
    bench.publisher.send(message())
    producer.answer_all(SettingsError("DATELINE_KAFKA_BOOTSTRAP", "away"))
    with pytest.raises(SettingsError):
        bench.publisher.send(message())
    assert len(producer.messages) == 1


def ticking() -> Callable[[], float]:
    """A clock on which the deadline has passed at the second look."""
    times = iter([0.0])
    return lambda: next(times, 5.1 + GRACE_SECONDS)


def test_publish_waits_for_no_answer_beyond_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.feed.publish.GRACE_SECONDS", 0.01)
    bench = Bench(FakeProducer(manual=True), clock=ticking())
    bench.publisher.send(message())
    with pytest.raises(SettingsError, match="DATELINE_KAFKA_BOOTSTRAP"):
        bench.publisher.flush()


def test_publish_counts_what_was_acknowledged_before_it_was_abandoned() -> None:
    producer = FakeProducer(manual=True)
    bench = Bench(producer)
    bench.publisher.send(message(1))
    producer.answer_all(None)
    bench.publisher._producer.send("topic", message(2), print)
    bench.publisher.close(abandon=True)
    assert (bench.publisher.sent, bench.metric("dateline_queue_articles")) == (1, 0)


def test_publish_idles_and_counts_meanwhile() -> None:
    producer = FakeProducer(manual=True)
    bench = Bench(producer)
    bench.publisher.send(message())
    answering_later(producer)
    bench.publisher.idle(0.2)
    assert bench.publisher.sent == 1


def test_publish_interrupted_in_the_middle_of_a_send_waits_for_no_answer() -> None:
    class Interrupted(FakeProducer):
        def send(self, *_: object) -> None:
            raise KeyboardInterrupt

    bench = Bench(Interrupted())
    with pytest.raises(KeyboardInterrupt):
        bench.publisher.send(message())
    bench.publisher.flush()
    assert bench.publisher.sent == 0
