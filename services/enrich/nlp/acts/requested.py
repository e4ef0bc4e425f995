"""Who was asked, where another word tells it: who rejects or grants a request, and who acts at somebody's request.

Knows a noun and the verb above it; whether the noun is a request is for frames to say.
"""

from __future__ import annotations

from services.enrich.nlp.syntax.grammar import Grammar

_REQUESTS = frozenset("request demand plea appeal call petition invitation bid application".split())
_ANSWERING = frozenset(
    "reject rebuff turn refuse deny grant accept heed ignore dismiss decline approve answer throw brush spurn defy"
    " meet satisfy rule resist consider hear receive get welcome fulfil fulfill oblige".split()
)
_ON_REQUEST = frozenset({"at", "on", "upon", "following", "after"})


def answerers(grammar: Grammar, noun: int) -> tuple[int, ...]:
    """Heads of who answers a request, or does what it asks for; none where nothing above the noun tells."""
    tree = grammar.tree
    if tree.lemmas[noun] not in _REQUESTS:
        return ()
    verb = tree.heads[noun]
    if tree.deps[noun] in ("dobj", "nsubjpass") and tree.lemmas[verb] in _ANSWERING:
        return grammar.logical_subjects(verb)[0]
    if tree.deps[noun] == "pobj" and tree.lemmas[noun] == "request" and tree.lowers[verb] in _ON_REQUEST:
        above = tree.heads[verb]
        return grammar.logical_subjects(above)[0] if tree.pos[above] == "VERB" else ()
    return ()
