"""Dead letters into files, for repair: JSON Lines with all of each, and each value as a file of its own."""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from services.cli.dead_table import record
from services.errors import UserError
from services.subscribe.render import quiet_pipe

if TYPE_CHECKING:
    from schemas.deadletter import DeadLetter
    from services.replay.dead import Case

STDOUT = "-"
_NAME_CHARS = 120
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


def export_record(case: Case, dead: DeadLetter) -> dict[str, Any]:
    """All of a letter: what the list has, and the original's key, value and headers in base64."""
    return record(case) | {
        "topic": dead.topic,
        "partition": dead.partition,
        "offset": dead.offset,
        "key_base64": _base64(dead.key),
        "value_base64": _base64(dead.value),
        "headers_base64": [[name, _base64(value)] for name, value in dead.headers],
        "history": [
            {"at": one.at.isoformat(), "count": one.count, "to": str(one.to)} for one in case.history
        ],
    }  # fmt: skip


def write_line(exported: dict[str, Any], stream: TextIO) -> None:
    """One line of JSON, in ASCII: whatever is in it, a terminal shows it and no more."""
    stream.write(json.dumps(exported) + "\n")


@contextmanager
def output(name: str) -> Iterator[TextIO]:
    """The file to write to; it has its name once it is whole. Raises UserError where there is one of that name."""
    if name == STDOUT:
        with quiet_pipe(sys.stdout):
            yield sys.stdout
        return
    path = Path(name)
    part = path.with_name(f"{path.name}.part")
    if path.exists():
        raise UserError(f"{name} is there already: name another file, or remove it")
    try:
        stream = part.open("w", encoding="utf-8")
    except OSError as error:
        raise UserError(f"{name} cannot be written: {error.strerror}") from error
    with stream:
        yield stream
    part.replace(path)


def raw_folder(name: str) -> Path:
    """The folder for values, made if it is not there. Raises UserError where it holds anything."""
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        empty = not any(folder.iterdir())
    except OSError as error:
        raise UserError(f"--raw {name}: {error.strerror}") from error
    if not empty:
        raise UserError(f"--raw {name}: is not empty; name a new folder")
    return folder


def write_value(folder: Path, case: Case, dead: DeadLetter) -> str | None:
    """Write the value to a file and return its name; none, and None, where there is no value. Raises UserError.

    A topic's name comes from a header that anybody may have written: it names no other folder here.
    """
    if dead.value is None:
        return None
    topic = _UNSAFE.sub("_", dead.topic)[:_NAME_CHARS].lstrip(".") or "_"
    name = f"{topic}-{dead.partition}-{dead.offset}"
    if (folder / name).exists():
        name = f"{name}-{case.letter.at.partition}-{case.letter.at.offset}"
    try:
        (folder / name).write_bytes(dead.value)
    except OSError as error:
        raise UserError(f"{folder / name} cannot be written: {error.strerror}") from error
    return name


def _base64(value: bytes | None) -> str | None:
    return None if value is None else base64.b64encode(value).decode()
