"""Ctrl-C, as a script of a user gets it: a process of its own, real signals, a reader that waits."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

READER = """
import signal
import time

from services.subscribe import Subscription

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored in the background


class Reader:
    commit_is_due = False

    def read(self):
        print("reads", flush=True)
        time.sleep(60)

    def at_end(self):
        return False

    def commit(self):
        pass

    def close(self):
        print("closes", flush=True)
        time.sleep({closing})


{script}
"""
WITHOUT_WITH = """
for article in Subscription(Reader):
    pass
"""
WITH = """
with Subscription(Reader) as articles:
    for article in articles:
        pass
"""
WITH_OWN_ERROR = """
with Subscription(Reader) as articles:
    raise ValueError("of the user's own")
"""
CLOSE = """
articles = Subscription(Reader)
articles.__enter__()
articles.close()
"""


def interrupted(script: str, *stops: str, closing: float = 60) -> str:
    """What a script leaves on standard error that gets SIGINT each time it has said one of `stops`."""
    code = READER.format(script=script, closing=closing)
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with process:
        for stop in stops:
            assert process.stdout is not None
            assert process.stdout.readline() == f"{stop}\n"
            process.send_signal(signal.SIGINT)
        return process.communicate(timeout=30)[1]


@pytest.mark.parametrize("script", [WITHOUT_WITH, WITH])
def test_client_interrupted_while_it_waits_shows_one_short_traceback(script: str) -> None:
    shown = interrupted(script, "reads", closing=0)

    assert shown.count("Traceback") == 1
    assert "in read" not in shown
    assert shown.endswith("\nKeyboardInterrupt\n")


def test_client_interrupted_once_more_while_it_closes_shows_the_first_alone() -> None:
    shown = interrupted(WITH, "reads", "closes")

    assert shown.count("Traceback") == 1
    assert "in close" not in shown
    assert shown.endswith("\nKeyboardInterrupt\n")


def test_client_interrupted_while_it_closes_shows_one_traceback() -> None:
    shown = interrupted(CLOSE, "closes")

    assert shown.count("Traceback") == 1
    assert shown.endswith("\nKeyboardInterrupt\n")


def test_client_interrupted_while_it_closes_after_an_error_shows_that_error_too() -> None:
    shown = interrupted(WITH_OWN_ERROR, "closes")

    assert "ValueError: of the user's own" in shown
    assert shown.endswith("\nKeyboardInterrupt\n")
