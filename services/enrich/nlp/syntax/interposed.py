"""Mends "laws that Turkey says harm farmers" where the parser takes the verb behind the saying for a noun.

Afterwards the saying hangs on the noun, and what is said hangs on it with the relative pronoun as its subject.
"""

from __future__ import annotations

from services.enrich.nlp.syntax.moves import move
from services.enrich.nlp.syntax.tree import Tree

_SAYING = frozenset("say claim believe allege think insist argue contend fear maintain suspect admit report".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_RELATIVE = frozenset({"that", "which", "who"})
_TAKEN_FOR = frozenset({"NN", "NNS", "JJ"})
_NAMING = frozenset("NN NNS NNP NNPS PRP DT JJ POS PRP$ IN CD".split())
_PLURAL = frozenset({"NNS", "NNPS"})
_FOLLOWS_A_VERB = frozenset({"DT", "PRP$", "PRP", "IN", "TO"})
_LONGEST = 7  # words that name who says so


def mend_interposed(tree: Tree) -> None:
    """Mend them in place."""
    for verb, lemma in enumerate(tree.lemmas):
        if lemma in _SAYING and tree.tags[verb] in _FINITE and verb + 2 < len(tree):
            said = verb + 1
            pronoun = _pronoun(tree, verb) if tree.tags[said] in _TAKEN_FOR else None
            if pronoun is not None and pronoun + 1 < verb:
                _mend(tree, pronoun, verb, said)


def _pronoun(tree: Tree, verb: int) -> int | None:
    for token in range(verb - 1, max(0, verb - _LONGEST), -1):
        if tree.lowers[token] in _RELATIVE:
            return token
        if tree.tags[token] not in _NAMING:
            return None
    return None


def _mend(tree: Tree, pronoun: int, verb: int, said: int) -> None:
    object_ = tree.heads[said]
    within = object_ == verb or (tree.heads[object_] == verb and tree.deps[object_] in ("dobj", "attr"))
    noun = _noun(tree, pronoun, plural=tree.tags[said] != "NNS") if within and _may_be_verb(tree, said) else None
    if noun is None or verb in (noun, *tree.ancestors(noun)):
        return
    plain = tree.tags[said] != "NNS"
    tree.pos[said], tree.tags[said] = "VERB", "VBD" if tree.lowers[said].endswith("ed") else "VBP" if plain else "VBZ"
    tree.lemmas[said] = tree.lemmas[said] if not plain else tree.lowers[said]
    move(tree, verb, noun, "relcl")
    move(tree, said, verb, "ccomp")
    move(tree, pronoun, said, "nsubj")
    if object_ != verb:
        move(tree, object_, said, "dobj")


def _may_be_verb(tree: Tree, said: int) -> bool:
    """Whether no other verb can be what is said: not "laws that Turkey says women hate"."""
    after = said + 1
    if tree.tags[after] in _FOLLOWS_A_VERB:
        return True
    end = tree.sentences[tree.sentence[said]][1]
    while after < end and tree.pos[after] != "PUNCT":
        if tree.tags[after] in _FINITE or tree.tags[after] == "MD":
            return False
        after += 1
    return True


def _noun(tree: Tree, pronoun: int, *, plural: bool) -> int | None:
    """What the pronoun stands for, as far as the form of its verb can tell."""
    token = pronoun - 1
    if token >= 0 and tree.words[token] == ",":
        token -= 1
    if token < 0 or tree.pos[token] not in ("NOUN", "PROPN"):
        return None
    nearest = token
    while plural and tree.tags[token] not in _PLURAL and tree.deps[token] in ("pobj", "conj"):
        above = tree.heads[token]
        token = tree.heads[above] if tree.deps[token] == "pobj" else above
        if tree.pos[token] not in ("NOUN", "PROPN"):
            return nearest
    return token
