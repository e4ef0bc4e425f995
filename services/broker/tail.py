"""Why a broker did not start, from the end of what it logged."""

from __future__ import annotations

from pathlib import Path

from services.broker.ports import SETTING
from services.errors import SettingsError, UserError

LINES = 12
BYTES = 32_768


def tail(path: Path, since: int = 0) -> list[str]:
    """The last lines of a log that were written after byte `since`, without stack frames; empty without the file."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            # Shorter than before: the log was rolled over meanwhile.
            begin = since if since <= size else 0
            file.seek(max(begin, size - BYTES))
            text = file.read(BYTES).decode("utf-8", errors="replace")
    except FileNotFoundError:
        return []
    return [line for line in text.splitlines() if line.strip() and not line.startswith("\tat ")]


def explain(log_file: Path, since: int, console: Path, port: int, what: str) -> UserError:
    """The error to raise for a broker that `what`: a known cause by name, any other with the end of the log."""
    lines = tail(log_file, since) + tail(console)
    text = "\n".join(lines)
    if "Address already in use" in text:
        return SettingsError(SETTING, f"port {port} was taken by another program while the broker started.")
    if "Failed to acquire lock on file .lock" in text:
        return UserError(f"Another Kafka works on {log_file.parent.parent} without being recorded there. End it first.")
    shown = "\n".join(f"  {line}" for line in lines[-LINES:]) or "  (it logged nothing)"
    return UserError(f"The broker {what}. The end of its log, {log_file}:\n{shown}")
