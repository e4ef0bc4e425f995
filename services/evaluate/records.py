"""What the coder made of the labelled texts: coded here, by the function that the command gives, or read from a file.

A record belongs to the text with its id, or else to the one whose text it has. Its text must be the labelled one, to
the code point: offsets of another text would score as nonsense.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from schemas.article import RawArticle, content_hash
from schemas.enriched import EnrichedArticle
from services.errors import Poison, UserError
from services.evaluate.gold import Document, LabelledPair
from services.evaluate.reading import checked, json_lines

Coder = Callable[[Sequence[bytes], Sequence[LabelledPair | None]], Sequence[EnrichedArticle | Poison]]
"""Raw articles in JSON, each with the pair that is known of it -> their records in order, or why there is none."""

CHUNK = 16
# Any date would do: nothing in a record's events comes of it. A fixed one makes a run come out the same again.
_FETCHED = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The record of one labelled text, or None and why there is none."""

    document: Document
    record: EnrichedArticle | None
    reason: str = ""


def raw_article(document: Document) -> bytes:
    """The text as the article that is sent to be coded, in JSON. Raises UserError for what no article may be."""
    fields = {
        "id": document.id,
        "title": document.title,
        "body": document.body,
        "language": document.language,
        "published_at": document.published_at,
        "fetched_at": _FETCHED,
        "content_hash": content_hash(document.title, document.body),
    }
    return checked(document.place, RawArticle, fields).model_dump_json().encode()


def coded_here(documents: Iterable[Document], coder: Coder) -> Iterator[Outcome]:
    """Code the texts, a chunk at a time, in order."""
    rest = iter(documents)
    while chunk := list(islice(rest, CHUNK)):
        values = [raw_article(document) for document in chunk]
        for document, answer in zip(chunk, coder(values, [document.pair for document in chunk]), strict=True):
            if isinstance(answer, Poison):
                yield Outcome(document, None, f"{answer.reason.value}: {answer.message}")
            else:
                yield _outcome(document, answer)


def coded_in_file(documents: Iterable[Document], path: Path) -> Iterator[Outcome]:
    """The records of the texts in a file of enriched articles, as ``dateline annotate`` writes them.

    Raises UserError for a line that is none, and for a record with a text's id and another text.
    """
    wanted = list(documents)
    ids, texts = {document.id for document in wanted}, {document.text for document in wanted}
    by_id: dict[str, EnrichedArticle] = {}
    by_text: dict[str, EnrichedArticle] = {}
    for record in read_records(path):
        if record.id in ids:
            by_id[record.id] = record
        elif record.text in texts:
            by_text[record.text] = record
    for document in wanted:
        record_or_none = by_id.get(document.id) or by_text.get(document.text)
        if record_or_none is None:
            yield Outcome(document, None, f"{path} has no record of it")
        else:
            yield _outcome(document, record_or_none)


def read_records(path: Path) -> Iterator[EnrichedArticle]:
    """Yield the enriched articles of a JSON Lines file. Raises UserError for a line that is none."""
    for place, _, value in json_lines(path):
        yield checked(place, EnrichedArticle, value)


def _outcome(document: Document, record: EnrichedArticle) -> Outcome:
    if record.text != document.text:
        raise UserError(f"{document.place}: the record of {document.id!r} has another text than the label")
    return Outcome(document, record, f"not read: {record.skipped.value}" if record.skipped else "")
