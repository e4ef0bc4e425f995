"""Start, stop and kill the embedded broker: Apache Kafka as a child process, on one data folder.

An attached broker ends with the process that started it, also when that one is killed; a detached one stays.
Either is in a session of its own, so that Ctrl-C in a terminal reaches the clients first and the broker not at all.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import structlog

from services.broker import folder, java, ports, process, state
from services.broker.answer import answering_cluster
from services.broker.config import HOST, LOG, log4j2_properties, server_properties
from services.broker.jars import verify
from services.broker.tail import explain
from services.errors import UserError

START_SECONDS = 60.0
STOP_SECONDS = 20.0
FORMAT_SECONDS = 60.0
POLL_SECONDS = 0.05
CONSOLE = "log/console.log"

log = structlog.get_logger(__name__)

_detached: list[subprocess.Popen[bytes]] = []
"""Detached brokers of this process: one that is forgotten while it runs would be reported as a leak."""


class EmbeddedBroker:
    """One broker on one data folder. Ports given as 0 are picked at the first start and kept from then on."""

    def __init__(
        self,
        data_dir: Path,
        jar_dir: Path,
        *,
        port: int = 0,
        controller_port: int = 0,
        heap_mb: int = 256,
        properties: Mapping[str, str] | None = None,
        client: Mapping[str, object] | None = None,
        attached: bool = True,
    ) -> None:
        """`properties` go to the broker; `client` is for kafka-python, where those ask for TLS or SASL."""
        self.data_dir = data_dir.resolve()
        self.jar_dir = jar_dir.resolve()
        self.port = port
        self.controller_port = controller_port
        self._heap_mb = heap_mb
        self._properties = dict(properties or {})
        self._client = dict(client or {})
        self._attached = attached
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        self._state: state.State | None = None
        self._logged = 0

    @property
    def bootstrap(self) -> str:
        """The address for clients, `host:port`. The port is known once the broker was started."""
        return f"{HOST}:{self.port}"

    def start(self, seconds: float = START_SECONDS) -> state.Status:
        """Format the folder if need be, start the broker, return when it answers.

        Raises UserError, with nothing left running: jars missing, a folder that cannot serve, a broker at work on it,
        a port that is taken (SettingsError), a broker that ended or did not answer within `seconds` (with its log).
        """
        deadline = time.monotonic() + seconds
        jars = verify(self.jar_dir)
        folder.prepare(self.data_dir)
        with folder.starting(self.data_dir):
            _make_way(self.data_dir)
            folder.empty_temp(self.data_dir)
            self.port, self.controller_port = ports.claim(self.port, self.controller_port)
            self._write_config()
            cluster = folder.cluster_id(self.data_dir) or _format(self.data_dir, jars)
            started = self._launch(jars, cluster)
        answered = False
        try:
            self._await_answer(started, deadline, seconds)
            answered = True
        finally:
            if not answered:
                process.end(started.who, STOP_SECONDS)
                self._forget()
        log.info("broker_started", bootstrap=self.bootstrap, pid=started.who.pid, data_dir=str(self.data_dir))
        return state.status(self.data_dir)

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """End the broker this object started: SIGTERM, then SIGKILL after `seconds`. Without one, do nothing."""
        if self._state is not None and self._state == state.read(self.data_dir):
            stop(self.data_dir, seconds)
        self._reap()

    def kill(self) -> None:
        """End the broker at once with SIGKILL, as a crash would: everything stays as it lies. For tests."""
        if self._state is not None:
            process.send(self._state.who, signal.SIGKILL)
            process.wait(self._state.who, STOP_SECONDS)
        self._reap()

    def _write_config(self) -> None:
        server = server_properties(self.port, self.controller_port, self._properties)
        for name, text in ((java.SERVER_CONFIG, server), (java.LOG_CONFIG, log4j2_properties())):
            path = self.data_dir / name
            path.touch(mode=0o600)
            path.write_text(text, encoding="ascii")

    def _launch(self, jars: list[Path], cluster: str) -> state.State:
        """Start the process and record it."""
        log_file = self.data_dir / LOG
        self._logged = log_file.stat().st_size if log_file.exists() else 0
        command = java.command(jars, self._heap_mb, "kafka.Kafka", java.SERVER_CONFIG)
        with (self.data_dir / CONSOLE).open("wb") as console:
            self._process = _spawn(command, self.data_dir, console.fileno())
        who = process.identify(self._process.pid)
        if who is None:
            self._process.wait()
            raise explain(self.data_dir / LOG, self._logged, self.data_dir / CONSOLE, self.port, "ended at once")
        self._state = state.State(who, self.port, self.controller_port, cluster)
        state.write(self.data_dir, self._state)
        if self._attached:
            self._guard = _spawn(process.guard_command(os.getpid(), who), Path("/"), subprocess.DEVNULL)
        else:
            _detached.append(self._process)
        return self._state

    def _await_answer(self, started: state.State, deadline: float, seconds: float) -> None:
        files = (self.data_dir / LOG, self._logged, self.data_dir / CONSOLE, self.port)
        while True:
            if not process.alive(started.who):
                raise explain(*files, "ended while it started")
            if answering_cluster(HOST, self.port, self._client) == started.cluster_id:
                return
            if time.monotonic() >= deadline:
                raise explain(*files, f"did not answer within {seconds:g} s")
            time.sleep(POLL_SECONDS)

    def _forget(self) -> None:
        state.remove(self.data_dir)
        self._reap()

    def _reap(self) -> None:
        """Collect both children, which have ended or are about to."""
        if self._guard is not None:
            self._guard.terminate()
            self._guard.wait()
        if self._process is not None and self._state is not None and not process.alive(self._state.who):
            self._process.wait()
            if self._process in _detached:
                _detached.remove(self._process)
        self._process = self._guard = self._state = None


def stop(data_dir: Path, seconds: float = STOP_SECONDS) -> bool:
    """End the broker of a data folder, whoever started it; False when none runs.

    SIGTERM, then SIGKILL after `seconds`, which is logged as an error. Raises UserError for another user's broker.
    """
    data_dir = data_dir.resolve()
    found = state.read(data_dir)
    if found is None or not process.alive(found.who):
        _make_way(data_dir)
        return False
    try:
        graceful = process.end(found.who, seconds)
    except PermissionError as error:
        raise UserError(f"The broker on {data_dir} (pid {found.who.pid}) belongs to another user.") from error
    if not graceful:
        log.error("broker_killed", pid=found.who.pid, after_seconds=seconds, data_dir=str(data_dir))
    state.remove(data_dir)
    log.info("broker_stopped", pid=found.who.pid, data_dir=str(data_dir))
    return True


@contextmanager
def running_broker(
    data_dir: Path, jar_dir: Path, *, port: int = 0, properties: Mapping[str, str] | None = None
) -> Iterator[EmbeddedBroker]:
    """A broker that answers, for as long as the block lasts."""
    broker = EmbeddedBroker(data_dir, jar_dir, port=port, properties=properties)
    broker.start()
    try:
        yield broker
    finally:
        broker.stop()


def _make_way(data_dir: Path) -> None:
    """Refuse when a broker is at work on the folder; remove what a killed one left."""
    found = state.read(data_dir)
    if found is not None and process.alive(found.who):
        raise UserError(
            f"A broker already runs on {data_dir}: pid {found.who.pid}, at {found.bootstrap}. "
            "Use it, or end it with `dateline broker stop`."
        )
    if (data_dir / state.FILE).exists():
        log.warning("stale_broker_state_removed", data_dir=str(data_dir), pid=found.who.pid if found else None)
        state.remove(data_dir)


def _format(data_dir: Path, jars: list[Path]) -> str:
    """Format the folder for a new cluster and return its id."""
    cluster = folder.new_cluster_id()
    command = java.command(
        jars, 128, "kafka.tools.StorageTool", "format", "--cluster-id", cluster, "--config", java.SERVER_CONFIG
    )
    console = data_dir / CONSOLE
    with console.open("wb") as file:
        formatter = _spawn(command, data_dir, file.fileno())
        try:
            formatter.wait(FORMAT_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise UserError(f"Formatting {data_dir} took more than {FORMAT_SECONDS:g} s.") from error
        finally:
            # Whatever happened: a formatter that outlives its starter would write beside the next one.
            formatter.kill()
            formatter.wait()
    if formatter.returncode != 0 or folder.cluster_id(data_dir) != cluster:
        raise explain(data_dir / LOG, 0, console, 0, "could not format its folder")
    log.info("broker_formatted", cluster_id=cluster, data_dir=str(data_dir))
    return cluster


def _spawn(command: list[str], directory: Path, output: int) -> subprocess.Popen[bytes]:
    """Start a program of our own in a session of its own, its files for its owner only."""
    return subprocess.Popen(  # noqa: S603 - every part of the command is ours
        command,
        cwd=directory,
        env=java.environment(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        umask=0o077,
    )
