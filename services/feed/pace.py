"""When the next article may go: a steady rate, without bursts and without drift."""

from __future__ import annotations

from collections.abc import Callable

CATCH_UP_SECONDS = 0.1
"""A delay up to this is made up for, or sleeping a little too long each time would add up; a longer one is not."""


def steady(rate: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> Callable[[], None]:
    """A function that waits for the next turn, `rate` turns a second; the first comes at once.

    `clock` gives seconds, `sleep` waits for so many.
    """
    interval = 1 / rate
    due: float | None = None

    def wait() -> None:
        nonlocal due
        now = clock()
        due = now if due is None else max(due + interval, now - max(interval, CATCH_UP_SECONDS))
        if due > now:
            sleep(due - now)

    return wait
