"""Services as processes of their own: started, waited for until they are ready, and ended in order.

Each runs in a session of its own, so that Ctrl-C in the terminal reaches whoever started it and not the service, and
has a guard that ends it should its starter be killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from services.broker import process
from services.errors import DatelineError

log = structlog.get_logger(__name__)

READY_SECONDS = 180.0
STOP_SECONDS = 30.0
_TAIL_LINES = 15
_LINE_BYTES = 1000


class ServiceEnded(DatelineError):
    """A service ended, or was not ready in time; the message says where its log is, and how that ends."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs: its process, the address of its page, the file of its log."""

    name: str
    running: subprocess.Popen[bytes]
    page: str
    log_file: Path

    def wait_until_ready(
        self,
        seconds: float = READY_SECONDS,
        tick: Callable[[], None] = lambda: None,
        note: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Return when ``/readyz`` says yes. Raises ServiceEnded.

        While waiting `tick` is called, and `note` is told each new line in which the page says what it waits for.
        """
        ends, told = time.monotonic() + seconds, ""
        while True:
            ready, line = self._readiness()
            if ready:
                return
            self.check()
            if line and line != told:
                note(line)
                told = line
            if time.monotonic() > ends:
                raise ServiceEnded(f"{self.name} is not ready after {seconds:.0f} s, {line}; {self._tail()}")
            tick()
            time.sleep(0.1)

    def check(self) -> None:
        """Raise ServiceEnded if it has ended."""
        code = self.running.poll()
        if code is not None:
            # Of a signal the log knows nothing.
            why = f" ({signal.strsignal(-code)}); its log is {self.log_file}" if code < 0 else f"; {self._tail()}"
            raise ServiceEnded(f"{self.name} ended with exit code {code}{why}")

    def stop(self, seconds: float = STOP_SECONDS) -> int:
        """SIGTERM, then SIGKILL after `seconds`, with a loud line in the log; the exit code."""
        self.running.terminate()
        try:
            return self.running.wait(seconds)
        except subprocess.TimeoutExpired:
            log.exception("service_killed", name=self.name, after_seconds=seconds)
            self.running.kill()
            return self.running.wait()

    def _readiness(self) -> tuple[bool, str]:
        try:
            with urllib.request.urlopen(f"{self.page}/readyz", timeout=2) as answer:  # noqa: S310 - our own http page
                return answer.status == 200, "ready"
        except urllib.error.HTTPError as not_ready:
            with not_ready:
                return False, not_ready.read(_LINE_BYTES).decode(errors="replace").strip()
        except OSError:
            return False, ""  # its page is not up yet

    def _tail(self) -> str:
        lines = self.log_file.read_text(encoding="utf-8", errors="replace").splitlines()[-_TAIL_LINES:]
        return "\n".join([f"the end of {self.log_file}:", *lines])


@contextmanager
def service(name: str, *, page: str, environment: Mapping[str, str], log_dir: Path) -> Iterator[Service]:
    """Run ``dateline NAME`` for the time of the block, with `environment` added to this process's own."""
    log_dir.mkdir(parents=True, exist_ok=True)
    log_file = log_dir / f"{name}.log"
    with log_file.open("ab") as output:
        running = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "services.cli.main", name],
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    guard = _guard(running.pid)
    started = Service(name, running, page, log_file)
    try:
        yield started
    finally:
        started.stop()
        if guard is not None:
            guard.terminate()
            guard.wait()


def _guard(pid: int) -> subprocess.Popen[bytes] | None:
    who = process.identify(pid)
    if who is None:
        return None
    return subprocess.Popen(process.guard_command(os.getpid(), who), start_new_session=True)  # noqa: S603
