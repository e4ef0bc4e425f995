"""The records are those that aiokafka 0.14, faust-streaming 0.15 and kafka-python 3.0 make, word for word."""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import aiokafka.errors as aio
import kafka.errors as kafka
import pytest
import structlog
from structlog.testing import capture_logs

from services import outage
from services.logs import configure
from services.outage import Outage, kafka_answers

SERVER = "broker.example:9092"


@dataclass
class Clock:
    now: float = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(outage, "time", made)
    return made


@pytest.fixture
def watched(clock: Clock) -> Outage:
    """The filter of a process that says when Kafka answers."""
    made = Outage()
    made.answers(SERVER)
    return made


def record(name: str, words: str, *parts: Any, level: int = logging.ERROR, error: Any = None) -> logging.LogRecord:
    trace: tuple[type[BaseException], BaseException, TracebackType | None] | None = None
    if error is not None:
        trace = (type(error), error, None)
    return logging.LogRecord(name, level, "x.py", 1, words, parts, trace)


NOT_READY = aio.NodeNotReadyError("Attempt to send a request to node which is not ready (node id 1).")
REFUSED = kafka.KafkaConnectionError("111 ECONNREFUSED")
CONNECT = "Unable connect to node with id %s: %s"
REFUSED_BY_SOCKET = ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 9092)")

LOST = [
    record("aiokafka", CONNECT, 1, REFUSED_BY_SOCKET),
    record("aiokafka", CONNECT, 1, TimeoutError()),
    record("aiokafka", CONNECT, 1, aio.KafkaConnectionError("Connection at broker.example:9092 closed")),
    record("aiokafka.consumer.fetcher", "Failed fetch messages from %s: %s", 1, NOT_READY),
    record("aiokafka.consumer.group_coordinator", "Group Coordinator Request failed: %s", NOT_READY),
    record("aiokafka.producer.sender", "Got error produce response: %s", NOT_READY, level=logging.WARNING),
    record("kafka.net.manager", "Connection failed: %s", REFUSED),
    record("kafka.cluster", "Metadata refresh: failed %s", REFUSED),
    record("kafka.net.transport", "%s: socket disconnected", "<KafkaTCPTransport [127.0.0.1:9092<-35618]>"),
    record("kafka.net.transport", "%s: Error receiving network data closing socket", "<KafkaTCPTransport [none]>",
           error=ConnectionResetError(104, "Connection reset by peer")),
    record("kafka.coordinator", "Error sending %s to node %s [%s]", "HeartbeatRequest", "coordinator-1", REFUSED),
    record("kafka.coordinator", "Marking the coordinator dead (node %s) for group %s: %s.", "coordinator-1", "g",
           REFUSED, level=logging.WARNING),
    record("kafka.producer.sender", "%s: Got error produce response on topic-partition %s, retrying (%s attempts left):"
           " %s%s", "<Sender>", "t-0", "inf", "KafkaConnectionError", ". Error Message: socket disconnected",
           level=logging.WARNING),
]  # fmt: skip
UNTIL_BACK = [
    record("aiokafka", "Unable to update metadata from %s", [1]),
    record("aiokafka.consumer.group_coordinator", "Marking the coordinator dead (node %s)for group %s.", 1, "g",
           level=logging.WARNING),
    record("aiokafka.consumer.group_coordinator", "Heartbeat session expired - marking coordinator dead"),
    record("aiokafka.consumer.group_coordinator", "Heartbeat send request failed: %s. Will retry.",
           aio.GroupCoordinatorNotAvailableError()),
    record("aiokafka.consumer.group_coordinator", "Heartbeat failed for group %s: coordinator (node %s) is either not"
           " started or not valid", "g", 1, level=logging.WARNING),
    record("faust.topics", "_on_published error for message topic articles.enriched error NodeNotReadyError: Attempt"
           " to send a request to node which is not ready (node id 1). message <FutureMessage finished exception="
           "NodeNotReadyError('Attempt to send a request to node which is not ready (node id 1).')>",
           level=logging.WARNING),
    record("asyncio", "FutureMessage exception was never retrieved\nfuture: <FutureMessage finished exception="
           "NodeNotReadyError('...')>", error=NOT_READY),
    record("asyncio", "Task was destroyed but it is pending!\ntask: <Task pending name='Task-9' coro=<AIOKafkaClient."
           "_md_synchronizer() running at /site-packages/aiokafka/client.py:259> wait_for=<Future pending>>"),
    record("kafka.cluster", "No node available for metadata refresh - backoff/retry", level=logging.WARNING),
    record("kafka.coordinator.heartbeat", "Unhandled Heartbeat loop error: %s", kafka.Cancelled()),
    record("kafka.coordinator.heartbeat", "Heartbeat session expired, marking coordinator dead", level=logging.WARNING),
]  # fmt: skip
SHOWN = [
    record("aiokafka.consumer.fetcher", "Unexpected error in fetcher routine", error=KeyError("x")),
    record("aiokafka.consumer.group_coordinator", "Unexpected error in coordinator routine", error=NOT_READY),
    record("aiokafka.consumer.fetcher", "Not authorized to read from topic %s.", "t", level=logging.WARNING),
    record("aiokafka", CONNECT, 1, ssl.SSLCertVerificationError(1, "certificate verify failed")),
    record("faust.agents.actor", "[^----Agent*: enrich]: Crashed reason=NodeNotReadyError()", error=NOT_READY),
    record("faust.worker", "[^Worker]: We experienced a crash! Reraising original exception...", level=50),
    record("asyncio", "Task exception was never retrieved", error=BrokenPipeError(32, "Broken pipe")),
    record("asyncio", "Task was destroyed but it is pending!\ntask: <Task pending coro=<Pool.parts() running>>"),
    record("kafka.net.connection", "%s: Connection lost: %s", "<KafkaConnection>",
           kafka.SaslAuthenticationFailedError("Authentication failed")),
    record("kafka.net.manager", "Connection failed: %s",
           kafka.KafkaConnectionError("Handshake failed: [SSL: CERTIFICATE_VERIFY_FAILED] expired")),
    record("kafka.producer.producer_batch", "Failed to produce messages to topic-partition %s with base offset %s: %s",
           "t-0", None, REFUSED, level=logging.WARNING),
    record("kafka.net.selector", "IO loop crashed (client_id=%s)", "c", error=OSError(24, "Too many open files")),
    record("services.sink.consume", "waiting for %s", REFUSED),
]  # fmt: skip


