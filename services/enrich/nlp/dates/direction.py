"""Whether the clause that a date stands in tells of what was or of what will be, from the verb that governs it."""

from __future__ import annotations

from services.enrich.nlp.dates.resolve import Direction
from services.enrich.nlp.syntax.tree import VERBAL, Tree
from services.enrich.nlp.syntax.vocabulary import vocabulary

_AHEAD_AUX = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "'d", "’d"})
_MAY = frozenset({"may", "might", "could", "should", "can", "must"})
# "Is scheduled for Friday", "plans to meet on Friday", "was due to resume on Monday".
_PLANNED = vocabulary(
    "schedule plan expect set due slate aim intend hope want agree decide promise pledge vow threaten order "
    "require prepare propose invite urge call ask postpone delay reschedule adjourn warn need likely ready have "
    "go refuse demand let announce bind poise book tip announced"
)
# "Set for Friday", "postponed until Friday".
_MOVED = vocabulary("schedule set slate plan postpone delay reschedule adjourn extend push tip expect due book suspend")
_MOVED_TO = frozenset({"for", "until", "till", "to"})
_PLAN_NOUNS = vocabulary("deadline plan bid ultimatum proposal invitation")
# "Ahead of Sunday's vote", "a strike for Thursday", "since Friday's raid".
_PREPOSITIONS = {
    "ahead": Direction.FUTURE, "for": Direction.FUTURE, "since": Direction.PAST, "after": Direction.PAST,
    "following": Direction.PAST,
}  # fmt: skip
_AHEAD_ADJECTIVES = frozenset({"upcoming", "coming", "planned", "scheduled", "next", "forthcoming"})
_CLIMB = 12
_PRESENT = frozenset({"VBZ", "VBP"})


def direction_at(tree: Tree, token: int) -> Direction:
    """Walk from the date up to the verb that tells; UNKNOWN where none does."""
    for steps in range(_CLIMB):
        told = _of_word(tree, token) if steps else None
        if told is None and tree.deps[token] in {"prep", "advmod"}:
            told = _PREPOSITIONS.get(tree.lowers[token])
        if told is not None:
            return told
        if tree.heads[token] == token:
            break
        token = tree.heads[token]
    return Direction.UNKNOWN


def _of_word(tree: Tree, token: int) -> Direction | None:
    if tree.pos[token] in VERBAL:
        return _of_verb(tree, token)
    if tree.pos[token] in {"NOUN", "PROPN"} and (
        tree.lemmas[token] in _PLAN_NOUNS
        or any(tree.lowers[child] in _AHEAD_ADJECTIVES for child in tree.children[token])
    ):
        return Direction.FUTURE
    return None


def _of_verb(tree: Tree, verb: int) -> Direction | None:
    """What a verb tells with its auxiliaries; None where it tells nothing and the one above it may."""
    auxiliaries = [child for child in tree.children[verb] if tree.deps[child] in {"aux", "auxpass"}]
    words = {tree.lowers[child] for child in auxiliaries}
    if words & _AHEAD_AUX:
        return Direction.PAST if "have" in words else Direction.FUTURE
    if words & {"have", "has", "had", "'ve", "’ve"}:
        return Direction.PAST
    tag = tree.tags[verb]
    if tag == "VB" and "to" in words:
        return _of_infinitive(tree, verb)
    if words & _MAY:
        return Direction.FUTURE
    tensed = {tree.tags[child] for child in auxiliaries}
    if tree.lemmas[verb] in _MOVED and any(tree.lowers[child] in _MOVED_TO for child in tree.children[verb]):
        return Direction.FUTURE
    if tag == "VBD" or "VBD" in tensed:
        return Direction.PAST
    if tag in _PRESENT:
        return Direction.FUTURE if verb == tree.heads[verb] and tree.lemmas[verb] in _PLANNED else Direction.UNKNOWN
    if tag == "VBG" and tensed & _PRESENT:
        return Direction.FUTURE
    if tag == "VBN":
        return Direction.UNKNOWN if tensed & _PRESENT else Direction.PAST
    return None


def _of_infinitive(tree: Tree, verb: int) -> Direction | None:
    """As in "Expected to meet", "is to meet"; of "managed to meet" the verb above decides."""
    head = tree.heads[verb]
    if head == verb or tree.deps[verb] in {"acl", "relcl"}:
        return Direction.FUTURE
    if tree.lemmas[head] in _PLANNED or tree.lemmas[head] == "be" or tree.pos[head] in {"NOUN", "PROPN", "ADJ"}:
        return Direction.FUTURE
    return None
