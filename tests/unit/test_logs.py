from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Iterator

import pytest
import structlog

from services.logs import configure


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def test_logs_are_json_where_there_is_no_terminal() -> None:
    out = io.StringIO()
    configure("INFO", "auto", "sink", out)
    structlog.get_logger("here").info("stored", article="a1")
    line = json.loads(out.getvalue())
    assert (line["event"], line["article"], line["service"], line["level"]) == ("stored", "a1", "sink", "info")


def test_logs_of_libraries_are_json_too() -> None:
    out = io.StringIO()
    configure("INFO", "json", "sink", out)
    logging.getLogger("some.library").warning("lost %s", "it")
    assert json.loads(out.getvalue())["event"] == "lost it"


def test_logs_of_another_thread_name_the_service_too() -> None:
    out = io.StringIO()
    configure("INFO", "json", "sink", out)
    thread = threading.Thread(target=logging.getLogger("some.library").warning, args=("lost",))
    thread.start()
    thread.join()
    assert json.loads(out.getvalue())["service"] == "sink"


def test_logs_of_clients_tell_problems_only() -> None:
    out = io.StringIO()
    configure("INFO", "json", "sink", out)
    logging.getLogger("aiokafka").info("joined")
    assert out.getvalue() == ""


def test_logs_below_the_level_are_not_written() -> None:
    out = io.StringIO()
    configure("WARNING", "json", "sink", out)
    structlog.get_logger("here").info("stored")
    assert out.getvalue() == ""


def test_logs_keep_the_traceback_of_an_error() -> None:
    out = io.StringIO()
    configure("INFO", "json", "sink", out)
    try:
        raise KeyError("gone")
    except KeyError:
        structlog.get_logger("here").exception("broken")
    assert "KeyError: 'gone'" in json.loads(out.getvalue())["exception"]
