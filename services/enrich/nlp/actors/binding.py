"""Whom a pronoun cannot mean, by grammar: the other arguments of its verb, and what its own noun phrase names.

"The minister thanked him": he is not the minister. "He thanked Silva": he is not Silva. "His deputy, Ana Silva": she is
not the one whose deputy she is. "The citizens they protect": they are not the citizens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from services.enrich.nlp.actors.drafts import Draft, Reading
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import VERBAL, Tree

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "iobj"})
_ARGUMENTS = frozenset({"dobj", "dative", "iobj", "prep", "agent", "pobj", "attr", "oprd"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "parataxis"})
_LOOSE = frozenset("with around behind near before beside over under alongside about without beyond like".split())
_APART = frozenset({"parataxis", "punct", "intj"})
_KILLING = frozenset({"kill", "murder", "assassinate", "behead", "execute", "slay"})
_DEATHS = frozenset({"murder", "killing", "assassination", "death", "slaying", "execution"})
_MOST = 60  # words below a verb that are looked at
_HIGHEST = 12  # steps up to a verb


def verb_of(tree: Tree, token: int) -> int | None:
    """The verb of the clause that a token stands in."""
    for _ in range(_HIGHEST):
        head = tree.heads[token]
        if head == token:
            return None
        token = head
        if tree.pos[token] in VERBAL:
            return token
    return None


def is_slain(tree: Tree, token: int) -> bool:
    """Whether a mention is of somebody killed, who does nothing any more."""
    head = tree.heads[token]
    lemma = tree.lemmas[head]
    if lemma in _KILLING:
        return tree.deps[token] in ("dobj", "nsubjpass") and tree.child(head, "neg") is None
    if lemma in _DEATHS:
        return tree.deps[token] == "poss"
    return lemma == "of" and tree.deps[token] == "pobj" and tree.lemmas[tree.heads[head]] in _DEATHS


def drafts_at(reading: Reading, tokens: Iterable[int]) -> set[int]:
    """Ids of the actors that tokens denote."""
    at = reading.at
    return {id(draft) for token in tokens if (draft := at.get(token)) is not None}


def draft_at(reading: Reading, token: int) -> Draft | None:
    """The actor that a token denotes, as far as the text was read."""
    return reading.at.get(token)


def excluded(reading: Reading, grammar: Grammar, pronoun: int) -> tuple[set[int], set[int]]:
    """Ids of the drafts that a pronoun cannot mean, and of those that it hardly means."""
    tree = reading.tree
    dep, head = tree.deps[pronoun], tree.heads[pronoun]
    if dep == "poss":
        return drafts_at(reading, _below(tree, head, set())), set()
    if dep == "conj":
        # "Silva and him"
        return drafts_at(reading, (*tree.ancestors(pronoun),)[:2]), set()
    if dep in SUBJECTS and tree.pos[head] in VERBAL:
        return _not_of_subject(reading, pronoun, head)
    verb = head if dep in _OBJECTS else None
    loose = False
    if dep == "pobj":
        loose = tree.lowers[head] in _LOOSE
        verb = tree.heads[head]
        if tree.pos[verb] not in VERBAL:
            loose, verb = True, verb_of(tree, head)  # "signed a deal with him"
    if verb is None or tree.pos[verb] not in VERBAL:
        return set(), set()
    subjects, how = grammar.surface(verb)
    others = drafts_at(reading, (child for child in tree.children[verb] if tree.deps[child] in _OBJECTS))
    others |= _relative_head(reading, verb)
    # "urged them to file charges against him": who files is a guess.
    hard = not loose and (how in ("subject", "passive subject") or tree.deps[verb] == "conj")
    if hard:
        return others | drafts_at(reading, subjects), set()
    return (set(), others | drafts_at(reading, subjects)) if loose else (others, drafts_at(reading, subjects))


def _not_of_subject(reading: Reading, pronoun: int, verb: int) -> tuple[set[int], set[int]]:
    tree = reading.tree
    beside = {token for token in _below(tree, verb, _CLAUSES) if token > pronoun}
    within = {token for token in _below(tree, verb, _APART) if token > pronoun}
    hard = drafts_at(reading, beside)
    hard |= _relative_head(reading, verb)
    return hard, drafts_at(reading, within)


def _relative_head(reading: Reading, verb: int) -> set[int]:
    """Who fills the gap of a relative clause: no other argument of its verb means the same."""
    tree = reading.tree
    if tree.deps[verb] == "conj":
        verb = tree.heads[verb]
    return drafts_at(reading, (tree.heads[verb],)) if tree.deps[verb] == "relcl" else set()


def _below(tree: Tree, token: int, apart: frozenset[str] | set[str]) -> Iterator[int]:
    rest = list(tree.children[token])
    looked = 0
    while rest and looked < _MOST:
        below = rest.pop()
        looked += 1
        if tree.deps[below] in apart or (apart is _CLAUSES and tree.deps[below] not in _WITHIN):
            continue
        yield below
        rest += tree.children[below]


_WITHIN = _ARGUMENTS | {"conj", "compound", "appos", "nmod", "flat", "punct"}
