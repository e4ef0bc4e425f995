"""What the actor lexicon knows of a name, of a role noun, and of somebody who held office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

KINDS = frozenset({"person", "org", "state", "group", "force", "civilian"})

REALMS = frozenset({"IGO", "NGO"})
"""What stands in a code instead of a country: bodies of states, and other bodies at work in many countries."""

NO_KINDS: frozenset[str] = frozenset()


class Sort(StrEnum):
    """What sort of name an entry is, which decides how it is used."""

    STATE = "state"
    GOVERNMENT = "government"  # a capital or a seat of power
    PLACE = "place"  # another city, or a region
    DEMONYM = "demonym"  # an adjective, "Kenyan"
    PEOPLE = "people"  # a plural noun, "Kenyans"
    ONE = "one"  # one of a people, "a Kenyan"
    BODY = "body"  # an organisation


@dataclass(frozen=True, slots=True)
class DatedSector:
    """A sector, and the days between which it holds; None is open."""

    sector: str
    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, day: dt.date | None) -> bool:
        """Whether it holds on the day; with no day, whether it holds to this day."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for. `cautious`: other things bear the name too, so that it needs some other sign."""

    name: str
    sort: Sort
    country: str | None = None
    sectors: tuple[DatedSector, ...] = ()
    kinds: frozenset[str] = NO_KINDS
    cautious: bool = False
    realm: str | None = None
    city: bool = False
    """Whether it is a government by the name of the city where it sits."""

    @property
    def key(self) -> tuple[str, str]:
        """The same for all names of one thing."""
        if self.sort in (Sort.STATE, Sort.GOVERNMENT):
            return (self.sort, self.country or self.name)
        return (self.sort, self.name)

    def sectors_on(self, day: dt.date | None) -> tuple[str, ...]:
        """The sectors that hold on the day of the article."""
        return tuple(dict.fromkeys(dated.sector for dated in self.sectors if dated.holds(day)))


@dataclass(frozen=True, slots=True)
class Noun:
    """A role noun.

    weak: the body that it belongs to decides its sector. private: nobody of public life. kin: belongs to a person.
    vague: a word of other senses too.
    """

    noun: str
    kinds: frozenset[str]
    sectors: tuple[str, ...] = ()
    weak: bool = False
    private: bool = False
    kin: bool = False
    vague: bool = False
    gender: str = ""
    head: str = field(init=False, compare=False, repr=False)
    """Its last word."""
    tokens_before: int = field(init=False, compare=False, repr=False)
    """How many tokens it has before the last word."""

    def __post_init__(self) -> None:
        """Cut the noun once: both are asked for often."""
        *before, head = split_noun(self.noun)
        object.__setattr__(self, "head", head)
        object.__setattr__(self, "tokens_before", len(before))


def split_noun(noun: str) -> list[str]:
    """The tokens of a noun of the lexicon: a possessive ending is one."""
    return noun.replace("'s ", " 's ").replace("s' ", "s ' ").split()


@dataclass(frozen=True, slots=True)
class Term:
    """An office, and the days between which somebody held it; None is open."""

    country: str | None
    sectors: tuple[str, ...]
    role: str
    since: dt.date | None
    until: dt.date | None
    realm: str | None = None


_EARLIEST = 2 * 365  # days before the first office on which its holder is not yet looked for


@dataclass(slots=True)
class Holder:
    """Somebody who held office, with all offices that the lexicon knows, oldest first.

    cautious: the names that others bear too, which count only after a title.
    """

    name: str
    names: tuple[str, ...]
    terms: list[Term] = field(default_factory=list)
    cautious: frozenset[str] = NO_KINDS

    @property
    def country(self) -> str | None:
        """The country of the latest office."""
        return self.terms[-1].country

    def standing(self, day: dt.date | None) -> tuple[str | None, tuple[str, ...], str | None, bool]:
        """Country, sectors, role, and whether in office, on a day; with no day, those of the latest office."""
        if day is None:
            last = self.terms[-1]
            return last.country, last.sectors, last.role, True
        past: Term | None = None
        for term in reversed(self.terms):
            begun = term.since is None or term.since <= day
            if begun and (term.until is None or day <= term.until):
                return term.country, term.sectors, term.role, True
            if begun and (past is None or (term.until or day) > (past.until or day)):
                past = term
        if past is None:
            return self.country, (), None, False
        return past.country, ("ELI",), f"former {past.role}", False

    def realm(self, day: dt.date | None) -> str | None:
        """Of which bodies the office on a day is, where it is no state's; with no day, the latest."""
        if day is None:
            return self.terms[-1].realm
        held = (
            term
            for term in self.terms
            if (term.since is None or term.since <= day) and (term.until is None or day <= term.until)
        )
        return next((term.realm for term in held), None)

    def unheard_of(self, day: dt.date | None) -> bool:
        """Whether a day lies long before the first office: then somebody else bears the name."""
        starts = [term.since for term in self.terms]
        first = min((since for since in starts if since is not None), default=None)
        return day is not None and None not in starts and first is not None and (first - day).days > _EARLIEST

    def distance(self, day: dt.date | None) -> int:
        """How many days the nearest office is away from a day: 0 in office."""
        if day is None:
            return 0 if self.terms[-1].until is None else (dt.date.max - self.terms[-1].until).days
        return min(
            max((day - term.until).days if term.until else 0, (term.since - day).days if term.since else 0, 0)
            for term in self.terms
        )
