"""Files become records: JSON values, each with the place it came from, or refusals.

Reads one file after the other, JSON Lines in memory bounded by the limit on a line. Checks nothing about a record but
that it is JSON: what an article needs is in record.py.
"""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BufferedIOBase, BytesIO

import structlog
from pydantic_core import from_json

from schemas.article import TITLE_LIMIT
from services.feed.encoding import codec_named, text_lines
from services.feed.files import SUPPORTED, Format, Found, SourceFile
from services.feed.lines import CHUNK, BadLine
from services.wording import not_json

log = structlog.get_logger(__name__)

LINE_PER_ARTICLE = 6
"""A line may be this many times the largest article: escaped, an ASCII character takes six bytes."""
WHOLE_FILE_BYTES = 64 * 1024 * 1024
"""Largest JSON file, which has to be read whole; as JSON Lines there is no limit."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record, unchecked: the JSON value, where it was (``file:line``), and the name of its file."""

    place: str
    value: object
    file: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is no article, and why, in one line for people."""

    place: str
    reason: str


class Sources:
    """The records of the files found, in order; iterate once. Tells how far it is, and what is not UTF-8."""

    def __init__(
        self,
        found: Found,
        *,
        max_article_bytes: int,
        encoding: str | None = None,
        stdin: BufferedIOBase | None = None,
        whole_file_bytes: int = WHOLE_FILE_BYTES,
    ) -> None:
        """`encoding` is that of all files, where it is known. `stdin` is the process's own if not given.

        Raises UserError where there is no encoding of this name.
        """
        if encoding is not None:
            codec_named(encoding)
        self._found = found
        self._encoding = encoding
        self._stdin = stdin
        self._line_bytes = LINE_PER_ARTICLE * max_article_bytes
        self._whole_bytes = whole_file_bytes
        self.total_bytes = found.total_bytes
        self.read_bytes = 0
        self.skipped_files = found.skipped
        self.skipped_names = found.examples
        self.encodings: dict[str, str] = {}

    def __iter__(self) -> Iterator[Record | Refusal]:
        """Yield each record, or a refusal in the place of what cannot be read."""
        for file in self._found.files:
            before = self.read_bytes
            yield from self._read(file)
            if file.size is not None:
                self.read_bytes = before + file.size

    def _read(self, file: SourceFile) -> Iterator[Record | Refusal]:
        if file.format is None:
            yield Refusal(file.name, f"files of this kind are not read; {SUPPORTED}")
            return
        number = 0
        try:
            with ExitStack() as opened:
                raw, stream = open_source(file, self._stdin, opened)
                before = self.read_bytes
                if file.format is not Format.JSONL:
                    yield from self._whole(file, stream)
                    return
                for line in text_lines(
                    stream, self._line_bytes, self._encoding, lambda name: self._not_utf8(file, name)
                ):
                    number = line.number
                    if file.size is not None:
                        self.read_bytes = before + raw.tell()
                    place = f"{file.name}:{number}"
                    if isinstance(line, BadLine):
                        yield Refusal(place, line.reason)
                    elif line.text.strip():
                        yield _parsed(place, line.text, file)
        except (OSError, EOFError, zlib.error) as broken:
            yield Refusal(f"{file.name}:{number + 1}" if number else file.name, reading_failed(broken))

    def _whole(self, file: SourceFile, stream: BufferedIOBase) -> Iterator[Record | Refusal]:
        is_text = file.format is Format.TEXT
        limit = self._line_bytes if is_text else self._whole_bytes
        data = bytearray()
        while len(data) <= limit and (chunk := stream.read1(CHUNK)):
            data += chunk
        if len(data) > limit:
            advice = "one file is one article" if is_text else "write one record a line as JSON Lines (.jsonl)"
            yield Refusal(file.name, f"is larger than {limit} bytes; {advice}")
            return
        lines = []
        for line in text_lines(BytesIO(data), limit, self._encoding, lambda name: self._not_utf8(file, name)):
            if isinstance(line, BadLine):
                yield Refusal(f"{file.name}:{line.number}", line.reason)
                return
            lines.append(line.text)
        text = "\n".join(lines)
        if is_text:
            yield Record(
                file.name, split_title(text, markdown=file.name.lower().removesuffix(".gz").endswith(".md")), file.name
            )
        else:
            yield from _records_of(_parsed(file.name, text, file), file)

    def _not_utf8(self, file: SourceFile, encoding: str) -> None:
        self.encodings[file.name] = encoding
        log.warning("file_is_not_utf8", file=file.name, encoding=encoding)


def open_source(
    file: SourceFile, stdin: BufferedIOBase | None, opened: ExitStack
) -> tuple[BufferedIOBase, BufferedIOBase]:
    """Open a file into `opened`: the bytes as they are on disk, and the bytes that they mean. Raises OSError."""
    if file.path is None:
        # Not ours to close.
        raw: BufferedIOBase = stdin or sys.stdin.buffer  # type: ignore[assignment]
    else:
        raw = opened.enter_context(file.path.open("rb"))
    return raw, opened.enter_context(gzip.GzipFile(fileobj=raw, mode="rb")) if file.gzipped else raw


def reading_failed(error: OSError | EOFError | zlib.error) -> str:
    """Why reading a file ended early, for people."""
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return "the gzip data end too early" if isinstance(error, EOFError) else f"the gzip data are broken: {error}"


def split_title(text: str, *, markdown: bool = False) -> dict[str, object]:
    """Title and body of a plain text: the first line that is not blank, and what follows.

    A text of a single paragraph has no title, and a first line that is too long is none. In Markdown the title's
    number signs go.
    """
    text = text.replace("\r\n", "\n").strip()
    if all(line.strip() for line in text.split("\n")):
        return {"title": "", "body": text}
    first, _, rest = text.partition("\n")
    if len(first) > TITLE_LIMIT:
        return {"title": "", "body": text}
    return {"title": (first.lstrip("#") if markdown else first).strip(), "body": rest.strip()}


def _parsed(place: str, text: str, file: SourceFile) -> Record | Refusal:
    try:
        # Unlike json.loads this bounds the nesting and refuses lone surrogates.
        value = from_json(text, allow_inf_nan=False)
    except ValueError as wrong:
        return Refusal(place, f"not JSON: {not_json(wrong)}")
    return Record(place, value, file.name)


def _records_of(whole: Record | Refusal, file: SourceFile) -> Iterator[Record | Refusal]:
    articles = whole.value if isinstance(whole, Record) else None
    if isinstance(articles, dict) and isinstance(articles.get("articles"), list):
        articles = articles["articles"]
    if not isinstance(articles, list):
        yield whole
        return
    for number, article in enumerate(articles, 1):
        yield Record(f"{file.name}, article {number}", article, file.name)
