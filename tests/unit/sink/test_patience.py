from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from services.errors import Transient
from services.health import Health
from services.sink import patience
from services.sink.patience import Abandoned, Patience
from services.telemetry import Telemetry


@dataclass
class Group:
    """A consumer and its assignment, as far as waiting concerns them. `polled` is called at each poll."""

    polled: Callable[[Group], None] = lambda group: None  # noqa: ARG005
    epoch: int = 0
    polls: int = 0
    held: bool = False
    polls_while_fetching: int = 0
    stop: threading.Event = field(default_factory=threading.Event)
    health: Health = field(default_factory=Health)
    telemetry: Telemetry = field(default_factory=lambda: Telemetry("sink"))
    connected: bool = True

    @property
    def _manager(self) -> SimpleNamespace:
        """Its connections, where kafka-python keeps them."""
        return SimpleNamespace(_conns={1: SimpleNamespace(connected=self.connected)})

    def poll(self, timeout_ms: int) -> dict[Any, Any]:  # noqa: ARG002
        self.polls += 1
        self.polls_while_fetching += not self.held
        self.polled(self)
        return {}

    def hold(self) -> None:
        self.held = True

    def release(self) -> None:
        self.held = False

    def patience(self) -> Patience:
        return Patience(self, self, self.telemetry, self.health, self.stop, "broker:9092")  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_LONGEST_WAIT", 0.001)


def failing(times: int) -> Callable[[], str]:
    left = iter(range(times))

    def act() -> str:
        if next(left, None) is not None:
            raise Transient("locked")
        return "done"

    return act


def test_patience_gives_what_comes_at_once() -> None:
    group = Group()

    assert group.patience().until_done(failing(0), "the store") == "done"
    assert group.polls == 0


def test_patience_tries_again_and_counts_it() -> None:
    group = Group()

    assert group.patience().until_done(failing(3), "the store") == "done"
    assert group.telemetry.registry.get_sample_value("dateline_retries_total", {"stage": "sink"}) == 3


def test_patience_polls_and_fetches_nothing_meanwhile() -> None:
    group = Group()

    group.patience().until_done(failing(2), "the store")

    assert group.polls >= 2
    assert group.polls_while_fetching == 0
    assert not group.held


def test_patience_says_what_it_waits_for() -> None:
    said: list[str | None] = []
    group = Group(polled=lambda group: said.append(group.health.waiting_for))
    group.health.waiting_for = None

    group.patience().until_done(failing(1), "the store")

    assert said[0] == "the store"
    assert group.health.waiting_for is None


def test_patience_ends_when_it_is_to_stop() -> None:
    group = Group(polled=lambda group: group.stop.set())

    with pytest.raises(Abandoned):
        group.patience().until_done(failing(5), "the store")


def test_patience_ends_when_partitions_are_given_out_anew() -> None:
    def rebalance(group: Group) -> None:
        group.epoch += 1

    group = Group(polled=rebalance)

    with pytest.raises(Abandoned):
        group.patience().until_done(failing(5), "the store")


def test_patience_lets_anything_else_through() -> None:
    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Group().patience().until_done(broken, "the store")


def test_patience_says_that_kafka_is_away_while_a_dead_letter_is_on_its_way() -> None:
    group = Group(connected=False)

    group.patience().look()

    assert group.health.ready() == (False, "waiting for Kafka")


def test_patience_says_that_kafka_is_back() -> None:
    group = Group()
    group.health.waiting_for, group.health.kafka_away = None, True

    group.patience().tell()

    assert group.health.ready() == (True, "ok")
