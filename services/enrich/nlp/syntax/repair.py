"""Mistakes that the parser makes again and again in news, mended in the tree before anything reads it."""

from __future__ import annotations

from services.enrich.nlp.syntax.headlines import mend_headlines
from services.enrich.nlp.syntax.inquits import mend_inquits
from services.enrich.nlp.syntax.interposed import mend_interposed
from services.enrich.nlp.syntax.long_sentences import cut_long_sentences
from services.enrich.nlp.syntax.moves import move
from services.enrich.nlp.syntax.tree import Tree

_BEFORE_NOUNS = frozenset("for in with on over during at from to of against about".split())
_JUDGING = frozenset("find declare deem pronounce consider hold judge proclaim rule call set keep leave".split())


def repair(tree: Tree) -> None:
    """Mend a tree in place."""
    cut_long_sentences(tree)
    for token, tag in enumerate(tree.tags):
        if tag == "JJ" and tree.deps[token] == "ccomp":
            _small_clause(tree, token)
        elif tag in ("VBN", "VBD") and tree.deps[token] in ("conj", "ccomp", "advcl"):
            _reduced_relative(tree, token)
    mend_interposed(tree)
    mend_inquits(tree)
    mend_headlines(tree)


def _reduced_relative(tree: Tree, verb: int) -> None:
    """In "were in Oslo for talks focused on arms" the participle is of the talks, and the preposition governs them."""
    children = tree.children[verb]
    subject = next((child for child in children if tree.deps[child] == "nsubj"), None)
    if subject is None or any(tree.deps[child] in ("aux", "auxpass") for child in children):
        return
    first = subject
    while any(child < first for child in tree.children[first]):
        first = min(tree.children[first])
    preposition = first - 1
    if preposition < 0 or tree.lowers[preposition] not in _BEFORE_NOUNS or tree.children[preposition]:
        return
    if tree.deps[preposition] not in ("prep", "mark"):
        return
    own = tree.heads[preposition] == verb
    above = tree.heads[verb] if own else tree.heads[preposition]
    if above == verb or verb in tree.ancestors(above):
        # It would hang on itself: "speaking in talks focused ...", with "in" below "speaking" below the verb.
        return
    if own:
        move(tree, preposition, above, "prep")
    move(tree, subject, preposition, "pobj")
    move(tree, verb, subject, "acl")


def _small_clause(tree: Tree, adjective: int) -> None:
    """In "found the minister guilty" the minister is the object, and "guilty" what is found of it."""
    verb = tree.heads[adjective]
    subject = tree.child(adjective, "nsubj")
    if subject is None or tree.lemmas[verb] not in _JUDGING or tree.child(adjective, "aux", "mark") is not None:
        return
    move(tree, subject, verb, "dobj")
    move(tree, adjective, verb, "oprd")
