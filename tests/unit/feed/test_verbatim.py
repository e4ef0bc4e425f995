from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from services.feed.send import Summary
from services.feed.verbatim import feed_verbatim
from services.kafka import KafkaConnection
from services.telemetry import Telemetry
from tests.unit.feed.fake_producer import FakeProducer

LINES = [b'{"a": 1}', b"", b"\xff\xfe\0", b" {\r", b"[[["]


def fed(path: Path, producer: FakeProducer) -> Summary:
    return feed_verbatim(
        [path], connection=KafkaConnection(), topic="raw", telemetry=Telemetry("feed"), producer=producer
    )


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.whatever"])
def test_verbatim_lines_are_sent_byte_for_byte(tmp_path: Path, name: str) -> None:
    data = b"\n".join(LINES) + b"\n"
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    producer = FakeProducer()
    summary = fed(tmp_path / name, producer)
    assert [message.value for message in producer.messages] == LINES
    assert summary.sent == len(LINES)


def test_verbatim_lines_have_no_key_and_no_headers(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"x\n")
    producer = FakeProducer()
    fed(tmp_path / "a.jsonl", producer)
    assert [(message.key, message.headers) for message in producer.messages] == [(None, [])]


def test_verbatim_refuses_what_the_topic_does_not_take(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"x\n" + b"y" * 200 + b"\nz\n")
    summary = fed(tmp_path / "a.jsonl", FakeProducer(limit=100))
    assert (summary.sent, summary.refused) == (2, 1)


def test_verbatim_refuses_what_cannot_be_read_on(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(b"no gzip")
    summary = fed(tmp_path / "a.jsonl.gz", FakeProducer())
    assert (summary.sent, summary.refused) == (0, 1)
