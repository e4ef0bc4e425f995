"""When a verb says that it is: past, ongoing, still to come, or not said by the verb itself."""

from __future__ import annotations

from schemas.events import Modality, Tense
from services.enrich.nlp.syntax.tree import Tree

_PAST = frozenset({"was", "were", "had", "did"})
_PRESENT = frozenset({"is", "are", "'s", "’s", "am", "been", "be"})
_PERFECT = frozenset({"has", "have", "'ve", "’ve"})


def tense_of(tree: Tree, verb: int, *, reported: bool = False, supposed: Modality = Modality.ACTUAL) -> Tense | None:
    """By its form and its auxiliaries; None for a bare infinitive or participle.

    What is `reported` as going on then goes on: "said that troops were moving". A condition in the present is to come.
    """
    tag = tree.tags[verb]
    helpers = {tree.lowers[child] for child in tree.children[verb] if tree.deps[child] in ("aux", "auxpass")}
    open_ended = tag in ("VBZ", "VBP", "VB") or (tag == "VBN" and (helpers or tree.deps[verb] == "advcl"))
    if supposed is Modality.HYPOTHETICAL and open_ended and not helpers & (_PAST | _PERFECT):
        return Tense.FUTURE  # "if it falls", "if convicted"
    if tag == "VBG" and reported and helpers & {"was", "were"}:
        return Tense.ONGOING
    if tag == "VBN" and "being" in helpers:
        return Tense.ONGOING if reported or not helpers & _PAST else Tense.PAST
    if tag == "VBD" or helpers & _PAST:
        return Tense.PAST
    if tag == "VBG" and helpers & _PRESENT:
        return Tense.ONGOING
    if helpers & _PERFECT:
        return Tense.PAST
    present = tag in ("VBZ", "VBP") or (tag == "VBN" and bool(helpers & {"is", "are"}))
    return Tense.ONGOING if present else None
