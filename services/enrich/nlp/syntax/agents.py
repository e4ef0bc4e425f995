"""Where the agent of a passive stands. Knows a tree; who the agent is, the grammar says."""

from __future__ import annotations

from services.enrich.nlp.syntax.tree import Tree

_OF_ITS_OWN = ("nsubj", "nsubjpass", "aux", "auxpass")


_PLACES = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME"})
_OF_PLACE = frozenset({"in", "at", "near", "on", "outside", "from"})


def verb_with_agent(tree: Tree, verb: int) -> int:
    """The word that a passive's "by" phrase hangs on: of "were armed and paid by Libya" the last, for both."""
    joined = _joined_with_agent(tree, verb)
    if joined != verb or any(tree.lowers[child] == "by" for child in tree.children_by(verb, "agent", "prep")):
        return joined
    for child in tree.children[verb]:
        if child < verb:
            continue
        dep = tree.deps[child]
        if dep == "advcl" and tree.tags[child] == "VBG" and tree.child(child, "dobj") is not None:
            below: int | None = child  # "was arrested while changing planes by police"
        elif dep == "prep" and (tree.lowers[child] == "as" or tree.lowers[child] in _OF_PLACE):
            below = tree.child(child, "pobj")  # "was denounced as a traitor by Ghana", "was killed in Goma by rebels"
            if below is None or not (tree.lowers[child] == "as" or _is_place(tree, below)):
                continue
        else:
            continue
        if below is not None and any(tree.lowers[by] == "by" for by in tree.children_by(below, "agent", "prep")):
            return below
    return verb


def _is_place(tree: Tree, noun: int) -> bool:
    entity = tree.entity[noun]
    return entity >= 0 and tree.entities[entity][0] in _PLACES


def _joined_with_agent(tree: Tree, verb: int) -> int:
    last = verb
    while not tree.children_by(last, "agent"):
        joined = [child for child in tree.children_by(last, "conj") if child > last and tree.tags[child] == "VBN"]
        if not joined or any(tree.deps[word] in _OF_ITS_OWN for word in tree.children[joined[-1]]):
            return verb
        last = joined[-1]
    return last
