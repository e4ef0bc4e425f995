"""A pair that the caller knows, where the question is what the one did to the other: labelled pairs, and `explain`.

Both count as participants whoever they are. Where no frame holds, the one that comes nearest to joining them answers;
its record says so, and is little sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.enrich.nlp.actors.resolve import Actors
from services.enrich.nlp.acts.arguments import Predication
from services.enrich.nlp.acts.fillers import Filler
from services.enrich.nlp.acts.frames import WORD, Frame, FrameLexicon, Slot
from services.enrich.nlp.acts.kinds import Kinds
from services.enrich.nlp.acts.matching import Match
from services.enrich.nlp.acts.predications import predications
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import Tree

Stretches = Sequence[tuple[int, int]]
# What speaks for a frame that does not hold in full, and against it. Set by eye, and held against labelled pairs.
_FITS, _OTHER_KIND, _MISSING, _NO_SUBJECT = 1.0, -0.5, -2.0, -1.0
_IS_SOURCE, _IS_TARGET, _ACTS, _NEAR_SOURCE, _NEAR_TARGET = 3.0, 2.0, 1.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Where source and target stand in the text: code points, half-open; nowhere where one is not in it."""

    source: Stretches = ()
    target: Stretches = ()


class KnownPair:
    """A pair in the tokens of one text."""

    def __init__(self, tree: Tree, pair: Pair) -> None:
        """What is no text of the tree is left alone."""
        self._tree = tree
        self._source, self._target = (frozenset(_tokens(tree, where)) for where in (pair.source, pair.target))
        both = self._source | self._target
        self.heads = frozenset(token for token in both if tree.heads[token] not in both or tree.heads[token] == token)
        """Tokens that head one of them."""

    def __bool__(self) -> bool:
        return bool(self.heads)

    def actors(self, actors: Actors) -> frozenset[str]:
        """Ids of the actors that are named in them."""
        found = (actors.at(token) for token in self._source | self._target)
        return frozenset(actor for actor in found if actor is not None)

    def nearest(self, grammar: Grammar, actors: Actors, kinds: Kinds, lexicon: FrameLexicon) -> Match | None:
        """The frame that comes nearest to joining the two; None where no word with a frame has to do with either."""
        best: tuple[float, Frame, Predication] | None = None
        for predication in predications(grammar, lexicon):
            touched = self._touched(predication)
            if touched == 0:
                continue
            for lemma in predication.lemmas:
                for frame in lexicon.of(predication.part, lemma):
                    value = touched + sum(self._worth(slot, frame, predication, kinds) for slot in frame.slots)
                    if not frame.silent and (best is None or value > best[0]):
                        best = value, frame, predication
        if best is None:
            return None
        _, frame, predication = best
        sources, targets = (self._fillers(tokens, actors) for tokens in (self._source, self._target))
        return Match(frame, predication, sources, targets, (), frozenset(), nearest=True)

    def _touched(self, predication: Predication) -> float:
        arguments = {token for tokens in predication.args.values() for token in tokens}
        value = _NEAR_SOURCE if arguments & self._source else 0.0
        value += _NEAR_TARGET if self._holds_target(arguments) else 0.0
        return value + (_ACTS if self._source.intersection(predication.args.get("subj", ())) else 0.0)

    def _worth(self, slot: Slot, frame: Frame, predication: Predication, kinds: Kinds) -> float:
        if slot.places[0] == WORD:
            return _MISSING
        places = frame.places_of(slot)
        tokens = [token for place in places for token in predication.args.get(place, ())]
        if not tokens:
            return 0.0 if slot.optional else _NO_SUBJECT if slot.places == ("subj",) else _MISSING
        if slot.lemmas and not any(self._tree.lemmas[token] in slot.lemmas for token in tokens):
            return _MISSING
        value = _FITS if not slot.kinds or any(slot.kinds & kinds.of(token) for token in tokens) else _OTHER_KIND
        if slot.role == "S" and self._source.intersection(tokens):
            value += _IS_SOURCE
        elif slot.role == "T" and self._holds_target(tokens):
            value += _IS_TARGET
        return value

    def _holds_target(self, tokens: Sequence[int] | set[int]) -> bool:
        """Whether the target is one of these, or within its phrase."""
        return any(not self._target.isdisjoint(self._tree.subtree(token)) for token in tokens)

    def _fillers(self, tokens: frozenset[int], actors: Actors) -> tuple[Filler, ...]:
        return tuple(Filler(token, token, actors.at(token)) for token in sorted(tokens & self.heads))


def _tokens(tree: Tree, where: Stretches) -> Iterator[int]:
    for start, end in where:
        for token in range(len(tree)):
            if tree.starts[token] < end and start < tree.ends[token]:
                yield token
