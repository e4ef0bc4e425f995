from __future__ import annotations

import pytest

from services.feed.pace import steady


class Clock:
    """Time that passes only by sleeping, each sleep a little too long, as on a real machine."""

    def __init__(self, oversleep: float = 0.0) -> None:
        self.now = 100.0
        self.slept = 0.0
        self._oversleep = oversleep

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds + self._oversleep
        self.slept += seconds


def test_pace_first_turn_comes_at_once() -> None:
    clock = Clock()
    steady(10, clock, clock.sleep)()
    assert clock.slept == 0


@pytest.mark.parametrize(("rate", "oversleep"), [(10, 0.0), (10, 0.02), (100, 0.003), (0.5, 0.1)])
def test_pace_does_not_drift(rate: float, oversleep: float) -> None:
    clock = Clock(oversleep)
    turn = steady(rate, clock, clock.sleep)
    for _ in range(1001):
        turn()
    assert clock.now - 100 == pytest.approx(1000 / rate, abs=1 / rate + oversleep)


def test_pace_keeps_turns_apart() -> None:
    clock = Clock()
    turn = steady(4, clock, clock.sleep)
    times = []
    for _ in range(5):
        turn()
        times.append(clock.now - 100)
        clock.now += 0.1
    assert times == pytest.approx([0, 0.25, 0.5, 0.75, 1.0])


def test_pace_makes_no_burst_after_a_stall() -> None:
    clock = Clock()
    turn = steady(100, clock, clock.sleep)
    turn()
    clock.now += 60
    start = clock.now
    for _ in range(111):
        turn()
    # Of 6,000 turns that were missed, those of a tenth of a second are made up for.
    assert clock.now - start == pytest.approx(1.0, abs=0.02)
