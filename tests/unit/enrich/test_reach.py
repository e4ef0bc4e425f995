from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from services.enrich.reach import reaches_kafka, tell_reach
from services.health import Health


def consumer(*connected: bool) -> Any:
    """Faust's consumer with so many connections, as far as the question goes into it."""
    connections = {at: SimpleNamespace(connected=lambda there=there: there) for at, there in enumerate(connected)}
    client = SimpleNamespace(_conns=connections)
    return SimpleNamespace(_thread=SimpleNamespace(_consumer=SimpleNamespace(_client=client)))


@pytest.mark.parametrize(
    ("asked", "reaches"),
    [
        (consumer(True, False), True),
        (consumer(False, False), False),
        (consumer(), False),
        (SimpleNamespace(_thread=SimpleNamespace(_consumer=None)), False),
        (None, False),
    ],
    ids=["one connected", "none connected", "none there", "not started", "not made"],
)
def test_reach_is_any_connection(asked: Any, reaches: bool) -> None:
    assert reaches_kafka(asked) is reaches


def test_reach_is_told_to_the_health_page() -> None:
    health = Health()
    health.waiting_for = None
    tell_reach(consumer(False), health, "broker:9092")
    away = health.ready()
    tell_reach(consumer(True), health, "broker:9092")

    assert (away, health.ready()) == ((False, "waiting for Kafka"), (True, "ok"))
