"""A record, which may be any JSON value, becomes a raw article with its bytes for the topic, or a refusal.

Never raises for what a record holds: the reason goes back in a `Refusal`, one line for people. Reads no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from schemas.article import RawArticle, content_hash, id_from_content, id_from_url
from services.feed.dates import NotADate, instant
from services.feed.sources import Record, Refusal
from services.feed.urls import NotAUrl, canonical_url, host_of
from services.wording import invalid, kind

OTHER_NAMES = {
    "title": ("headline",),
    "body": ("text", "content"),
    "published_at": ("published", "pub_date", "date"),
    "language": ("lang",),
    "authors": ("author", "byline"),
    "source": ("publisher",),
}
"""Names that are read as well, in this order, where a record has nothing under the name of the schema."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An article, where it was, and the bytes that go to the topic."""

    place: str
    article: RawArticle
    value: bytes


class _Refused(Exception):
    """What is wrong with a record."""


def to_article(
    record: Record, *, fetched_at: datetime, max_article_bytes: int, source: str = "", feed: str = ""
) -> Accepted | Refusal:
    """The article that a record holds. `source` and `feed` serve where the record itself names none.

    The record's own id is kept. Without one it comes from the canonical URL, and without that from source and content.
    Fields that the schema does not know are kept.
    """
    try:
        article = _article(record, fetched_at, source, feed)
    except _Refused as refused:
        return Refusal(record.place, str(refused))
    value = article.model_dump_json().encode()
    if len(value) > max_article_bytes:
        return Refusal(record.place, f"is larger than max_article_bytes, {max_article_bytes}: {len(value)} bytes")
    return Accepted(record.place, article, value)


def _article(record: Record, fetched_at: datetime, source: str, feed: str) -> RawArticle:
    if not isinstance(record.value, Mapping):
        raise _Refused(f"not a JSON object: {kind(record.value)}")
    fields, names = _renamed(record.value)
    _normalise(fields, names)
    url = fields.get("url")
    fields["source"] = fields.get("source") or source or (host_of(url) if isinstance(url, str) else "")
    fields["feed"] = fields.get("feed") or feed or Path(record.file).name
    digest = content_hash(_text(fields, "title", names), _text(fields, "body", names))
    fields |= {"fetched_at": fetched_at, "content_hash": digest}
    if "id" not in fields:
        fields["id"] = id_from_url(url) if isinstance(url, str) else id_from_content(str(fields["source"]), digest)
    try:
        return RawArticle.model_validate(fields)
    except ValidationError as wrong:
        raise _Refused(invalid(wrong, names)) from wrong


def _renamed(value: Mapping[str, object]) -> tuple[dict[str, object], dict[str, str]]:
    """Fields under the schema's names, and the name each one had. What is null or empty is left out."""
    fields = {str(name): given for name, given in value.items()}
    names: dict[str, str] = {}
    for name, others in OTHER_NAMES.items():
        if _is_unknown(fields.get(name)):
            used = next((other for other in others if not _is_unknown(fields.get(other))), None)
            if used is not None:
                fields[name] = fields.pop(used)
                names[name] = used
    for name in RawArticle.model_fields:
        if name in fields and _is_unknown(fields[name]):
            del fields[name]
    return fields, names


def _normalise(fields: dict[str, object], names: Mapping[str, str]) -> None:
    identity, url, published = fields.get("id"), fields.get("url"), fields.get("published_at")
    if isinstance(identity, int) and not isinstance(identity, bool):
        fields["id"] = str(identity)
    if isinstance(fields.get("authors"), str):
        fields["authors"] = [fields["authors"]]
    if isinstance(fields.get("language"), str):
        fields["language"] = str(fields["language"]).strip()
    try:
        if isinstance(url, str):
            fields["url"] = canonical_url(url)
        if isinstance(published, str):
            fields["published_at"] = instant(published)
    except NotAUrl as wrong:
        raise _Refused(f"url: {wrong}") from wrong
    except NotADate as wrong:
        raise _Refused(f"{names.get('published_at', 'published_at')}: {wrong}") from wrong


def _text(fields: Mapping[str, object], name: str, names: Mapping[str, str]) -> str:
    text = fields.get(name, "")
    if not isinstance(text, str):
        raise _Refused(f"{names.get(name, name)}: is {kind(text)}, not text")
    return text


def _is_unknown(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