def words(made: logging.LogRecord) -> str:
    return f"{made.name}: {made.getMessage()[:60]}"


@pytest.mark.parametrize("made", LOST, ids=words)
def test_outage_begins_with_a_lost_connection(watched: Outage, made: logging.LogRecord) -> None:
    with capture_logs() as told:
        assert not watched.filter(made)

    expected = {"event": "kafka_away", "log_level": "warning", "server": SERVER, "error": made.getMessage()}
    assert told == [expected]


@pytest.mark.parametrize("made", LOST + UNTIL_BACK, ids=words)
def test_outage_folds_what_follows(watched: Outage, made: logging.LogRecord) -> None:
    watched.filter(LOST[0])
    with capture_logs() as told:
        assert not watched.filter(made)

    assert told == []


@pytest.mark.parametrize("made", UNTIL_BACK, ids=words)
def test_outage_does_not_begin_with_what_may_have_other_causes(watched: Outage, made: logging.LogRecord) -> None:
    assert watched.filter(made)


@pytest.mark.parametrize("made", SHOWN, ids=words)
def test_outage_hides_nothing_else(watched: Outage, made: logging.LogRecord) -> None:
    watched.filter(LOST[0])

    assert watched.filter(made)


def test_outage_bears_words_that_its_parts_do_not_fit(watched: Outage) -> None:
    assert watched.filter(record("aiokafka", "error in %s of %s", 1))


@pytest.mark.parametrize("made", LOST, ids=words)
def test_outage_folds_nothing_where_nobody_says_that_kafka_answers(made: logging.LogRecord) -> None:
    assert Outage().filter(made)


def test_outage_ends_with_an_answer_after_some_quiet(watched: Outage, clock: Clock) -> None:
    watched.filter(LOST[0])
    clock.now += 20
    watched.filter(LOST[1])
    clock.now += outage.QUIET
    with capture_logs() as told:
        watched.answers(SERVER)

    assert told == [{"event": "kafka_back", "log_level": "info", "server": SERVER, "seconds": 20.0, "lines": 2}]


def test_outage_goes_on_where_complaints_do(watched: Outage, clock: Clock) -> None:
    watched.filter(LOST[0])
    clock.now += outage.QUIET - 1
    with capture_logs() as told:
        watched.answers(SERVER)

    assert told == []


def test_outage_is_told_anew_after_its_end(watched: Outage, clock: Clock) -> None:
    watched.filter(LOST[0])
    clock.now += outage.QUIET
    watched.answers(SERVER)
    with capture_logs() as told:
        watched.filter(LOST[0])

    assert [line["event"] for line in told] == ["kafka_away"]


@pytest.fixture
def configured(tmp_path: Path) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The process's own log; the lines of it so far."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    with (tmp_path / "log").open("w+") as stream:

        def lines() -> list[dict[str, Any]]:
            stream.seek(0)
            return [json.loads(line) for line in stream]

        configure("INFO", "json", "enrich", stream)
        yield lines
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_outage_of_a_process_is_one_line_in_its_log(configured: Callable[[], list[dict[str, Any]]]) -> None:
    kafka_answers(SERVER)
    for made in LOST + UNTIL_BACK:
        logging.getLogger(made.name).handle(made)

    assert [(line["event"], line["service"]) for line in configured()] == [("kafka_away", "enrich")]
