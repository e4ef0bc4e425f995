"""What paths hold, as articles and refusals in order: the feed without a broker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedIOBase
from pathlib import Path

from services.feed.files import Format, find_files
from services.feed.record import Accepted, to_article
from services.feed.sources import Refusal, Sources


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read.

    `source` and `feed` serve records that name none themselves; the feed is the file's name if not given. `encoding`
    and `form` are told where they are not to be found out. `stdin` is the process's own if not given, and `now` says
    when an article was fetched.
    """

    max_article_bytes: int = 1_000_000
    source: str = ""
    feed: str = ""
    encoding: str | None = None
    form: Format | None = None
    stdin: BufferedIOBase | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


def open_sources(paths: Sequence[str | Path], reading: Reading) -> Sources:
    """The sources that `paths` mean. Raises UserError for a missing path and an unknown encoding."""
    return Sources(
        find_files(paths, reading.form),
        max_article_bytes=reading.max_article_bytes,
        encoding=reading.encoding,
        stdin=reading.stdin,
    )


def articles(sources: Sources, reading: Reading) -> Iterator[Accepted | Refusal]:
    """Yield the articles of the sources, and the refusals in the place of what is none."""
    for record in sources:
        if isinstance(record, Refusal):
            yield record
        else:
            yield to_article(
                record,
                fetched_at=reading.now(),
                max_article_bytes=reading.max_article_bytes,
                source=reading.source,
                feed=reading.feed,
            )
