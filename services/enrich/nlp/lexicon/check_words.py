"""Whether the examples of word lists do what they should: light verbs, words of sport, kinds of nouns. Pure.

An example marks what its line is about in [brackets]; each function says what is wrong, or None.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from services.enrich.nlp.acts.arguments import Predication
from services.enrich.nlp.acts.kinds import Kinds, KindWords
from services.enrich.nlp.acts.light_verb_words import BEGINS, SUFFERER, LightVerb
from services.enrich.nlp.acts.light_verbs import light_verb
from services.enrich.nlp.acts.sport import SportWords, sport_sentences
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import Tree


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked stretch of an example: role S or T, or "" for the word itself."""

    role: str
    start: int
    end: int

    def tokens(self, tree: Tree) -> list[int]:
        """The tokens that it cuts."""
        return [token for token in range(len(tree)) if tree.starts[token] < self.end and self.start < tree.ends[token]]


def light_verb_fault(entry: LightVerb, tree: Tree, marks: Collection[Marked]) -> str | None:
    """Whether the verb gives the marked noun who is marked."""
    asked = "T" if entry.gives == BEGINS else "S"
    noun, who = _only(marks, "", tree), _only(marks, asked, tree)
    if not noun or not who:
        return f"has no noun in [ ] or nobody in {asked}[ ]"
    made = Predication(noun[-1], "noun", (tree.lemmas[noun[-1]],))
    light_verb(Grammar(tree), noun[-1], made)
    places = [*made.args] if entry.gives == BEGINS else ["obj" if entry.gives == SUFFERER else "subj"]
    if not any(token in who for place in places for token in made.args.get(place, ())):
        return f"gives [{tree.words[noun[-1]]}] nobody that is marked"
    verb = tree.heads[noun[-1]] if entry.gives == BEGINS else made.light
    return None if verb is not None and tree.lemmas[verb] == entry.lemma else "it is another verb that does"


def sport_fault(entry: SportWords, tree: Tree) -> str | None:
    """Whether the sentence has a word of the line, and is about sport."""
    text = tree.text.lower()
    if not any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in entry.words):
        return "has no word of its line"
    return None if sport_sentences(tree) else "is not about sport"


def kind_fault(entry: KindWords, tree: Tree, kinds: Kinds, marks: Collection[Marked]) -> str | None:
    """Whether the marked noun is of the line, and of its kind."""
    marked = _only(marks, "", tree)
    if not marked:
        return "has no noun in [ ]"
    noun = marked[-1]
    if not any(name in entry.nouns for name in _names(tree, marked)):
        return f"[{tree.words[noun]}] is no noun of its line"
    found = kinds.of(noun)
    return None if entry.kind in found else f"[{tree.words[noun]}] is {', '.join(sorted(found)) or 'of no kind'}"


def _names(tree: Tree, marked: list[int]) -> Iterator[str]:
    """The noun as the list may have it: its lemma, with or without the words of the compound."""
    noun = marked[-1]
    for first in marked:
        yield "_".join([*(tree.lemmas[token] for token in marked if first <= token < noun), tree.lemmas[noun]])
        yield "_".join([*(tree.lowers[token] for token in marked if first <= token < noun), tree.lemmas[noun]])


def _only(marks: Collection[Marked], role: str, tree: Tree) -> list[int]:
    return next((mark.tokens(tree) for mark in marks if mark.role == role), [])
