"""When a verb says that it is: past, ongoing, or not said by the verb itself."""

from __future__ import annotations

from schemas.events import Tense
from services.enrich.nlp.tree import Tree

_PAST = frozenset({"was", "were", "had", "did"})
_PRESENT = frozenset({"is", "are", "'s", "’s", "am", "been", "be"})
_PERFECT = frozenset({"has", "have", "'ve", "’ve"})


def tense_of(tree: Tree, verb: int) -> Tense | None:
    """By its form and its auxiliaries; None for a bare infinitive or participle."""
    tag = tree.tags[verb]
    helpers = {tree.lowers[child] for child in tree.children[verb] if tree.deps[child] in ("aux", "auxpass")}
    if tag == "VBD" or helpers & _PAST:
        return Tense.PAST
    if tag == "VBG" and helpers & _PRESENT:
        return Tense.ONGOING
    if helpers & _PERFECT:
        return Tense.PAST
    present = tag in ("VBZ", "VBP") or "being" in helpers or (tag == "VBN" and bool(helpers & {"is", "are"}))
    return Tense.ONGOING if present else None
