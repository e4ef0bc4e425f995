from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from services.broker.process import Identity, alive, end, guard_command, identify, wait

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
PARENT = "import subprocess, sys; g = subprocess.Popen(sys.argv[1:]); print(g.pid, flush=True); sys.stdin.read()"


def known(pid: int) -> Identity:
    who = identify(pid)
    assert who is not None
    return who


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(["sleep", "60"])
    yield child
    child.kill()
    child.wait()


def test_process_that_runs_is_alive(sleeper: subprocess.Popen[bytes]) -> None:
    assert alive(known(sleeper.pid))


def test_process_with_a_reused_pid_is_another_one(sleeper: subprocess.Popen[bytes]) -> None:
    who = known(sleeper.pid)
    assert not alive(replace(who, start=who.start - 1))


def test_process_of_an_earlier_boot_is_another_one(sleeper: subprocess.Popen[bytes]) -> None:
    assert not alive(replace(known(sleeper.pid), boot="earlier"))


def test_process_that_waits_to_be_reaped_is_not_alive(sleeper: subprocess.Popen[bytes]) -> None:
    who = known(sleeper.pid)
    sleeper.kill()
    assert wait(who, 5)


def test_process_that_never_was_has_no_identity() -> None:
    assert identify(2**22 + 1) is None


def test_process_is_not_signalled_when_the_pid_is_anothers(sleeper: subprocess.Popen[bytes]) -> None:
    end(replace(known(sleeper.pid), start=1), 0.1)
    assert sleeper.poll() is None


def test_process_ends_on_sigterm(sleeper: subprocess.Popen[bytes]) -> None:
    assert end(known(sleeper.pid), 5)
    assert sleeper.wait() == -signal.SIGTERM


def test_process_that_ignores_sigterm_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert not end(known(child.pid), 0.2)
        assert child.wait() == -signal.SIGKILL


def test_process_guard_ends_what_it_guards_when_its_parent_is_killed(sleeper: subprocess.Popen[bytes]) -> None:
    # The guard is told of its parent's pid, so the parent starts it through a shell that knows it.
    command = guard_command(0, known(sleeper.pid))
    command[command.index("0")] = "$PPID"
    script = " ".join(part if part == "$PPID" else f"'{part}'" for part in command)
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, "sh", "-c", f"exec {script}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        guard = known(int(parent.stdout.readline()))
        assert not wait(known(sleeper.pid), 0.5)
        parent.kill()
    assert sleeper.wait(5) == -signal.SIGTERM
    assert wait(guard, 5)


def test_process_guard_ends_when_there_is_nothing_left_to_guard(sleeper: subprocess.Popen[bytes]) -> None:
    with subprocess.Popen(guard_command(os.getpid(), known(sleeper.pid))) as guard:
        sleeper.kill()
        assert guard.wait(5) == 0
