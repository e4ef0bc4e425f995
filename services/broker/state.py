"""What a data folder says about its broker, for any process that asks: `broker.json` and nothing else.

A state outlives a broker that was killed. It then counts for nothing, because it names a process that is gone.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from services.broker.config import HOST, LOG
from services.broker.folder import cluster_id
from services.broker.process import Identity, alive

FILE = "broker.json"
LIMIT = 4096


@dataclass(frozen=True)
class State:
    """The broker that was last started here: its process, its ports, its cluster."""

    who: Identity
    port: int
    controller_port: int
    cluster_id: str

    @property
    def bootstrap(self) -> str:
        """The address for clients, `host:port`."""
        return f"{HOST}:{self.port}"


@dataclass(frozen=True)
class Status:
    """What there is to know about the broker of a data folder; `pid` and `bootstrap` only while it runs."""

    running: bool
    pid: int | None
    bootstrap: str | None
    cluster_id: str | None
    data_dir: Path
    log_file: Path


def read(data_dir: Path) -> State | None:
    """The recorded state; None when there is none, or when what is there cannot be one."""
    try:
        with (data_dir / FILE).open("rb") as file:
            fields = json.loads(file.read(LIMIT))
        who = Identity(int(fields["pid"]), int(fields["start"]), str(fields["boot"]))
        return State(who, int(fields["port"]), int(fields["controller_port"]), str(fields["cluster_id"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(data_dir: Path, state: State) -> None:
    """Record a state, whole or not at all."""
    fields = {**asdict(state.who), "port": state.port, "controller_port": state.controller_port}
    partial = data_dir / f"{FILE}.partial"
    partial.write_text(json.dumps({**fields, "cluster_id": state.cluster_id}) + "\n", encoding="ascii")
    partial.replace(data_dir / FILE)


def remove(data_dir: Path) -> None:
    """Forget the state."""
    (data_dir / FILE).unlink(missing_ok=True)


def status(data_dir: Path) -> Status:
    """What there is to know. Changes nothing; the folder need not exist.

    Raises UserError when the folder was formatted for a cluster that is not an embedded one.
    """
    folder = data_dir.resolve()
    state = read(folder)
    running = state if state is not None and alive(state.who) else None
    return Status(
        running=running is not None,
        pid=running.who.pid if running else None,
        bootstrap=running.bootstrap if running else None,
        cluster_id=running.cluster_id if running else cluster_id(folder),
        data_dir=folder,
        log_file=folder / LOG,
    )
