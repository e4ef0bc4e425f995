"""Kafka away, as the log tells it: a line when it goes and a line when it is back.

The client libraries tell every try to connect, and all that fails for the want of a connection: aiokafka a hundred
lines a second. They are folded into those two lines, in a process that says when Kafka answers: worker, sink and
subscribers do. What else they tell is left as it is; this file knows words and names of theirs, and imports none.
"""

from __future__ import annotations

import logging
import re
import threading
import time

import structlog

log = structlog.get_logger(__name__)

QUIET = 5.0
"""Seconds without complaint after which an answer counts as its end: coordinators need a while to be found again."""

# Errors by the names that both libraries have for them; of Python's, what a socket raises.
_LOST = frozenset({"KafkaConnectionError", "NodeNotReadyError"})
_UNTIL_BACK = frozenset(
    {
        "CoordinatorLoadInProgressError",
        "CoordinatorNotAvailableError",
        "GroupCoordinatorNotAvailableError",
        "GroupLoadInProgressError",
        "NotCoordinatorError",
        "NotCoordinatorForGroupError",
        "RequestTimedOutError",
        "StaleMetadata",
        "Cancelled",  # kafka-python, of what still waited when its client was closed
    }
)
_SAID_WHEN_LOST = ("socket disconnected",)
_SAID_UNTIL_BACK = (
    "Unable to update metadata",
    "No node available for metadata refresh",
    "Marking the coordinator dead",
    "marking coordinator dead",
    "is either not started or not valid",
)
# Whatever these are about, somebody has to see it. TLS, because a certificate does not come right by waiting.
_ALWAYS_SHOWN = re.compile(r"unexpected|uncaught|crashed|unhandled exception|failed to produce|\bSSL", re.IGNORECASE)
_WORD = re.compile(r"\w+")


class Outage(logging.Filter):
    """Folds the records of one handler. Any thread may log, and any may say that Kafka answers."""

    def __init__(self) -> None:
        """Folds nothing until `answers` was called once."""
        super().__init__()
        # Reentrant: what is collected while it is held may have something to log.
        self._lock = threading.RLock()
        self._server: str | None = None
        self._since: float | None = None
        self._latest = 0.0
        self._lines = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to show the record."""
        if self._server is None or record.levelno >= logging.CRITICAL:
            return True
        lost, until_back = _bearing(record)
        if not lost and (self._since is None or not until_back):
            return True
        with self._lock:
            begins = self._since is None
            now = time.monotonic()
            if self._since is None:
                self._since, self._lines = now, 0
            self._latest = now
            self._lines += 1
        if begins:
            log.warning("kafka_away", server=self._server, error=record.getMessage())
        return False

    def answers(self, server: str) -> None:
        """Kafka at `server` answers now."""
        with self._lock:
            self._server = server
            since, seconds, lines = self._since, self._latest - (self._since or 0.0), self._lines
            if since is None or time.monotonic() - self._latest < QUIET:
                return
            self._since = None
        log.info("kafka_back", server=server, seconds=round(seconds, 1), lines=lines)


def kafka_answers(server: str) -> None:
    """Kafka at `server` answers now. To be called every second or so; where its absence was told, tells its return."""
    for handler in logging.getLogger().handlers:
        for known in handler.filters:
            if isinstance(known, Outage):
                known.answers(server)


def _bearing(record: logging.LogRecord) -> tuple[bool, bool]:
    """Whether the record tells that a connection was lost, and whether it is what follows from that."""
    library = record.name.partition(".")[0]
    client = library in ("kafka", "aiokafka")
    if not client and record.name not in ("asyncio", "faust.topics"):
        return False, False
    parts = record.args if isinstance(record.args, tuple) else ()
    errors = [part for part in parts if isinstance(part, BaseException)]
    if record.exc_info and record.exc_info[1]:
        errors.append(record.exc_info[1])
    # Not put together: where a library's arguments do not fit its words, the handler says so, and nothing breaks.
    text = " ".join(map(str, (record.msg, *parts)))
    names = {kind.__name__ for error in errors for kind in type(error).__mro__}
    if _ALWAYS_SHOWN.search(text) or "SSLError" in names:
        return False, False
    names |= set(_WORD.findall(text))
    if not client:
        # Futures and tasks that nobody waits for any more; of those of other origin, all is shown.
        pending = "Task was destroyed but it is pending" in text and "aiokafka" in text
        return False, pending or bool(names & (_LOST | _UNTIL_BACK))
    lost = bool(names & _LOST) or any(isinstance(error, OSError) for error in errors)
    lost = lost or any(phrase in text for phrase in _SAID_WHEN_LOST)
    return lost, bool(names & _UNTIL_BACK) or any(phrase in text for phrase in _SAID_UNTIL_BACK)
