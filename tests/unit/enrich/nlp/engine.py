"""The engine of the coder on one sentence, with frames and kinds of a test's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.language import Language

from schemas.events import PloverType
from services.enrich.nlp.actors.resolve import Actors, find_actors
from services.enrich.nlp.acts.frames import Frame, FrameLexicon, parse_frame
from services.enrich.nlp.acts.kinds import Kinds
from services.enrich.nlp.acts.public_life import PublicLife
from services.enrich.nlp.plover import TYPES
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.repair import repair
from services.enrich.nlp.syntax.tree import Tree, read_tree
from tests.unit.enrich.nlp.coding import PUBLISHED, knowledge


def frame(line: str) -> Frame:
    """The frame of ``TYPE: text``; of ``no TYPE: text`` it is silent, and after " | " its mode may stand."""
    kind, _, text = line.partition(": ")
    text, _, mode = text.partition(" | ")
    silent = kind.startswith("no ")
    type_ = PloverType(kind.removeprefix("no "))
    return parse_frame(
        type_, text, "-" if silent else mode, "" if silent else TYPES[type_].cameo, "", "An example.", "a file:1"
    )


def frames(*lines: str) -> FrameLexicon:
    """A lexicon of these frames."""
    return FrameLexicon(frame(line) for line in lines)


@dataclass(frozen=True)
class Engine:
    """What is known of one sentence before frames are matched."""

    tree: Tree
    grammar: Grammar
    actors: Actors
    kinds: Kinds
    public: PublicLife
    lexicon: FrameLexicon

    def token(self, word: str) -> int:
        """The first token that is this word."""
        return self.tree.words.index(word)

    def name(self, actor: str | None) -> str | None:
        """An actor's name."""
        return next((record.name for record in self.actors.records if record.id == actor), None)


def start(
    nlp: Language,
    text: str,
    lexicon: FrameLexicon,
    nouns: Mapping[str, Iterable[str]] | None = None,
    given: Iterable[str] = (),
) -> Engine:
    """Read a sentence; `nouns` are kinds by noun, `given` words that count for participants whoever they are."""
    tree = read_tree(nlp(text))
    repair(tree)
    actors = find_actors(tree, PUBLISHED, knowledge().actors)
    kinds_of = {noun: frozenset(kinds) for noun, kinds in (nouns or {}).items()}
    heads = frozenset(tree.words.index(word) for word in given)
    kinds = Kinds(tree, actors, kinds_of, lexicon, heads)
    return Engine(tree, Grammar(tree), actors, kinds, PublicLife(actors.records), lexicon)
