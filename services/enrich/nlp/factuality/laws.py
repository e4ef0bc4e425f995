"""What laws and rules provide for: "the law requires ministers to consult the court" is no act of anybody."""

from __future__ import annotations

from schemas.events import Modality
from services.enrich.nlp.factuality.standing import Circumstances
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import Tree

_RULES = frozenset(
    "law bill act legislation rule regulation constitution code convention statute article amendment provision charter"
    " clause policy".split()
)
_IMPOSED = frozenset({"require", "mandate", "authorise", "authorize"})
_PLANS = _RULES | {"plan", "package", "proposal", "reform", "programme", "program", "budget", "scheme", "initiative"}
_RULING = frozenset(
    "require allow permit let enable oblige mandate authorise authorize empower entitle prohibit forbid bar ban say"
    " state provide stipulate guarantee give".split()
)


def provide(grammar: Grammar, verb: int, found: Circumstances) -> None:
    """Mark what hangs on a verb whose subject is a law: it requires, allows, says."""
    tree = grammar.tree
    if tree.lemmas[verb] not in _RULING:
        return
    if tree.lemmas[verb] in _IMPOSED and grammar.passive(verb) and not grammar.logical_subjects(verb)[0]:
        _mark(found)  # "agencies are required to consult": by a rule, whoever made it
    elif any(tree.lemmas[subject] in _RULES for subject in grammar.logical_subjects(verb)[0]):
        _mark(found)


def provide_in_plan(tree: Tree, verb: int, found: Circumstances) -> None:
    """Mark what a plan or bill is to bring: "a plan that will provide care to patients"."""
    if tree.deps[verb] not in ("relcl", "conj"):
        return
    clause = verb if tree.deps[verb] == "relcl" else tree.heads[verb]
    subject = tree.child(clause, "nsubj")
    future = any(tree.lowers[child] in ("will", "would") for child in tree.children_by(clause, "aux"))
    of_a_plan = tree.deps[clause] == "relcl" and tree.lemmas[tree.heads[clause]] in _PLANS
    if of_a_plan and future and subject is not None and tree.lowers[subject] in ("that", "which"):
        _mark(found)


def provide_under(tree: Tree, verb: int, found: Circumstances) -> None:
    """Mark what may or must be done "under the law"; what was done under it, was done."""
    if tree.tags[verb] in ("VBD", "VBN", "VBG"):
        return
    for child in tree.children_by(verb, "prep"):
        inner = tree.child(child, "pobj") if tree.lowers[child] == "under" else None
        if inner is not None and tree.lemmas[inner] in _RULES:
            _mark(found)


def _mark(found: Circumstances) -> None:
    found.rule = True
    found.weaken(Modality.HYPOTHETICAL)
