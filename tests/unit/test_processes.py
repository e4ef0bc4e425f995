from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.health import Health, serving
from services.processes import Service, ServiceEnded
from services.telemetry import Telemetry


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process
        process.kill()


def service(process: subprocess.Popen[bytes], folder: Path, page: str = "http://127.0.0.1:9") -> Service:
    log_file = folder / "enrich.log"
    log_file.write_text("first\nlast\n")
    return Service("enrich", process, page, log_file)


def test_processes_that_were_killed_are_told_with_the_signal_and_their_log(
    sleeper: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    sleeper.kill()
    sleeper.wait()
    with pytest.raises(ServiceEnded) as ended:
        service(sleeper, tmp_path).check()
    assert str(ended.value) == f"enrich ended with exit code -9 (Killed); its log is {tmp_path / 'enrich.log'}"


def test_processes_that_ended_are_told_with_the_end_of_their_log(tmp_path: Path) -> None:
    with subprocess.Popen(["false"]) as process:
        process.wait()
    with pytest.raises(ServiceEnded) as ended:
        service(process, tmp_path).check()
    log = tmp_path / "enrich.log"
    assert str(ended.value) == f"enrich ended with exit code 1; the end of {log}:\nfirst\nlast"


def test_processes_tell_once_what_a_service_waits_for_until_it_is_ready(
    sleeper: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    health = Health()
    health.waiting_for = "its group"
    told: list[str] = []
    later = threading.Timer(0.4, setattr, (health, "waiting_for", None))
    with serving(Telemetry("enrich"), health, "127.0.0.1", 0, "DATELINE_ENRICH_METRICS_PORT") as page:
        later.start()
        service(sleeper, tmp_path, page).wait_until_ready(10, note=told.append)
    later.join()
    assert told == ["waiting for its group"]


def test_processes_that_are_not_ready_in_time_are_told_with_what_they_wait_for(
    sleeper: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    page_of = serving(Telemetry("enrich"), Health(), "127.0.0.1", 0, "DATELINE_ENRICH_METRICS_PORT")
    with page_of as page, pytest.raises(ServiceEnded, match="not ready after 0 s, waiting for start; the end of"):
        service(sleeper, tmp_path, page).wait_until_ready(0)
