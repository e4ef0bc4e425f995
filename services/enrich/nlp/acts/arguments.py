"""A predication: a head that a frame may have, with its arguments by place.

Places are those of the frames' notation: subj, obj, iobj, a preposition ("on"), a clause ("to+", "of ing+").
"""

from __future__ import annotations

from dataclasses import dataclass, field

from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import VERBAL

_DEEPEST = 4  # phrases within phrases
_BESIDE = frozenset({"advmod", "prt", "oprd"})
_PREPOSITIONAL = frozenset({"prep", "dative", "agent"})
_CLAUSAL = frozenset({"xcomp", "ccomp", "advcl", "acl"})
_FIXED = frozenset("addition fact response order accordance line case turn time addition general particular".split())


@dataclass(slots=True)
class Predication:
    """A head with its arguments; `how` says for each place by what construction it was found."""

    head: int
    part: str
    lemmas: tuple[str, ...]
    args: dict[str, tuple[int, ...]] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    light: int | None = None
    more: dict[str, list[tuple[int, ...]]] = field(default_factory=dict)

    def put(self, place: str, tokens: tuple[int, ...], how: str) -> None:
        """Set a place; what comes when it is taken is kept for slots that the first does not fit."""
        if tokens and place not in self.args:
            self.args[place] = tokens
            self.how[place] = how
        elif tokens:
            self.more.setdefault(place, []).append(tokens)


def prepositions(grammar: Grammar, head: int, made: Predication, passive: bool, how: str = "", depth: int = 0) -> None:
    """Put what its prepositions govern; of a passive verb, not who acts."""
    tree = grammar.tree
    children, deps = tree.children, tree.deps
    if not children[head]:
        return
    later: list[tuple[str, tuple[int, ...]]] = []
    heads = [head, *(child for child in children[head] if deps[child] in _BESIDE)]
    for child in [child for above in heads for child in children[above] if deps[child] in _PREPOSITIONAL]:
        word = tree.lowers[child]
        if tree.pos[child] not in ("ADP", "SCONJ", "VERB", "ADV") or word == "according":
            continue
        inner = tree.child(child, "pobj")
        agent = word == "by" and passive
        if inner is not None:
            if agent:
                pass
            elif word == "in" and tree.lemmas[inner] == "front":
                # "in front of the ministry"
                of = tree.child(inner, "prep")
                before = tree.child(of, "pobj") if of is not None else None
                if before is not None:
                    made.put("outside", grammar.members(before), "in front of")
            elif _is_time(grammar, inner) or tree.lemmas[inner] in _FIXED:
                later.append((word, grammar.members(inner)))
            else:
                made.put(word, grammar.members(inner), how or word)
            # "talks with Iran in Oslo on sanctions": phrases hang on each other as often as on the head.
            for nested in tree.children_by(inner, "prep"):
                deeper = tree.child(nested, "pobj")
                # "the arrest by Iran of two Americans"
                own = tree.lowers[nested] != "of" or made.part == "verb" or (word == "by" and head == made.head)
                if deeper is not None and own:
                    later.append((tree.lowers[nested], grammar.members(deeper)))
        gerund = tree.child(child, "pcomp")
        if gerund is not None and not agent:
            made.put(f"{word} ing+", (gerund,), how or word)
        for below in tree.children_by(child, "prep"):
            deeper = tree.child(below, "pobj")
            if deeper is not None:
                # "pulled out of talks with Iran"
                made.put(tree.lowers[below], grammar.members(deeper), how or word)
                if depth < _DEEPEST:
                    prepositions(grammar, deeper, made, False, "nested", depth + 1)
    for word, tokens in later:
        made.put(word, tokens, how or "nested")


def _is_time(grammar: Grammar, noun: int) -> bool:
    """Whether it tells when: such a phrase leaves its place to another with the same preposition."""
    entity = grammar.tree.entity[noun]
    return entity >= 0 and grammar.tree.entities[entity][0] in ("DATE", "TIME")


def clauses(grammar: Grammar, head: int, made: Predication) -> None:
    """Put the clauses below it."""
    tree = grammar.tree
    for child in tree.children[head]:
        if tree.deps[child] not in _CLAUSAL or tree.pos[child] not in VERBAL:
            continue
        marks = {tree.lowers[below] for below in tree.children[child] if tree.deps[below] in ("aux", "mark")}
        if "to" in marks and tree.tags[child] == "VB":
            made.put("to+", (child,), "infinitive")
        elif tree.deps[child] in ("xcomp", "ccomp") and tree.tags[child] == "VBG" and not _is_finite(grammar, child):
            made.put("ing+", (child,), "gerund")
        elif tree.deps[child] == "ccomp" or (tree.deps[child] == "acl" and tree.tags[child] not in ("VBG", "VBN")):
            made.put("that+", (child,), "clause")


def _is_finite(grammar: Grammar, verb: int) -> bool:
    """Whether it is a clause of its own: "that it was hiding them", not "hiding them"."""
    tree = grammar.tree
    return any(tree.tags[child] in ("VBZ", "VBP", "VBD", "MD") for child in tree.children_by(verb, "aux", "auxpass"))
