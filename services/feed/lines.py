"""A stream of bytes becomes lines, in memory bounded by the limit on one line, whatever the stream holds.

Knows nothing of text: the newline is given as bytes, so that UTF-16 and UTF-32 are split where their characters are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase

CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its newline; numbered from 1."""

    number: int
    data: bytes


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be had, and why, for people."""

    number: int
    reason: str


def split_lines(
    stream: BufferedIOBase, limit: int, newline: bytes = b"\n", start: bytes = b""
) -> Iterator[Line | BadLine]:
    """Yield the lines of `start` and the stream after it; a line over `limit` bytes is skipped to its end.

    Whatever reading the stream raises is raised here, after the whole lines before it were yielded. Reads what is
    there and never waits for more, so that a line out of a pipe is yielded when it is whole.
    """
    number, searched, skipping = 1, 0, False
    held = bytearray(start)
    while True:
        at = _find(held, newline, searched)
        if at >= 0:
            yield _too_long(number, limit) if skipping or at > limit else Line(number, bytes(held[:at]))
            del held[: at + len(newline)]
            number, searched, skipping = number + 1, 0, False
            continue
        # What was searched holds no newline; the bytes of a character that is not whole yet stay.
        searched = len(held) - len(held) % len(newline)
        if len(held) > limit:
            skipping = True
            del held[:searched]
            searched = 0
        chunk = stream.read1(CHUNK)
        if not chunk:
            break
        held += chunk
    if skipping or held:
        yield _too_long(number, limit) if skipping else Line(number, bytes(held))


def _find(held: bytearray, newline: bytes, start: int) -> int:
    at = held.find(newline, start)
    while at % len(newline) and at >= 0:
        at = held.find(newline, at + 1)
    return at


def _too_long(number: int, limit: int) -> BadLine:
    return BadLine(number, f"the line is longer than {limit} bytes, which no article within the limit needs")
