"""What stands for an object without looking like one: relative pronouns, and towns that the parser takes for adverbs.

Knows a tree; whether a place or a person may be an object of a verb is for frames to say.
"""

from __future__ import annotations

from services.enrich.nlp.syntax.tree import Tree

RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_ONE_OBJECT = frozenset(
    "convict accuse charge suspect arrest acquit blame indict kill attack meet visit condemn criticise denounce".split()
)
_PRONOUNS = frozenset({"WDT", "WP"})
_CLIMBED = frozenset("pobj prep dobj xcomp ccomp pcomp conj nsubj nsubjpass agent dative attr advcl".split())
_PLACES = frozenset({"GPE", "LOC", "FAC", "ORG", "NORP", "PERSON"})
_MOST_STEPS = 8


def _cleft(tree: Tree, verb: int) -> int | None:
    """Who did it in "it was Ghana that attacked", which the parser may take for a clause of "be"."""
    head = tree.heads[verb]
    if tree.deps[verb] != "ccomp" or tree.lemmas[head] != "be":
        return None
    subject = tree.child(head, "nsubj")
    return tree.child(head, "attr") if subject is not None and tree.lowers[subject] == "it" else None


def own_objects(tree: Tree, verb: int) -> list[int]:
    """The direct object, where there is one: of "gave him a visa" the last.

    The first where the parser makes two of "convicted a man of shooting his wife" or "met envoys, their first guests".
    """
    objects = list(tree.children_by(verb, "dobj"))
    if (
        len(objects) < 2
        or tree.lemmas[verb] in _ONE_OBJECT
        or tree.child(objects[0], "cc") is not None
        or tree.words[tree.phrase(objects[1])[0] - 1] == ","
    ):
        return objects[:1]
    return objects[-1:]


def is_relative(tree: Tree, token: int) -> bool:
    """Whether a word may be a relative pronoun that stands in a role of its clause."""
    return tree.tags[token] in _PRONOUNS and tree.lowers[token] in RELATIVE


def antecedent(tree: Tree, pronoun: int) -> int:
    """The noun that a relative pronoun stands for, some clauses up: "the raid that Iran denies having ordered".

    The word itself where it is no relative pronoun, or asks, as in "asked whom they met".
    """
    token = pronoun
    if not is_relative(tree, pronoun):
        return pronoun
    if tree.deps[pronoun] == "nsubj" and (cleft := _cleft(tree, tree.heads[pronoun])) is not None:
        return cleft
    for _ in range(_MOST_STEPS):
        head, dep = tree.heads[token], tree.deps[token]
        if dep == "relcl":
            return min(head, pronoun)
        if head == token or dep not in _CLIMBED:
            return pronoun
        token = head
    return pronoun


def hidden_object(tree: Tree, verb: int) -> int | None:
    """The object of "attacked Goma", taken for an adverb, and of "a vote that it will not recognise", for a subject."""
    subjects = tree.children_by(verb, "nsubj")
    if len(subjects) > 1 and is_relative(tree, subjects[0]):
        found = antecedent(tree, subjects[0])
        return found if found != subjects[0] else None
    for child in tree.children_by(verb, "npadvmod"):
        entity = tree.entity[child]
        named = entity >= 0 and tree.entities[entity][0] in _PLACES and tree.pos[child] == "PROPN"
        if named and tree.phrase(child)[0] == verb + 1:
            return child
    return None


def is_suffered(tree: Tree, verb: int) -> bool:
    """Whether a verb without "be" is a passive: "had the islanders removed", "President shot dead at home"."""
    if tree.tags[verb] not in ("VBN", "VBD") or tree.child(verb, "dobj", "aux") is not None:
        return False
    if tree.deps[verb] == "ccomp" and tree.lemmas[tree.heads[verb]] in ("have", "order", "get"):
        subject = tree.child(verb, "nsubj")
        return tree.tags[verb] == "VBN" and subject is not None and tree.heads[verb] < subject < verb
    return tree.lemmas[verb] == "shoot" and tree.lowers[verb + 1 : verb + 2] == ["dead"]


def who_has_it_done(tree: Tree, verb: int) -> int | None:
    """The verb whose subject has something done: "had" in "had the islanders removed"."""
    head = tree.heads[verb]
    return head if tree.deps[verb] == "ccomp" and tree.lemmas[head] == "have" and is_suffered(tree, verb) else None
