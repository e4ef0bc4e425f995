"""What a data folder must be, and whose cluster it holds.

config/  server.properties, log4j2.properties     written at each start
log/     broker.log, console.log                  what the broker says
tmp/     emptied at each start
topics/  Kafka's own                              the messages
broker.json                                       see state.py
start.lock                                        held while somebody starts a broker here
"""

from __future__ import annotations

import base64
import fcntl
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.broker.config import NODE_ID, TOPICS
from services.errors import UserError

SETTING_HINT = "Give another folder (DATELINE_DATA_DIR)."
MARK = "config"
FOLDERS = (MARK, "log", "tmp")


def prepare(data_dir: Path) -> None:
    """Make the folder and its parts, for the owner's eyes only.

    Raises UserError for a folder that cannot be written, that is no place for a broker (the root folder, one right
    below it, the home folder), or that holds something else.
    """
    if len(data_dir.parts) < 3 or data_dir == Path.home():
        raise UserError(f"{data_dir} is no place for a broker's data. {SETTING_HINT}")
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(data_dir.iterdir()) and not (data_dir / MARK).is_dir():
            raise UserError(f"{data_dir} holds files that are not a broker's. {SETTING_HINT}")
        data_dir.chmod(0o700)
        for name in FOLDERS:
            (data_dir / name).mkdir(exist_ok=True, mode=0o700)
        probe = data_dir / "tmp" / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise UserError(f"{data_dir} cannot be written: {error.strerror}. {SETTING_HINT}") from error


def empty_temp(data_dir: Path) -> None:
    """Remove what an earlier broker left in tmp/: Kafka unpacks native libraries there, anew at each start."""
    shutil.rmtree(data_dir / "tmp")
    (data_dir / "tmp").mkdir(mode=0o700)


@contextmanager
def starting(data_dir: Path) -> Iterator[None]:
    """Hold the folder while a broker is started in it. The kernel lets it go when the process ends, however it ends.

    Raises UserError when another process holds it.
    """
    with (data_dir / "start.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UserError(f"Another process is starting a broker on {data_dir} right now.") from error
        yield


def cluster_id(data_dir: Path) -> str | None:
    """The cluster the folder was formatted for, None when it was not formatted yet.

    Raises UserError when the folder was formatted for another node than ours, or its mark cannot be read.
    """
    path = data_dir / TOPICS / "meta.properties"
    try:
        lines = path.read_text(encoding="latin-1").splitlines()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}. {SETTING_HINT}") from error
    fields = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    if fields.get("version") != "1" or fields.get("node.id") != str(NODE_ID) or not fields.get("cluster.id"):
        raise UserError(f"{data_dir} was formatted for another Kafka cluster than an embedded one. {SETTING_HINT}")
    return fields["cluster.id"]


def new_cluster_id() -> str:
    """A random id in Kafka's form: 16 bytes as URL-safe base64 of 22 characters, none with a dash in front."""
    while True:
        text = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode("ascii").rstrip("=")
        # Kafka's command line would take it for an option.
        if not text.startswith("-"):
            return text
