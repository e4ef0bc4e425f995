from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from services.broker.process import identify
from services.broker.state import FILE, State, read, remove, status, write


@pytest.fixture
def running() -> State:
    """A state that names a process which lives: this one."""
    who = identify(os.getpid())
    assert who is not None
    return State(who, 9092, 9093, "AAAAAAAAAAAAAAAAAAAAAA")


def test_state_reads_back_as_written(tmp_path: Path, running: State) -> None:
    write(tmp_path, running)
    assert read(tmp_path) == running


def test_state_removed_is_gone(tmp_path: Path, running: State) -> None:
    write(tmp_path, running)
    remove(tmp_path)
    assert read(tmp_path) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"pid": "x"}', "null", '{"pid": 1, "start": null}'])
def test_state_that_cannot_be_one_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    assert read(tmp_path) is None


def test_state_status_of_a_running_broker_gives_pid_and_address(tmp_path: Path, running: State) -> None:
    write(tmp_path, running)
    found = status(tmp_path)
    assert (found.running, found.pid, found.bootstrap) == (True, os.getpid(), "127.0.0.1:9092")


def test_state_status_of_a_killed_broker_is_not_running(tmp_path: Path, running: State) -> None:
    write(tmp_path, replace(running, who=replace(running.who, start=1)))
    found = status(tmp_path)
    assert (found.running, found.pid, found.bootstrap) == (False, None, None)


def test_state_status_of_a_folder_that_is_not_there_is_not_running(tmp_path: Path) -> None:
    assert not status(tmp_path / "nowhere").running
    assert not (tmp_path / "nowhere").exists()
