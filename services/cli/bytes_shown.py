"""Bytes that may be anything, for people's eyes: as text where they are one, else as a dump. Pure.

Nothing in them reaches the terminal as a command: whatever controls, hides or turns the direction of writing is shown
by its number, joiners and direction marks too, since here one looks for what is wrong with a message.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Controls, what formats (bidirectional characters, joiners, tags), halves of pairs, private and unassigned ones, and
# separators of lines and paragraphs.
_NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ROW = 16
CHARS = 4000
"""How many characters of a value are shown, or a quarter of that in bytes of a dump."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Lines that can be printed; `form` is UTF-8 or hex, `cut` tells what is left out, if anything."""

    form: str
    lines: tuple[str, ...]
    cut: str = ""


def bytes_shown(value: bytes, chars: int = CHARS) -> Shown:
    """A value, as far as `chars` goes; 0 for all of it."""
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        most = max(chars // 4, _ROW) if chars else len(value)
        cut = f"the first {most:,} of {len(value):,} bytes" if len(value) > most else ""
        return Shown("hex", tuple(_dump(value[:most])), cut)
    most = chars or len(text)
    cut = f"the first {most:,} of {len(text):,} characters" if len(text) > most else ""
    return Shown("UTF-8", tuple(text_shown(line) for line in text[:most].split("\n")), cut)


def text_shown(text: str) -> str:
    """A text on one line, with ``<U+202E>`` for each character that would act on the terminal or hide."""
    return "".join(f"<U+{ord(one):04X}>" if unicodedata.category(one) in _NOT_SHOWN else one for one in text)


def short(value: bytes | None, chars: int = 200) -> str:
    """A header's value or a key on one line: as text where it is one, else in hexadecimal digits."""
    if value is None:
        return "(none)"
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = "0x" + value.hex()
    return text_shown(text[:chars]) + (f"... ({len(value):,} bytes)" if len(text) > chars else "")


def _dump(value: bytes) -> Iterator[str]:
    for start in range(0, len(value), _ROW):
        row = value[start : start + _ROW]
        seen = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in row)
        yield f"{start:08x}  {row.hex(' '):<{3 * _ROW}} |{seen}|"
