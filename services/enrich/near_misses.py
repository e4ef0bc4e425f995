"""Why there is no event in a sentence: the words that have frames, and what those frames ask for. For explanations."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from services.enrich.nlp.frames import FrameLexicon
from services.enrich.nlp.grammar import Grammar
from services.enrich.nlp.predications import predications
from services.enrich.nlp.repair import repair
from services.enrich.nlp.tree import read_tree


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A word that may carry an act, and its frames, as in the lexicon; a silent one says that there is no event."""

    word: str
    frames: tuple[str, ...]
    more: int


def near_misses(doc: Doc, frames: FrameLexicon, most: int = 6) -> list[NearMiss]:
    """Of a parsed text in which nothing was found; `most` frames of each word, the most specific first."""
    tree = read_tree(doc, doc.text)
    repair(tree)
    found: list[NearMiss] = []
    for predication in predications(Grammar(tree), frames):
        if predication.lemmas == ("be",):
            continue  # every other sentence has it
        its = [
            f"{frame.rule}{' (no event)' if frame.silent else ''}"
            for lemma in predication.lemmas
            for frame in frames.of(predication.part, lemma)
        ]
        if its:
            found.append(NearMiss(tree.words[predication.head], tuple(its[:most]), max(len(its) - most, 0)))
    return found
