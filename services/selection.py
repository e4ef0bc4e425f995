"""What filters of events may ask for: words of closed lists, countries, languages, and what tells an actor. Pure.

Shared by the query of the store and by the filter of subscribers, so that a value means the same to both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from services.errors import UserError

MOST_CHARS = 200
MOST_ALTERNATIVES = 50

_COUNTRY = re.compile(r"[A-Za-z]{3}")
_CODES = re.compile(r"[A-Z]{3}(?: [A-Z]{3})*")
BREAKS = "'’‘-–.,()\"“”/"
"""Characters that part words, as a blank does: "Russia's" has the word "russia"."""
_TO_BLANKS = str.maketrans(BREAKS, " " * len(BREAKS))

WordT = TypeVar("WordT", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Named:
    """A name that has these words, in this order and whole; the last may go on where `open_end`."""

    words: str
    open_end: bool = False

    def matches(self, names: Iterable[str | None]) -> bool:
        """Whether one of the names has them."""
        wanted = f" {self.words}" if self.open_end else f" {self.words} "
        return any(wanted in f" {folded(name)} " for name in names if name)


@dataclass(frozen=True, slots=True)
class Coded:
    """An actor with these codes: of three letters each, a country's or a sector's."""

    codes: tuple[str, ...]

    def matches(self, country: str | None, sectors: Collection[str]) -> bool:
        """Whether an actor of this country and these sectors has them all."""
        return all(code == country or code in sectors for code in self.codes)


ActorAsked = Named | Coded


def folded(name: str) -> str:
    """A name as its words are compared: in small letters, blanks for what parts words."""
    return name.lower().translate(_TO_BLANKS)


def alternatives(field: str, value: str) -> tuple[str, ...]:
    """The alternatives in a value, by commas. Raises UserError naming the field."""
    found = tuple(part.strip() for part in value.split(","))
    check(field, found)
    return found


def check(field: str, values: Collection[str]) -> None:
    """Raise UserError naming the field for a value that is empty or out of all bounds."""
    if len(values) > MOST_ALTERNATIVES:
        raise UserError(f"{field}: has {len(values)} alternatives; the most are {MOST_ALTERNATIVES}")
    for value in values:
        if not value.strip():
            raise UserError(f"{field}: an alternative is empty")
        if len(value) > MOST_CHARS:
            raise UserError(f"{field}: is longer than {MOST_CHARS} characters")


def word_of(kind: type[WordT], field: str, value: str) -> WordT:
    """The word of a closed list, however it is capitalised. Raises UserError naming the field and all words."""
    for word in kind:
        if word.value.lower() == value.lower():
            return word
    raise UserError(f"{field}: {value!r} is none of {', '.join(kind)}")


def country_of(field: str, value: str) -> str:
    """A country's code. Raises UserError naming the field."""
    if not _COUNTRY.fullmatch(value):
        raise UserError(f"{field}: {value!r} is no country code; write its three letters, as UKR")
    return value.upper()


def named_of(field: str, value: str) -> Named:
    """The words of a name; a star at the end leaves the last one open. Raises UserError naming the field."""
    words = folded(value.removesuffix("*")).strip()
    if not words:
        raise UserError(f"{field}: {value!r} has no word in it")
    return Named(words, open_end=value.endswith("*"))


def actor_of(field: str, value: str) -> ActorAsked:
    """An actor by codes (RUS, GOV, RUS GOV: three capitals each), else by words of its name. Raises UserError."""
    return Coded(tuple(value.split())) if _CODES.fullmatch(value) else named_of(field, value)
