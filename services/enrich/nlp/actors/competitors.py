"""What a pronoun may mean that is no actor: a ship, a bill, a deal for "it"; cables, or a pair, for "they"."""

from __future__ import annotations

from collections.abc import Iterable

from services.enrich.nlp.actors.drafts import Reading
from services.enrich.nlp.actors.nouns import ACTING
from services.enrich.nlp.actors.salience import DECAY, SUBJECT, prominence

_TIMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "PERSON"})
_NO_THINGS = frozenset(
    "day week month year time hour minute today yesterday tomorrow morning evening night monday tuesday wednesday"
    " thursday friday saturday sunday weekend moment way part number lot case fact addition response reply".split()
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_ONE, _MANY = frozenset({"NN", "NNP"}), frozenset({"NNS", "NNPS"})
_BACK = 1  # sentences
_FAR = 80  # tokens
_PAIR = 1.3
_THING, _MINOR = 2.0, 26.0


def things_before(reading: Reading, pronoun: int) -> list[float]:
    """Weights of the things of this sentence and the one before that "it" may mean."""
    tree = reading.tree
    head = tree.heads[pronoun]
    if tree.deps[pronoun] == "poss":
        if head in reading.nouns:
            return []  # "its troops"
    elif tree.lemmas[head] in ACTING and tree.deps[pronoun] == "nsubj" and tree.lemmas[head] not in _OF_THINGS:
        return []
    # A ship, a bill or a deal that is subject or object rules an actor out.
    return [_THING * weight if weight > _MINOR else weight for weight in _weights(reading, pronoun, _ONE)]


def held_before(reading: Reading, holders: Iterable[int]) -> list[float]:
    """Weights of what does what a possessive belongs to, where it is no body or state: "the crowd raised its flags"."""
    return [SUBJECT for token in holders if _is_other(reading, token) and reading.tree.tags[token] in _ONE]


def _is_other(reading: Reading, token: int) -> bool:
    draft = reading.at.get(token)
    return draft is None or not draft.kinds & {"org", "state"}


def groups_before(reading: Reading, pronoun: int, *, things: bool) -> list[float]:
    """Weights of what "they" may mean and no record is of: pairs of actors and, if `things`, things."""
    tree = reading.tree
    found = _weights(reading, pronoun, _MANY) if things else []
    here = tree.sentence[pronoun]
    for token in range(max(0, pronoun - _FAR), pronoun):
        if tree.deps[token] == "conj" and tree.pos[token] in _NOUNS and here - tree.sentence[token] <= _BACK:
            first = tree.heads[token]
            one, other = reading.at.get(first), reading.at.get(token)
            pair = things or (one is not None and other is not None)
            if pair and (one is None or one is not other) and tree.pos[first] in _NOUNS:
                found.append(_PAIR * prominence(tree, first) * DECAY[here - tree.sentence[token]])
    return found


def _weights(reading: Reading, pronoun: int, tags: frozenset[str]) -> list[float]:
    tree = reading.tree
    here = tree.sentence[pronoun]
    found: list[float] = []
    for token in range(max(0, pronoun - _FAR), pronoun):
        back = here - tree.sentence[token]
        if back > _BACK or tree.tags[token] not in tags or tree.deps[token] in ("compound", "npadvmod", "nmod"):
            continue
        draft = reading.at.get(token)
        if draft is not None and (draft.public or "person" in draft.kinds or "force" in draft.kinds):
            continue
        if tree.lemmas[token] in _NO_THINGS or tree.pos[token] not in _NOUNS:
            continue
        if tree.entity[token] >= 0 and tree.entities[tree.entity[token]][0] in _TIMES:
            continue
        found.append(prominence(tree, token) * DECAY[back])
    return found


_OF_THINGS = frozenset(
    {"attack", "kill", "fight", "rule", "report", "seize", "capture", "advance", "invade", "call", "ban", "offer"}
)
