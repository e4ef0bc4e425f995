"""Who takes part in a visit or in talks that a sentence only mentions: "said on a visit to Kyiv", "agreed in a call".

It is the subject of the clause: whoever speaks or signs on the occasion is there.
"""

from __future__ import annotations

from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import VERBAL

TOOK_PART = "took part"
_VISITS = frozenset({"visit", "trip", "tour", "mission"})
_TALKS = frozenset(
    "call talk meeting conversation discussion negotiation consultation summit session dinner lunch".split()
)
_OF_SEVERAL = frozenset({"summit", "talk", "negotiation"})
_ON_VISITS = frozenset({"on", "during"})
_AT_TALKS = frozenset({"in", "at", "during", "after", "before", "following"})
_CLIMBED = frozenset({"prep", "pobj", "dobj", "npadvmod", "advmod"})
_MOST_STEPS = 4


def attending(grammar: Grammar, noun: int, preposition: int, *, with_whom: bool) -> tuple[int, ...]:
    """Who; `with_whom` tells that the noun says who the others are: else several must be there."""
    tree = grammar.tree
    word, lemma = tree.lowers[preposition], tree.lemmas[noun]
    visit = lemma in _VISITS and word in _ON_VISITS
    if not visit and not (lemma in _TALKS and word in _AT_TALKS):
        return ()
    if tree.child(noun, "poss") is not None:
        return ()
    token = tree.heads[preposition]
    if visit and tree.pos[token] in ("NOUN", "PROPN") and tree.deps[token] in ("nsubj", "nsubjpass"):
        return grammar.members(token)  # "the sultan, on a visit to Cairo, said"
    for _ in range(_MOST_STEPS):
        if tree.pos[token] in VERBAL:
            subjects = grammar.surface(token)[0] if visit else grammar.logical_subjects(token)[0]
            several = len(subjects) > 1 or (lemma in _OF_SEVERAL and any(tree.tags[one] == "NNS" for one in subjects))
            return subjects if visit or with_whom or several else ()
        if tree.deps[token] not in _CLIMBED:
            return ()
        token = tree.heads[token]
    return ()
