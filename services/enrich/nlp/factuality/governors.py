"""Governors: words that say of another act how it stands to fact: "plan to", "deny that", "fail to", "a threat of".

They are data (lexicon/governors.psv): the governor with the place of what it governs, its effects, an example.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from services.enrich.nlp.lexicon.lines import columns, entries
from services.errors import LexiconError

FILE = Path(__file__).parents[1] / "lexicon" / "governors.psv"
EFFECTS = frozenset("planned possible hypothetical requested negated said fact future foreseen".split())
_PARTS = {"n": "noun", "a": "adj"}
_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Governor:
    """`place` is where the governed act stands: to+, that+, ing+, obj, subj, noun (an adjective's), a preposition."""

    part: str
    lemma: str
    place: str
    effects: frozenset[str]
    example: str
    origin: str


Governors = Mapping[tuple[str, str, str], Governor]


def load_governors(path: Path = FILE) -> Governors:
    """By part, lemma and place; raises LexiconError with file and line."""
    found: dict[tuple[str, str, str], Governor] = {}
    for governor in read_governors(path):
        key = (governor.part, governor.lemma, governor.place)
        if key in found:
            raise LexiconError(f"{governor.origin}: it is there already, in {found[key].origin}")
        found[key] = governor
    return found


def read_governors(path: Path) -> Iterator[Governor]:
    """One for each place of each line."""
    for number, line in entries(path):
        origin = f"{path.name}:{number}"
        cells = columns(line)
        if len(cells) != _COLUMNS:
            raise LexiconError(f"{origin}: {len(cells)} columns; there are {_COLUMNS}, with ' | ' between them")
        words, effects, example = cells[0], frozenset(cells[1].split()), cells[2]
        head, _, places = words.partition(" ")
        kind, colon, lemma = head.partition(":")
        if (colon and kind not in _PARTS) or not places:
            raise LexiconError(f"{origin}: {words!r} is no governor with a place")
        if not effects or effects - EFFECTS:
            raise LexiconError(f"{origin}: effects are of {sorted(EFFECTS)}")
        if not example:
            raise LexiconError(f"{origin}: an entry has an example")
        for place in places.split("/"):
            yield Governor(_PARTS[kind] if colon else "verb", lemma if colon else head, place, effects, example, origin)
