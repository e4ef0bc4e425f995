"""What kind of thing a noun is: weapon, document, money, ...; frames tell senses apart by it.

The words are in lexicon/kinds.psv, one line per kind and group of nouns. Kinds of actors come from the actors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from services.enrich.nlp.actors.resolve import Actors
from services.enrich.nlp.acts.frames import ACTOR_KINDS, THING_KINDS, FrameLexicon
from services.enrich.nlp.lexicon.lines import full_rows
from services.enrich.nlp.syntax.tree import Tree
from services.errors import LexiconError

FILE = Path(__file__).parents[1] / "lexicon" / "kinds.psv"
_OF_LABEL = {
    "MONEY": "money", "DATE": "time", "TIME": "time", "FAC": "building", "WORK_OF_ART": "art", "LAW": "policy",
    "PERCENT": "quantity", "QUANTITY": "quantity", "CARDINAL": "quantity", "ORDINAL": "quantity", "LOC": "place",
    "GPE": "place", "PRODUCT": "goods",
}  # fmt: skip
_NONE: frozenset[str] = frozenset()


_ANYBODY = frozenset("nobody anybody everybody somebody anyone everyone someone others".split())
_ANY = frozenset({"both", "neither", "each"})
_CROWDS = frozenset({"dozens", "scores", "hundreds", "thousands", "millions"})
_PEOPLE = frozenset({"actor", "person", "civilian"})


def _unnamed(tree: Tree, token: int) -> frozenset[str]:
    """Kinds of "nobody", "each" and "thousands": actors that no record stands for."""
    word = tree.lowers[token]
    if word == "one":
        return _PEOPLE if token and tree.lowers[token - 1] in ("no", "any", "every") else _NONE
    if word in _ANYBODY:
        return _PEOPLE
    if word in _CROWDS:
        return _PEOPLE | {"group"}
    return ACTOR_KINDS - {"civilian"} if word in _ANY else _NONE


@dataclass(frozen=True, slots=True)
class KindWords:
    """One entry: nouns of a kind, with a sentence in which one of them is read so."""

    kind: str
    nouns: tuple[str, ...]
    example: str
    origin: str


def read_kinds(path: Path = FILE) -> Iterator[KindWords]:
    """Yield the entries in order. Raises LexiconError with file and line."""
    for origin, cells in full_rows(path, "kind | nouns | example"):
        if cells[0] not in THING_KINDS:
            raise LexiconError(f"{origin}: unknown kind {cells[0]!r}")
        yield KindWords(cells[0], tuple(cells[1].split()), cells[2], origin)


def load_kinds(path: Path = FILE) -> Mapping[str, frozenset[str]]:
    """Noun lemma: its kinds. Raises LexiconError with file and line."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for entry in read_kinds(path):
        for noun in entry.nouns:
            if entry.kind in kinds[noun]:
                raise LexiconError(f"{entry.origin}: {noun!r} is a {entry.kind} already")
            kinds[noun].add(entry.kind)
    return {noun: frozenset(found) for noun, found in kinds.items()}


class Kinds:
    """Kinds of the nouns of one text."""

    def __init__(
        self,
        tree: Tree,
        actors: Actors,
        nouns: Mapping[str, frozenset[str]],
        frames: FrameLexicon,
        given: frozenset[int] = frozenset(),
    ) -> None:
        """`nouns` from load_kinds; tokens `given` are actors of any kind where nothing tells of which."""
        self._given = given
        self._tree, self._actors, self._nouns, self._frames = tree, actors, nouns, frames
        self._known: dict[int, frozenset[str]] = {}

    def of(self, token: int) -> frozenset[str]:
        """All kinds that the noun phrase headed by a token has; "actor" with any kind of actor."""
        found = self._known.get(token)
        if found is None:
            found = self._known[token] = self._find(token)
        return found

    def _find(self, token: int) -> frozenset[str]:
        tree = self._tree
        lemma = tree.lemmas[token]
        actor = self._actors.kinds(token)
        found = set(actor)
        if actor:
            found.add("actor")
        elif token in self._given:
            found |= ACTOR_KINDS
        else:
            found |= _unnamed(tree, token)
        found |= self._nouns.get(lemma, _NONE)
        if tree.pos[token] == "NOUN":
            compounds = [
                f"{tree.lemmas[child]}_{lemma}"
                for child in tree.children[token]
                if child < token and tree.deps[child] in ("compound", "amod")
            ]
            # A "news conference" is no conference.
            if not any(name in self._frames.silent_nouns for name in compounds):
                for name in (lemma, *compounds):
                    found |= self._frames.noun_types.get(name, _NONE)
            for name in compounds:
                found |= self._nouns.get(name, _NONE)
        if tree.entity[token] >= 0:
            kind = _OF_LABEL.get(tree.entities[tree.entity[token]][0])
            if kind is not None:
                found.add(kind)
        return frozenset(found)
