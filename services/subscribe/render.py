"""Enriched articles for people's eyes, a line each, and for programs, as JSON Lines.

Titles come from anywhere: whatever in them could command a terminal or turn the direction of writing is shown, not
obeyed. In JSON it is escaped, which leaves the value the same.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC
from typing import NamedTuple, TextIO

from rich.cells import cell_len, chop_cells, set_cell_size

from schemas.article import ArticleStatus
from schemas.enriched import VALUE_LABELS, EnrichedArticle
from services.phrases import event_phrase

# Controls (C0, delete, C1), line and paragraph separators, embeddings, overrides and isolates, what is invisible, and
# halves of pairs. Joiners and plain direction marks stay: some scripts cannot be written without them.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)

_BLANKS = re.compile(r"\s+")

HEADINGS = ("PUBLISHED (UTC)", "SOURCE", "TITLE", "EVENTS, NAMES")
_GAP = "  "
_PUBLISHED, _SOURCE = 16, 18
_LEAST_WIDTH = 60


Asked = Callable[[EnrichedArticle], Collection[str]]
"""The ids of those events of an article that were asked for."""


class Row(NamedTuple):
    """One article in a table."""

    published: str
    source: str
    title: str
    found: str


def visible(text: str) -> str:
    """`text` on one line, with ``<U+202E>`` for each character that would act on the terminal or hide."""
    return visible_part(text).strip()


def visible_part(text: str) -> str:
    """The same of a part of a text, which may begin or end with a blank."""
    return _UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", _BLANKS.sub(" ", text))


def names(article: EnrichedArticle, most: int = 5) -> list[str]:
    """Names most mentioned in the article, as ``Ilma Vasko (PERSON)``; equals in the order of the text."""
    named = [entity for entity in article.entities if entity.label not in VALUE_LABELS]
    mentions = Counter(entity.group for entity in named)
    first = {entity.group: entity for entity in reversed(named)}
    return [f"{first[group].name} ({first[group].label})" for group, _times in mentions.most_common(most)]


def phrases(article: EnrichedArticle, wanted: Collection[str] = (), most: int = 3) -> list[str]:
    """Its first events, those with ids that are `wanted` before the others: ``Turkey MOBILIZE Syria (planned)``."""
    events = sorted(article.events, key=lambda event: event.id not in wanted)
    shown = [event_phrase(event, article.actors) for event in events[:most]]
    more = len(article.events) - len(shown)
    return [*shown, f"and {more} more"] if more else shown


def row(article: EnrichedArticle, wanted: Collection[str] = ()) -> Row:
    """What of an article goes into a table, events with ids that are `wanted` first; safe to print."""
    published = article.published_at
    title = article.title
    if article.status is not ArticleStatus.ORIGINAL:
        title = f"{article.status.value}: {title}"
    return Row(
        published.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if published else "-",
        visible(article.source) or "-",
        visible(title),
        visible(". ".join(["; ".join(phrases(article, wanted)), ", ".join(names(article))]).removeprefix(". ")),
    )


def json_line(article: EnrichedArticle) -> str:
    """The record as on the topic, on one line without its end: all its fields, those of later versions as well."""
    return safe_json(article.model_dump_json(by_alias=True))


def safe_json(text: str) -> str:
    """JSON with whatever would act on a terminal, or hide, as escapes: the value is the same."""
    return _UNSEEN.sub(lambda found: _escaped(found[0]), text)


def write_rows(
    articles: Iterable[EnrichedArticle], stream: TextIO, width: int | None = None, asked: Asked = lambda _: ()
) -> None:
    """A line per article, as soon as it comes, under headings.

    In columns where `width` is the width of a terminal in cells; with tabs and uncut where there is none. Events that
    were `asked` for come before the others of their article. Ends quietly when nobody reads on.
    """
    with quiet_pipe(stream):
        for cells in _with_headings(articles, asked):
            line = "\t".join(cells) if width is None else _in_columns(cells, max(width, _LEAST_WIDTH))
            print(line, file=stream, flush=True)


def write_json_lines(articles: Iterable[EnrichedArticle], stream: TextIO) -> None:
    """A record per line, as soon as it comes. Ends quietly when nobody reads on."""
    with quiet_pipe(stream):
        for article in articles:
            print(json_line(article), file=stream, flush=True)


@contextmanager
def quiet_pipe(stream: TextIO) -> Iterator[None]:
    """End the block quietly when nobody reads `stream` any more, as under ``| head``."""
    try:
        yield
        stream.flush()
    except BrokenPipeError:
        # What is still in the buffer is flushed when the interpreter ends, and must go somewhere.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _with_headings(articles: Iterable[EnrichedArticle], asked: Asked) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    for article in articles:
        yield row(article, asked(article))


def _in_columns(cells: tuple[str, ...], width: int) -> str:
    left = width - _PUBLISHED - _SOURCE - 3 * len(_GAP)
    title = left * 3 // 5
    widths = (_PUBLISHED, _SOURCE, title, left - title)
    return _GAP.join(_fitted(cell, cells_wide) for cell, cells_wide in zip(cells, widths, strict=True)).rstrip()


def _fitted(text: str, width: int) -> str:
    if cell_len(text) > width:
        text = chop_cells(text, width - 1)[0] + "…"
    return set_cell_size(text, width)


def _escaped(character: str) -> str:
    # As UTF-16, which is what JSON escapes are made of: two for what lies beyond the first plane.
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
