"""A raw article as it travels on ``articles.raw``, and how it gets its id.

The producer's own id is kept where it has one. Otherwise the id comes from the canonical URL, and without a URL from
the source and the content: the same article fed twice has the same id, whatever file it came in.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

# A year outside these is a placeholder or a parsing accident, not a date of publication.
FIRST_YEAR, LAST_YEAR = 1600, 2199
TITLE_LIMIT = 4096  # code points


class ArticleStatus(StrEnum):
    """What this version is to the versions before it."""

    ORIGINAL = "original"
    CORRECTION = "correction"
    RETRACTION = "retraction"


def _no_nul(value: str) -> str:
    if "\0" in value:
        raise ValueError("contains a NUL character, which no text has")
    return value


def _not_a_number(value: object) -> object:
    # pydantic would read 20260105 as seconds since 1970.
    if isinstance(value, int | float) or (isinstance(value, str) and value.strip().lstrip("+-").isdigit()):
        raise ValueError("is a number; write an ISO 8601 date with its UTC offset")
    return value


def _plausible(value: datetime) -> datetime:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"is in the year {value.year}, outside {FIRST_YEAR} to {LAST_YEAR}")
    return value


# Bounds come before the check: after it, pydantic would count "items", and leave patterns out of the JSON Schema.
CleanStr = Annotated[str, AfterValidator(_no_nul)]
Name = Annotated[str, Field(max_length=512), AfterValidator(_no_nul)]
Line = Annotated[str, Field(max_length=TITLE_LIMIT), AfterValidator(_no_nul)]
ArticleId = Annotated[str, Field(min_length=1, max_length=512, pattern=r"^\S(.*\S)?$"), AfterValidator(_no_nul)]
Instant = Annotated[AwareDatetime, BeforeValidator(_not_a_number), AfterValidator(_plausible)]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$", max_length=35)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, strict=True)]


class Identity(BaseModel):
    """The fields by which an article is known on every topic and in the store."""

    # Fields that a later minor version adds are kept, so that an old service in the middle loses nothing.
    model_config = ConfigDict(extra="allow", frozen=True, allow_inf_nan=False)

    id: ArticleId = Field(description="Stable id; also the partition key.")
    version: Version = Field(default=1, description="Rises with each correction or retraction.")
    status: ArticleStatus = Field(default=ArticleStatus.ORIGINAL, description="What this version is.")
    supersedes: Version | None = Field(default=None, description="The version this one corrects or retracts.")
    source: Name = Field(default="", description="Who published it: an agency, a paper, a host name; empty if unknown.")
    feed: Name = Field(default="", description="Through which feed it came here.")
    url: Line | None = Field(default=None, description="Canonical URL.")
    title: Line = Field(default="", description="Headline, as published.")
    language: Language | None = Field(default=None, description="BCP 47 tag; null if unknown.")
    authors: tuple[Name, ...] = Field(default=(), max_length=100, description="Bylines, in order.")
    published_at: Instant | None = Field(default=None, description="When it was published; null if unknown.")
    fetched_at: Instant = Field(description="When Dateline first saw it.")
    content_hash: str = Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of the title, NUL and the body, UTF-8.")


class RawArticle(Identity):
    """An article as it was fetched. Value of ``articles.raw``; the key is `id` in UTF-8."""

    body: CleanStr = Field(default="", description="The text, as published; paragraphs divided by a blank line.")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.status is not ArticleStatus.RETRACTION and not (self.title.strip() or self.body.strip()):
            raise ValueError("has neither a title nor a body")
        if self.supersedes is not None and self.supersedes >= self.version:
            raise ValueError(f"version {self.version} cannot supersede version {self.supersedes}")
        if self.content_hash != content_hash(self.title, self.body):
            raise ValueError("content_hash is not that of title and body: the record was changed on its way")
        return self


def content_hash(title: str, body: str) -> str:
    """SHA-256 of title, NUL and body in UTF-8, as 64 hex digits."""
    return hashlib.sha256(f"{title}\0{body}".encode()).hexdigest()


def id_from_url(canonical_url: str) -> str:
    """Id of an article with a URL: 32 hex digits. The URL must be canonical already."""
    return hashlib.sha256(f"url\0{canonical_url}".encode()).hexdigest()[:32]


def id_from_content(source: str, digest: str) -> str:
    """Id of an article with no URL, from its source and its `content_hash`: 32 hex digits."""
    return hashlib.sha256(f"content\0{source}\0{digest}".encode()).hexdigest()[:32]


def partition_key(article_id: str) -> bytes:
    """The Kafka key: all versions of an article stay in order on one partition."""
    return article_id.encode()
