"""Where the agent of a passive stands. Knows a tree; who the agent is, the grammar says."""

from __future__ import annotations

from services.enrich.nlp.tree import Tree

_OF_ITS_OWN = ("nsubj", "nsubjpass", "aux", "auxpass")


def verb_with_agent(tree: Tree, verb: int) -> int:
    """The verb that a "by" phrase hangs on: of "were armed and paid by Libya" the last, for both."""
    last = verb
    while not tree.children_by(last, "agent"):
        joined = [child for child in tree.children_by(last, "conj") if child > last and tree.tags[child] == "VBN"]
        if not joined or any(tree.deps[word] in _OF_ITS_OWN for word in tree.children[joined[-1]]):
            return verb
        last = joined[-1]
    return last
