"""Which verbs say no more of a noun of action than that it happened: lexicon/light_verbs.psv, read once and checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from services.enrich.nlp.lexicon.lines import full_rows
from services.errors import LexiconError

FILE = Path(__file__).parents[1] / "lexicon" / "light_verbs.psv"
DOER, SUFFERER, MOVER, BEGINS = GIVES = ("doer", "sufferer", "mover", "begins")


@dataclass(frozen=True, slots=True)
class LightVerb:
    """One entry: a verb's lemma and what it gives its noun."""

    lemma: str
    gives: str
    example: str
    origin: str


@dataclass(frozen=True, slots=True)
class LightVerbs:
    """Lemmas of verbs whose subject does it, has it done to them, or goes for it; or of which the noun is subject."""

    doers: frozenset[str]
    sufferers: frozenset[str]
    movers: frozenset[str]
    beginnings: frozenset[str]
    """What a noun of action does by itself: erupt, break out, take place, go on."""
    supporting: frozenset[str]
    """Those of which the noun is the object."""


@cache
def light_verbs(path: Path = FILE) -> LightVerbs:
    """All entries by what they give. Raises LexiconError with file and line."""
    lemmas: dict[str, set[str]] = defaultdict(set)
    for entry in read_light_verbs(path):
        if entry.lemma in lemmas[entry.gives]:
            raise LexiconError(f"{entry.origin}: {entry.lemma!r} is a {entry.gives} already")
        lemmas[entry.gives].add(entry.lemma)
    doers, sufferers, movers, beginnings = (frozenset(lemmas[gives]) for gives in GIVES)
    return LightVerbs(doers, sufferers, movers, beginnings, doers | sufferers)


def read_light_verbs(path: Path = FILE) -> Iterator[LightVerb]:
    """Yield the entries in order. Raises LexiconError with file and line."""
    for origin, (lemma, gives, example) in full_rows(path, "verb | what it gives the noun | example"):
        if gives not in GIVES:
            raise LexiconError(f"{origin}: {gives!r} is none of {', '.join(GIVES)}")
        yield LightVerb(lemma, gives, example, origin)
