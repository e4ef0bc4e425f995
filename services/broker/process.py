"""Who a process is, whether it still lives, and how it is ended. Linux (`/proc`), standard library only.

A process is its pid together with its start time and the boot it belongs to, because pids are given out again.

Run as a script, this file is the guard of an attached broker: `process.py PARENT PID START BOOT` ends the
process once its parent is gone, and itself as soon as there is nothing left to guard. It polls its parent's pid,
because the kernel's own signal (PR_SET_PDEATHSIG) comes when the *thread* that started the child ends.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.05
GUARD_SECONDS = 0.25
GUARD_GRACE_SECONDS = 15.0


@dataclass(frozen=True)
class Identity:
    """One process for all time: pid, start time in clock ticks since boot, and the kernel's id of that boot."""

    pid: int
    start: int
    boot: str


def identify(pid: int) -> Identity | None:
    """Who `pid` is now; None when there is no such process, or when it has ended and only waits to be reaped."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The command's name is in brackets and may hold anything, brackets and spaces too: count from the last one.
    fields = stat[stat.rindex(")") + 2 :].split()
    if fields[0] in "ZX":
        return None
    return Identity(pid, int(fields[19]), _boot())


def alive(who: Identity) -> bool:
    """Whether this very process still runs; another one with the same pid does not count."""
    return identify(who.pid) == who


def send(who: Identity, signum: signal.Signals) -> None:
    """Send a signal, if the process still lives. Raises PermissionError when it belongs to another user."""
    if not alive(who):
        return
    try:
        os.kill(who.pid, signum)
    except ProcessLookupError:
        return


def wait(who: Identity, seconds: float) -> bool:
    """Wait until the process has ended; False when it still lives after `seconds`."""
    deadline = time.monotonic() + seconds
    while alive(who):
        if time.monotonic() >= deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def end(who: Identity, seconds: float) -> bool:
    """SIGTERM, then SIGKILL after `seconds`. True when SIGTERM was enough (or the process had ended before)."""
    send(who, signal.SIGTERM)
    if wait(who, seconds):
        return True
    send(who, signal.SIGKILL)
    wait(who, seconds)
    return False


def guard(parent: int, who: Identity) -> None:
    """End `who` once this process is no longer the child of `parent`; return as soon as `who` has ended."""
    while alive(who):
        if os.getppid() != parent:
            end(who, GUARD_GRACE_SECONDS)
            return
        time.sleep(GUARD_SECONDS)


def guard_command(parent: int, who: Identity) -> list[str]:
    """The command line of a guard: a bare interpreter on this file, so that it is up in milliseconds."""
    return [sys.executable, "-I", "-S", __file__, str(parent), str(who.pid), str(who.start), who.boot]


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


if __name__ == "__main__":
    guard(int(sys.argv[1]), Identity(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
