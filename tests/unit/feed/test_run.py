from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from schemas.article import RawArticle
from schemas.cloudevents import check_schema
from services.errors import UserError
from services.feed.articles import Reading
from services.feed.publish import Answer, Message
from services.feed.run import feed
from services.feed.send import Progress, Sending, Summary
from services.feed.sources import Refusal
from services.kafka import KafkaConnection
from services.telemetry import Telemetry
from tests.unit.feed.fake_producer import FakeProducer

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
READING = Reading(now=lambda: NOW)


def lines(folder: Path, *values: object) -> Path:
    path = folder / "a.jsonl"
    path.write_text("".join((value if isinstance(value, str) else json.dumps(value)) + "\n" for value in values))
    return path


def articles(count: int) -> list[dict[str, str]]:
    return [{"id": f"a{number}", "title": f"Title {number}"} for number in range(count)]


def fed(path: Path | str, producer: FakeProducer | None = None, **options: Any) -> tuple[Summary, FakeProducer]:
    used = producer or FakeProducer()
    settings: dict[str, Any] = {"telemetry": Telemetry("feed"), "reading": READING} | options
    return feed([path], connection=KafkaConnection(), topic="raw", producer=used, **settings), used


def test_run_sends_each_article_with_key_and_headers(tmp_path: Path) -> None:
    _, producer = fed(lines(tmp_path, {"id": "é1", "title": "T"}))
    ((topic, message),) = producer.taken
    headers = dict(message.headers)
    assert (topic, message.key, headers["ce_id"], headers["ce_source"], headers["ce_subject"]) == (
        "raw",
        "é1".encode(),
        "é1/1".encode(),
        b"/dateline/feed",
        "é1".encode(),
    )
    check_schema("raw-article", message.headers)
    assert RawArticle.model_validate_json(message.value).title == "T"


def test_run_summary_tells_what_became_of_all(tmp_path: Path) -> None:
    lines(tmp_path, *articles(3), "{", {"title": ""})
    (tmp_path / "b.csv").touch()
    telemetry = Telemetry("feed")
    summary, producer = fed(tmp_path, telemetry=telemetry)
    counted = [
        telemetry.registry.get_sample_value("dateline_articles_total", {"stage": "feed", "outcome": outcome})
        for outcome in ("sent", "refused")
    ]
    assert (summary.sent, summary.refused, summary.skipped_files, summary.interrupted) == (3, 2, 1, False)
    assert summary.skipped_names == (str(tmp_path / "b.csv"),)
    assert summary.bytes == sum(len(message.value) for message in producer.messages)
    assert counted == [3, 2]


def test_run_tells_refusals_as_they_come(tmp_path: Path) -> None:
    refused: list[Refusal] = []
    fed(lines(tmp_path, "{", *articles(1), "[]"), on_refused=refused.append)
    assert [Path(refusal.place).name for refusal in refused] == ["a.jsonl:1", "a.jsonl:3"]


def test_run_tells_that_it_begins_before_anything_comes(tmp_path: Path) -> None:
    steps: list[Progress] = []
    path = lines(tmp_path)
    fed(path, on_progress=steps.append)
    assert steps[0] == Progress(sent=0, refused=0, read_bytes=0, total_bytes=0)


def test_run_tells_progress_up_to_the_end(tmp_path: Path) -> None:
    steps: list[Progress] = []
    path = lines(tmp_path, *articles(5), "{")
    fed(path, on_progress=steps.append)
    size = path.stat().st_size
    assert steps[-1] == Progress(sent=5, refused=1, read_bytes=size, total_bytes=size)


def test_run_reads_standard_input() -> None:
    summary, _ = fed("-", reading=Reading(stdin=BytesIO(b'{"title": "T"}\n')))
    assert summary.sent == 1


def test_run_encodings_that_were_guessed_are_in_the_summary(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("El señor Muñoz dijo que mañana habrá elecciones en España.".encode("cp1252"))
    summary, _ = fed(path)
    assert summary.encodings == {str(path): "cp1252"}


def test_run_missing_path_sends_nothing(tmp_path: Path) -> None:
    producer = FakeProducer()
    with pytest.raises(UserError, match="no such file"):
        feed(
            [lines(tmp_path, *articles(1)), tmp_path / "missing"],
            connection=KafkaConnection(),
            topic="raw",
            telemetry=Telemetry("feed"),
            producer=producer,
        )
    assert producer.taken == []


def test_run_ends_at_the_limit(tmp_path: Path) -> None:
    summary, producer = fed(lines(tmp_path, "{", *articles(5)), sending=Sending(limit=2))
    assert (summary.sent, len(producer.messages)) == (2, 2)


def test_run_strict_ends_at_the_first_refusal_with_its_place(tmp_path: Path) -> None:
    producer = FakeProducer()
    with pytest.raises(UserError, match=r"a\.jsonl:3: not JSON.*2 articles were sent"):
        fed(lines(tmp_path, *articles(2), "{", *articles(2)), producer, sending=Sending(strict=True))
    assert (len(producer.messages), producer.abandoned) == (2, False)


def test_run_strict_ends_at_what_the_topic_refuses(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"a\.jsonl:1: is larger"):
        fed(lines(tmp_path, *articles(2)), FakeProducer(limit=10), sending=Sending(strict=True))


@pytest.mark.parametrize("setting", ["rate", "limit", "in_flight"])
@pytest.mark.parametrize("value", [0, -1, float("nan")])
def test_run_settings_that_are_not_positive_are_the_users_error(setting: str, value: float) -> None:
    with pytest.raises(UserError, match=setting):
        Sending(**{setting: value})  # type: ignore[arg-type]


def test_run_interrupted_returns_what_was_acknowledged(tmp_path: Path) -> None:
    steps: list[Progress] = []

    def interrupt(progress: Progress) -> None:
        steps.append(progress)
        if len(steps) == 4:  # the first is before anything is sent
            raise KeyboardInterrupt

    summary, producer = fed(lines(tmp_path, *articles(9)), on_progress=interrupt)
    assert (summary.sent, summary.interrupted, producer.abandoned) == (3, True, False)


def test_run_abandons_what_is_pending_where_kafka_stays_away(tmp_path: Path) -> None:
    class Away(FakeProducer):
        def send(self, topic: str, message: Message, answer: Answer) -> None:
            super().send(topic, message, answer)
            if len(self.taken) == 3:
                self.answer_all(UserError("Kafka is away"))

    producer = Away(manual=True)
    telemetry = Telemetry("feed")
    with pytest.raises(UserError, match="Kafka is away"):
        fed(lines(tmp_path, *articles(9)), producer, telemetry=telemetry)
    sent = telemetry.registry.get_sample_value("dateline_articles_total", {"stage": "feed", "outcome": "sent"})
    assert (producer.abandoned, sent) == (True, None)


def test_run_rate_spreads_articles_over_time(tmp_path: Path) -> None:
    summary, _ = fed(lines(tmp_path, *articles(5)), sending=Sending(rate=20))
    assert 0.19 < summary.seconds < 0.6


def test_run_pace_says_when_each_article_goes(tmp_path: Path) -> None:
    due = {"a0": 0.0, "a1": 0.1, "a2": 0.1, "a3": 0.2}
    summary, _ = fed(lines(tmp_path, *articles(4)), pace=lambda article: due[article.id])
    assert 0.19 < summary.seconds < 0.6
