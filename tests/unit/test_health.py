from __future__ import annotations

import socket
import urllib.error
import urllib.request

import pytest

from services.errors import SettingsError
from services.health import Health, serving
from services.telemetry import Outcome, Telemetry

SETTING = "DATELINE_SINK_METRICS_PORT"


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_health_page_serves_the_metrics() -> None:
    telemetry = Telemetry("sink")
    telemetry.outcome(Outcome.STORED, 5)
    with serving(telemetry, Health(), "127.0.0.1", 0, SETTING) as page:
        status, text = get(f"{page}/metrics")
    assert status == 200
    assert 'dateline_articles_total{outcome="stored",stage="sink"} 5.0' in text


def test_health_is_ready_when_it_waits_for_nothing() -> None:
    health = Health()
    with serving(Telemetry("sink"), health, "127.0.0.1", 0, SETTING) as page:
        before = get(f"{page}/readyz")
        health.waiting_for = None
        after = get(f"{page}/readyz")
    assert (before, after) == ((503, "waiting for start\n"), (200, "ok\n"))


def test_health_waits_for_kafka_first_while_it_is_away() -> None:
    health = Health()
    health.waiting_for = "partitions"
    health.kafka_away = True
    with serving(Telemetry("sink"), health, "127.0.0.1", 0, SETTING) as page:
        away = get(f"{page}/readyz")
        health.kafka_away = False
        back = get(f"{page}/readyz")
    assert (away, back) == ((503, "waiting for Kafka\n"), (503, "waiting for partitions\n"))


def test_health_is_live_while_it_waits() -> None:
    with serving(Telemetry("sink"), Health(), "127.0.0.1", 0, SETTING) as page:
        assert get(f"{page}/healthz") == (200, "ok\n")


def test_health_of_a_stuck_loop_fails() -> None:
    health = Health(stuck_after=-1)
    health.waiting_for = None
    with serving(Telemetry("sink"), health, "127.0.0.1", 0, SETTING) as page:
        live, ready = get(f"{page}/healthz"), get(f"{page}/readyz")
    assert (live[0], ready[0]) == (503, 503)
    assert live[1].startswith("stuck: the main loop has not moved")


def test_health_page_names_what_it_has_when_asked_for_something_else() -> None:
    with serving(Telemetry("sink"), Health(), "127.0.0.1", 0, SETTING) as page:
        assert get(f"{page}/") == (404, "here are /metrics, /healthz and /readyz\n")


def test_health_page_on_a_taken_port_names_the_setting() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"^{SETTING}: 127.0.0.1:{port} cannot be listened on"):
            serving(Telemetry("sink"), Health(), "127.0.0.1", port, SETTING).__enter__()
