"""The coder's records inside an enriched article: actors, events, quotations, places and dates.

Types, modes, contexts and sectors are those of PLOVER 0.8. Offsets are in code points of the article's `text`,
half-open. Where something is not known the field is null; nothing is guessed to fill it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

Offset = Annotated[int, Field(ge=0)]
Country = Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 3166-1 alpha-3.")]


SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
"""What an actor is in a state, or beside it."""


class Record(BaseModel):
    """Base of all records: immutable, and keeps fields of later minor versions."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True, allow_inf_nan=False)


class Span(Record):
    """A stretch of `text`: ``text[start:end]``."""

    start: Offset
    end: Offset

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"a span ends after it starts: {self.start} to {self.end}")
        return self


class TextSpan(Span):
    """A span with the text it cuts."""

    text: str


class PloverType(StrEnum):
    """The 16 event types of PLOVER."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    GROUP = "group"


class Polarity(StrEnum):
    """Whether the text says that it is so, or that it is not."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Modality(StrEnum):
    """How the event stands to fact."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    HYPOTHETICAL = "hypothetical"
    REQUESTED = "requested"


class Tense(StrEnum):
    """When the event lies, seen from the article; historical is background to the news."""

    PAST = "past"
    ONGOING = "ongoing"
    FUTURE = "future"
    HISTORICAL = "historical"


class QuotationKind(StrEnum):
    """Direct has quotation marks, indirect has none, mixed has both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Actor(Record):
    """Somebody who acts or is acted on: one record for all its mentions in the article."""

    id: str
    name: str = Field(description="The fullest name the article uses.")
    kind: ActorKind
    country: Country | None = None
    sectors: tuple[Annotated[str, Field(pattern="^[A-Z]{3}$")], ...] = Field(default=(), description="PLOVER sectors.")
    code: str | None = Field(
        default=None, description="Country (IGO or NGO for bodies of none) and first sector, as in 'UKR GOV'."
    )
    role: str | None = Field(default=None, description="Office or title as the article has it.")
    mentions: tuple[TextSpan, ...] = ()
    known_as: str | None = Field(default=None, description="Name in the actor lexicon, where it is there.")


class Participant(TextSpan):
    """An actor, or a thing, in its part in an event."""

    actor: str | None = Field(default=None, description="Id of an actor; null where it is none.")


class Trigger(TextSpan):
    """The word or words that carry the event."""

    lemma: str


class Attribution(Span):
    """Who says so; the span is the cue with its speaker."""

    speaker: str | None = Field(default=None, description="Id of an actor; null where it is none that is known.")
    cue: str = Field(description="The words that attribute: 'said', 'according to'.")


class Interval(Record):
    """A date in time: instants, half-open; null is an open end."""

    text: str
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None


class DateMention(TextSpan):
    """A date as written, and the interval it means."""

    from_: AwareDatetime | None = Field(default=None, alias="from")
    to: AwareDatetime | None = None


class Place(TextSpan):
    """A place as written, resolved in the gazetteer."""

    name: str | None = None
    country: Country | None = None
    admin1: str | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    geonames_id: int | None = None


class Event(Record):
    """Who did what to whom, where, when, and who says so."""

    id: str
    type: PloverType = Field(description="The act itself.")
    plover: PloverType = Field(description="The type after PLOVER's shift for the future.")
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: Annotated[str, Field(pattern="^[0-9]{2,4}$")] | None = None
    quad_class: Annotated[int, Field(ge=1, le=4)]
    score: float
    sources: tuple[Participant, ...] = ()
    targets: tuple[Participant, ...] = ()
    objects: tuple[Participant, ...] = Field(default=(), description="Means, or the thing moved.")
    trigger: Trigger
    sentence: Offset = Field(description="Index into `sentences`.")
    polarity: Polarity
    modality: Modality
    tense: Tense
    attribution: tuple[Attribution, ...] = Field(default=(), description="Outermost first; empty for the paper's own.")
    date: Interval | None = None
    place: Place | None = None
    confidence: Annotated[float, Field(ge=0, le=1)]
    rule: str = Field(description="The rule that fired.")
    path: str = Field(description="The path it matched.")


class Quotation(Span):
    """What somebody said; the span is its content."""

    id: str
    kind: QuotationKind
    speaker: str | None = None
    speaker_span: Span | None = None
    cue: str | None = None
