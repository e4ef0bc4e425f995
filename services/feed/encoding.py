"""Lines of bytes become lines of text: UTF-8 where they are, and otherwise whatever they are encoded in.

An encoding that was asked for wins. Then a byte-order mark. Then UTF-8, if any line beyond ASCII is UTF-8: lines of
such a file that are not are refused, never reinterpreted. Only where none is, a legacy encoding is guessed on a sample,
and told. Nothing is ever replaced or dropped to make a line decode.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from itertools import chain

from charset_normalizer import from_bytes

from services.errors import UserError
from services.feed.lines import BadLine, Line, split_lines

LOOK_AHEAD_BYTES = 4 * 1024 * 1024
LOOK_AHEAD_LINES = 1000
SAMPLE_BYTES = 64 * 1024

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A feed begins with ASCII (a brace), and no text holds NUL: where the NULs are tells the width without a mark.
_NULS: dict[tuple[bool, ...], str] = {
    (False, True, True, True): "utf-32-le",
    (True, True, True, False): "utf-32-be",
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
}
# Without a mark these are read as Windows writes them.
_UNMARKED = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
# These are notations rather than encodings, and can produce what is no text.
_NO_TEXT = {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
# What news was written in before UTF-8. Without the rest (EBCDIC, DOS, old Macs) the guess is far better.
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859_2", "koi8_r",
    "cp932", "euc_jp", "gb18030", "big5", "cp949",
]  # fmt: skip
_WESTERN = "cp1252"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text without its newline; numbered from 1."""

    number: int
    text: str


def codec_named(name: str) -> str:
    """Python's name of an encoding. Raises UserError where there is none of this name for text."""
    try:
        found = codecs.lookup(name).name
        "\n".encode(found)
    except (LookupError, ValueError) as unknown:
        raise UserError(f"encoding {name!r} is not known; examples are utf-8, utf-16, cp1252, shift_jis") from unknown
    if found in _NO_TEXT or found.replace("-", "_") in _NO_TEXT:
        raise UserError(f"encoding {name!r} is none that a feed may have; examples are utf-8, cp1252, shift_jis")
    return found


def text_lines(
    stream: BufferedIOBase, limit: int, encoding: str | None, on_guess: Callable[[str], None]
) -> Iterator[TextLine | BadLine]:
    """Yield the lines of a stream as text. `limit` is that of split_lines, in bytes.

    `encoding` is what the caller knows; `on_guess` is told the encoding where it is neither that nor UTF-8.
    """
    head = b""
    while len(head) < 4 and (more := stream.read1(4 - len(head))):
        head += more
    marked, mark = _opening(head)
    if encoding is None:
        known = marked
        if marked is not None and marked != "utf-8":
            on_guess(marked)
    else:
        asked = codec_named(encoding)
        known = marked if asked in _UNMARKED and marked else _UNMARKED.get(asked, asked)
    if known == marked:
        head = head[mark:]
    newline = "\n".encode(known or "utf-8")
    lines = split_lines(stream, limit, newline, head)
    return _undeclared(lines, on_guess) if known is None else (_decode(line, known) for line in lines)


def guess(sample: bytes) -> str | None:
    """Legacy encoding that `sample` is likely in; None where nothing fits. The sample must not be UTF-8."""
    matches = list(from_bytes(sample, steps=10, cp_isolation=_LEGACY, enable_fallback=False))
    if not matches:
        return None
    best = matches[0]
    # Between alphabets of Latin letters the measures often tie, and the western one is the commonest by far.
    western = any(
        _WESTERN in match.could_be_from_charset
        and match.chaos <= best.chaos + 0.01
        and match.coherence >= best.coherence - 0.01
        for match in matches
    )
    return _WESTERN if western else best.encoding


def _opening(head: bytes) -> tuple[str | None, int]:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    return _NULS.get(tuple(byte == 0 for byte in head)), 0


def _undeclared(lines: Iterable[Line | BadLine], on_guess: Callable[[str], None]) -> Iterator[TextLine | BadLine]:
    remaining = iter(lines)
    for line in remaining:
        if isinstance(line, Line) and not line.data.isascii():
            break
        yield _decode(line, "utf-8")
    else:
        return
    if _is_utf8(line):
        yield from (_decode(item, "utf-8") for item in chain([line], remaining))
        return
    # The first line beyond ASCII is not UTF-8: look at those after it before deciding what the file is.
    ahead: list[Line | BadLine] = [line]
    size = len(line.data)
    while size < LOOK_AHEAD_BYTES and len(ahead) < LOOK_AHEAD_LINES and (later := next(remaining, None)) is not None:
        ahead.append(later)
        size += len(later.data) if isinstance(later, Line) else 0
    guessed = None
    if not any(_is_utf8(item) for item in ahead):
        telling = (item.data for item in ahead if isinstance(item, Line) and not item.data.isascii())
        guessed = guess(b"\n".join(telling)[:SAMPLE_BYTES])
        if guessed is not None:
            on_guess(guessed)
    for item in chain(ahead, remaining):
        # A line that is UTF-8 after all is hardly so by chance.
        yield _decode(item, "utf-8" if guessed is None or _is_utf8(item) else guessed)


def _is_utf8(line: Line | BadLine) -> bool:
    return isinstance(line, Line) and not line.data.isascii() and isinstance(_decode(line, "utf-8"), TextLine)


def _decode(line: Line | BadLine, encoding: str) -> TextLine | BadLine:
    if isinstance(line, BadLine):
        return line
    try:
        return TextLine(line.number, line.data.decode(encoding))
    except UnicodeDecodeError as wrong:
        byte = line.data[wrong.start]
        return BadLine(line.number, f"not {encoding.upper()}: byte {wrong.start + 1} of the line is 0x{byte:02X}")
