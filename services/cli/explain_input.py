"""What ``dateline explain`` is given to read: a text in quotes, a file, or standard input, as articles.

Knows the forms that each may have; codes nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from services.errors import UserError

if TYPE_CHECKING:
    from services.feed.files import Format
    from services.feed.record import Accepted
    from services.feed.sources import Refusal

STDIN = "-"
STDIN_BYTES = 16 * 1024 * 1024


def given_articles(
    text: str | None, file: Path | None, published: datetime | None, max_article_bytes: int
) -> Iterator[Accepted | Refusal]:
    """What is to be explained. Raises UserError where that is nothing, or two things."""
    from services.feed.sources import Refusal

    if (text is None) == (file is None):
        raise UserError('give a text in quotes, --file FILE, or - for standard input: dateline explain "..."')
    if text is not None and text != STDIN:
        found = iter([_of_words(text, max_article_bytes)])
    else:
        found = _of_file(file or Path(STDIN), max_article_bytes)
    for one in found:
        if isinstance(one, Refusal) or published is None:
            yield one
        else:
            yield _published(one, published)


def _of_words(text: str, max_article_bytes: int) -> Accepted | Refusal:
    from services.feed.record import to_article
    from services.feed.sources import Record

    if not text.strip():
        raise UserError('the text is empty: give a sentence in quotes, as dateline explain "Kenya accused Somalia."')
    if len(text) < 1000 and "\n" not in text and " " not in text and Path(text).is_file():
        raise UserError(f"{text} is a file: write --file {text}")
    # A few words tell no language: whoever asks wants them read.
    record = Record("the text", {"body": text, "language": "en"}, "explain")
    return to_article(record, fetched_at=datetime.now(UTC), max_article_bytes=max_article_bytes)


def _of_file(path: Path, max_article_bytes: int) -> Iterator[Accepted | Refusal]:
    from services.feed.articles import Reading, articles, open_sources
    from services.feed.files import SUFFIXES, Format

    stdin: BytesIO | None = None
    if str(path) == STDIN:
        data = sys.stdin.buffer.read(STDIN_BYTES + 1)
        if len(data) > STDIN_BYTES:
            raise UserError(f"-: standard input is longer than {STDIN_BYTES} bytes; dateline annotate reads long files")
        if not data.strip():
            raise UserError("-: standard input is empty")
        stdin, form = BytesIO(data), form_of(data)
    else:
        suffixes = [suffix for suffix in path.suffixes if suffix != ".gz"][-1:]
        form = SUFFIXES.get(suffixes[0].lower(), Format.TEXT) if suffixes else Format.TEXT
    reading = Reading(max_article_bytes=max_article_bytes, form=form, stdin=stdin)
    return articles(open_sources([path], reading), reading)


def form_of(data: bytes) -> Format:
    """What form an input without a name has: JSON, JSON Lines if its first line is an object, else plain text."""
    from services.feed.files import Format

    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith((b"{", b"[")):
        return Format.TEXT
    if _is_record(start):
        return Format.JSON
    return Format.JSONL if _is_record(start.partition(b"\n")[0]) else Format.TEXT


def _is_record(data: bytes) -> bool:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict) for one in value))


def _published(given: Accepted, moment: datetime) -> Accepted:
    from services.feed.record import Accepted

    article = given.article.model_copy(update={"published_at": moment})
    return Accepted(given.place, article, article.model_dump_json().encode())
