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
_ORDERS = frozenset("order decree directive ordinance edict circular guideline rulebook".split())
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
    elif any(tree.lemmas[subject] in _ORDERS for subject in grammar.logical_subjects(verb)[0]):
        addressed = tree.child(verb, "dobj")
        if addressed is None and (clause := tree.child(verb, "xcomp", "ccomp")) is not None:
            addressed = tree.child(clause, "nsubj")
        if addressed is not None and _is_any(tree, addressed):
            _mark(found)  # "the order requires ministries to consult"; not "requires the army to withdraw"


def provide_at_verb(tree: Tree, verb: int, found: Circumstances) -> None:
    """Mark what hangs on a verb that says what somebody may, must or will do by a law, a plan or a threat to all."""
    _provide_under(tree, verb, found)
    _provide_in_plan(tree, verb, found)
    _provide_for_breach(tree, verb, found)


def _provide_for_breach(tree: Tree, verb: int, found: Circumstances) -> None:
    """Mark what happens to whoever does something: "councils would be held liable if they approved plans"."""
    clause = tree.heads[verb] if tree.deps[verb] == "advcl" else verb
    subject = tree.child(clause, "nsubjpass")
    modal = any(tree.tags[child] == "MD" for child in tree.children_by(clause, "aux"))
    if subject is None or not modal or not _is_any(tree, subject):
        return
    for condition in (verb,) if clause != verb else tree.children_by(verb, "advcl"):
        breaking = tree.child(condition, "nsubj")
        if_so = any(tree.lowers[mark] == "if" for mark in tree.children_by(condition, "mark", "advmod"))
        if if_so and breaking is not None and tree.lowers[breaking] == "they":
            _mark(found)


def _is_any(tree: Tree, noun: int) -> bool:
    """Whether a noun is of any of its kind: "ministries", not "the ministries" or "two Oslo ministries"."""
    return tree.tags[noun] == "NNS" and not any(
        tree.deps[child] in ("det", "poss", "nummod") or tree.pos[child] == "PROPN" for child in tree.children[noun]
    )


def _provide_in_plan(tree: Tree, verb: int, found: Circumstances) -> None:
    """Mark what a plan or bill is to bring: "a plan that will provide care to patients"."""
    if tree.deps[verb] not in ("relcl", "conj"):
        return
    clause = verb if tree.deps[verb] == "relcl" else tree.heads[verb]
    subject = tree.child(clause, "nsubj")
    future = any(tree.lowers[child] in ("will", "would") for child in tree.children_by(clause, "aux"))
    of_a_plan = tree.deps[clause] == "relcl" and tree.lemmas[tree.heads[clause]] in _PLANS
    if of_a_plan and future and subject is not None and tree.lowers[subject] in ("that", "which"):
        _mark(found)


def _provide_under(tree: Tree, verb: int, found: Circumstances) -> None:
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
