"""The words that attribute: verbs and nouns of saying, read once from lexicon/cues.psv and checked.

They are data that an analyst can extend; an entry has an example, which a test holds it to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from services.enrich.nlp.lexicon.lines import entries
from services.errors import LexiconError

FILE = Path(__file__).parents[1] / "lexicon" / "cues.psv"
TAKES = frozenset({"clause", "direct", "question", "words", "actor"})
_COLUMNS = 3
_CUE = re.compile(r"(n:)?[a-z]+(_[a-z]+)?")
_BRACKETS = re.compile(r"[^\[\]]*\[[^\[\]]+\][^\[\]]*")

Takes = frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the file; `lemma` has its particle after an underscore."""

    lemma: str
    noun: bool
    takes: Takes
    example: str
    origin: str


@dataclass(frozen=True, slots=True)
class Cues:
    """What each verb and each noun takes; `lemmas` are the first words of all."""

    verbs: dict[str, Takes] = field(default_factory=dict)
    nouns: dict[str, Takes] = field(default_factory=dict)
    with_particle: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()


@cache
def load_cues(path: Path = FILE) -> Cues:
    """Read the lexicon, once per process; raises LexiconError with file and line."""
    verbs: dict[str, Takes] = {}
    nouns: dict[str, Takes] = {}
    for entry in read_cues(path):
        known = nouns if entry.noun else verbs
        if entry.lemma in known:
            raise LexiconError(f"{entry.origin}: {entry.lemma!r} is there already")
        known[entry.lemma] = entry.takes
    firsts = frozenset(lemma.partition("_")[0] for lemma in verbs if "_" in lemma)
    return Cues(verbs, nouns, firsts, frozenset(verbs) | frozenset(nouns) | firsts | {"accord"})


def read_cues(path: Path = FILE) -> Iterator[Entry]:
    """The lines of the file, in order."""
    for number, line in entries(path):
        origin = f"{path.name}:{number}"
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != _COLUMNS:
            raise LexiconError(f"{origin}: {len(cells)} columns; there are {_COLUMNS}, with | between them")
        cue, takes, example = cells[0], frozenset(cells[1].split()), cells[2]
        if not _CUE.fullmatch(cue):
            raise LexiconError(f"{origin}: {cue!r} is no cue: write say, point_out or n:claim")
        if not takes or takes - TAKES:
            raise LexiconError(f"{origin}: a cue takes of {sorted(TAKES)}")
        if "actor" in takes and "clause" not in takes:
            raise LexiconError(f"{origin}: 'actor' narrows 'clause', which is not there")
        if not _BRACKETS.fullmatch(example):
            raise LexiconError(f"{origin}: an entry has an example, with one quotation in [brackets]")
        yield Entry(cue.removeprefix("n:"), cue.startswith("n:"), takes, example, origin)
