"""What a line of labels may hold, in both forms: a text with all its events, or a text with one pair and its root.

What a label leaves out is not scored; what it gives as null or as an empty list is, as "there is none".
docs/evaluation.md describes the fields for people.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from schemas.article import ArticleId, Instant, Language
from schemas.events import SECTORS, Country, Modality, PloverType, Polarity, Tense

TEXT_LIMIT = 1_000_000  # code points
EVENTS_LIMIT = 1000
YIELD = "YIELD"
"""Root of a row that stands for CONCEDE and RETREAT."""
NONE = "NONE"
"""The class of what is no event."""


def _known_sector(code: str) -> str:
    if code not in SECTORS:
        raise ValueError(f"{code[:20]!r} is no sector; they are {', '.join(sorted(SECTORS))}")
    return code


_Sector = Annotated[str, AfterValidator(_known_sector)]


def _as_object(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _moment(value: object) -> object:
    # pydantic would take midnight for the day, and a number for seconds.
    if not isinstance(value, str):
        return value if value is None or isinstance(value, date) else ""
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


class _Strict(BaseModel):
    """A field that is misspelt would silently not be scored, so it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    def gives(self, field: str) -> bool:
        """Whether the label says anything of `field`, be it that there is none."""
        return field in self.model_fields_set


class Words(_Strict):
    """Words of the text. Without `start`, a code point of the text as given, they stand for each of their places."""

    text: str = Field(min_length=1)
    start: int | None = Field(default=None, ge=0)


class LabelledActor(Words):
    """Who acts or is acted on."""

    country: Country | None = None
    sectors: tuple[_Sector, ...] = ()


Moment = Annotated[date | datetime, BeforeValidator(_moment)]


class LabelledDate(_Strict):
    """When it was: the words, and the instants; a day without a time is compared as a day."""

    text: str | None = None
    start: Moment | None = None
    end: Moment | None = None


OneActor = Annotated[LabelledActor, BeforeValidator(_as_object)]
OneWords = Annotated[Words, BeforeValidator(_as_object)]


class LabelledEvent(_Strict):
    """One event as a person has it."""

    type: PloverType
    plover: PloverType | None = Field(default=None, description="After the shift; that of the act if not given.")
    mode: str | None = None
    sources: tuple[OneActor, ...] = ()
    targets: tuple[OneActor, ...] = ()
    trigger: OneWords | None = None
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    tense: Tense = Tense.PAST
    attribution: tuple[OneWords, ...] = ()
    date: LabelledDate | None = None
    optional: bool = Field(default=False, description="May be found, and need not be.")
    note: str = ""


class LabelledLine(BaseModel):
    """The first form: a text with all its events. Fields that are not listed are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    id: ArticleId | None = None
    text: str = Field(default="", max_length=TEXT_LIMIT)
    title: str = Field(default="", max_length=TEXT_LIMIT)
    body: str = Field(default="", max_length=TEXT_LIMIT)
    published_at: Instant | None = None
    language: Language = "en"
    part: Literal["seen", "blind"] | None = None
    kind: Literal["sentence", "article"] | None = None
    events: tuple[LabelledEvent, ...] = Field(max_length=EVENTS_LIMIT)

    @model_validator(mode="after")
    def _one_text(self) -> Self:
        if bool(self.text.strip()) == bool(self.title.strip() or self.body.strip()):
            raise ValueError("give either text, or title and body")
        return self


class RowLine(BaseModel):
    """The second form: a text, the spans of one pair, and the root of the event between them."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)

    id: ArticleId | None = None
    text: str = Field(min_length=1, max_length=TEXT_LIMIT)
    source: str | None = None
    target: str | None = None
    root: PloverType | Literal["YIELD", "NONE"]
    published_at: Instant | None = None
    language: Language = "en"
