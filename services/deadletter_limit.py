"""When to stop setting messages aside: dead letters are for messages that are wrong, not for us being wrong.

If nearly everything becomes a dead letter the cause is seldom each message. A stage that goes on would move the whole
topic there; one that stops leaves it where it is, and somebody looks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import NoReturn

from services.errors import UserError

RUN_SETTING, RATIO_SETTING = "DATELINE_DEAD_LETTER_RUN", "DATELINE_DEAD_LETTER_RATIO"
WINDOW = 1000
"""Messages over which the ratio is taken; no ratio is looked at before there have been so many."""


class DeadLettersOverLimit(UserError):
    """So many messages are set aside that it is hardly their fault. None of those that showed it has been moved."""


class DeadLetterLimit:
    """Counts what becomes of messages, in their order. Of one process: it starts anew with it."""

    def __init__(self, *, run: int, ratio: float, window: int = WINDOW) -> None:
        """At most `run` dead letters in a row, and at most a share of `ratio` in the last `window` messages.

        0 for no limit on the run, 1 for none on the share.
        """
        self._most, self._share = run, ratio
        self._run = 0
        self._window: deque[bool] = deque(maxlen=window)
        self._dead = 0
        self.exceeded: DeadLettersOverLimit | None = None
        """What was raised, for who does not see it come."""

    def check(self, dead: Iterable[bool], why: str = "") -> None:
        """Take in messages, True for each that is to be set aside, before any of them is.

        Raises DeadLettersOverLimit, in which `why` tells of the last cause.
        """
        for one in dead:
            self._run = self._run + 1 if one else 0
            if len(self._window) == self._window.maxlen:
                self._dead -= self._window[0]
            self._window.append(one)
            self._dead += one
            if self._most and self._run > self._most:
                self._stop(f"{self._run} messages in a row are dead letters", RUN_SETTING, why)
            if len(self._window) == self._window.maxlen and self._dead > self._share * len(self._window):
                what = f"{self._dead} of the last {len(self._window)} messages are dead letters"
                self._stop(what, RATIO_SETTING, why)

    def _stop(self, what: str, setting: str, why: str) -> NoReturn:
        last = f"; the last: {why}" if why else ""
        self.exceeded = DeadLettersOverLimit(
            f"{setting}: {what}, so the cause is hardly each of them{last}. Nothing more is set aside: mend the cause "
            f"and start again, or raise the limit"
        )
        raise self.exceeded
