from __future__ import annotations

from pathlib import Path

import pytest

from services.broker.tail import explain, tail
from services.errors import SettingsError


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    path = tmp_path / "data/log/broker.log"
    path.parent.mkdir(parents=True)
    return path


def test_tail_leaves_out_stack_frames(log_file: Path) -> None:
    log_file.write_text("ERROR it broke\n\tat kafka.Kafka.main(Kafka.scala)\nINFO bye\n")
    assert tail(log_file) == ["ERROR it broke", "INFO bye"]


def test_tail_begins_where_this_start_began(log_file: Path) -> None:
    log_file.write_text("yesterday\ntoday\n")
    assert tail(log_file, since=len("yesterday\n")) == ["today"]


def test_tail_of_a_log_that_was_rolled_over_is_read_from_its_beginning(log_file: Path) -> None:
    log_file.write_text("new\n")
    assert tail(log_file, since=1000) == ["new"]


def test_tail_without_a_log_is_empty(log_file: Path) -> None:
    assert tail(log_file) == []


def test_tail_explains_a_port_taken_meanwhile(log_file: Path) -> None:
    log_file.write_text("java.net.BindException: Address already in use\n")
    error = explain(log_file, 0, log_file.with_name("console.log"), 9092, "ended")
    assert isinstance(error, SettingsError)
    assert "DATELINE_BROKER_PORT: port 9092" in str(error)


def test_tail_explains_a_kafka_that_is_not_recorded(log_file: Path) -> None:
    log_file.write_text("KafkaException: Failed to acquire lock on file .lock in topics.\n")
    error = explain(log_file, 0, log_file.with_name("console.log"), 9092, "ended")
    assert f"Another Kafka works on {log_file.parent.parent}" in str(error)


def test_tail_shows_the_end_of_the_log_for_any_other_cause(log_file: Path) -> None:
    log_file.write_text("ERROR something new\n")
    log_file.with_name("console.log").write_text("java: not enough memory\n")
    error = str(explain(log_file, 0, log_file.with_name("console.log"), 9092, "ended"))
    assert "ERROR something new" in error
    assert "java: not enough memory" in error
    assert str(log_file) in error
