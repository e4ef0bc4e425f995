"""Verbs that say no more of an event noun than that it happened: "launched an attack", "came under fire".

They give the noun its arguments: their subject is its agent, or the one it happens to. Which verbs these are, the
lexicon says; light_verb_words.py reads it.
"""

from __future__ import annotations

from services.enrich.nlp.acts.arguments import Predication, prepositions
from services.enrich.nlp.acts.light_verb_words import light_verbs
from services.enrich.nlp.acts.occasions import TOOK_PART, attending
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import VERBAL

_BEING = frozenset({"be", "remain", "stay"})
_UNDER = frozenset({"under"})
_ENDING = frozenset({"put_down", "put_off", "break_off", "break_up", "call_off"})
_UNDER_VERBS = frozenset({"come", "be", "remain", "fall", "stay"})


def light_verb(grammar: Grammar, noun: int, made: Predication) -> None:
    """Put what its light verb says of who, whom and where."""
    tree, known = grammar.tree, light_verbs()
    first = noun
    while tree.deps[first] == "conj":
        first = tree.heads[first]
    verb, dep, light = tree.heads[first], tree.deps[first], known.supporting
    if dep == "pobj" and tree.lowers[verb] in _UNDER and tree.lemmas[tree.heads[verb]] in _UNDER_VERBS:
        made.light = tree.heads[verb]
        made.put("obj", grammar.surface(made.light)[0], "came under")
        prepositions(grammar, made.light, made, False, "of the light verb")
        made.put("subj", made.args.get("from", ()), "from")
        return
    if dep == "pobj" and tree.lowers[verb] == "for" and (mover := _mover(grammar, verb)) is not None:
        # "flew to Oslo for talks with"
        made.light = mover
        made.put("subj", grammar.surface(mover)[0], "went for it")
        prepositions(grammar, mover, made, False, "of the light verb")
        return
    word, above = tree.lowers[verb], tree.lemmas[tree.heads[verb]]
    supported = word in ("into", "in", "on") and (above in known.doers or above in _BEING)
    if dep == "pobj" and (supported or (word == "at" and above == "be")):
        # "entered into an agreement with", "went on a visit to", "is in talks with"
        dep, verb = "dobj", tree.heads[verb]
        light = known.doers if tree.lemmas[verb] in known.doers else _BEING
    if dep == "nsubj" and tree.lemmas[verb] in known.beginnings and not grammar.passive(verb):
        # "fighting erupted between the army and rebels"
        prepositions(grammar, verb, made, False, "of the light verb")
        return
    if dep == "pobj" and "subj" not in made.args:
        made.put("subj", attending(grammar, first, verb, with_whom="with" in made.args), TOOK_PART)
        return
    if dep not in ("dobj", "nsubjpass", "attr") and not (dep == "nsubj" and grammar.passive(verb)):
        return
    lemma = tree.lemmas[verb]
    if tree.pos[verb] not in VERBAL or lemma not in light or _is_ended(grammar, verb):
        return
    made.light = verb
    subjects, how = grammar.logical_subjects(verb)
    if lemma in known.sufferers:
        made.put("obj", subjects, f"{lemma} it")
    else:
        made.put("subj", subjects, f"{lemma} it" if how != "by" else "by")
    prepositions(grammar, verb, made, grammar.passive(verb), "of the light verb")
    if lemma in known.sufferers:
        made.put("subj", made.args.get("from", ()), "from")
    made.put("iobj", grammar.indirect_objects(verb), "of the light verb")


def _is_ended(grammar: Grammar, verb: int) -> bool:
    """Whether what it has as its object is stopped: "put down protests" is not to hold one."""
    return f"{grammar.tree.lemmas[verb]}_{grammar.particle(verb)}" in _ENDING


def light_clause(grammar: Grammar, noun: int, made: Predication) -> None:
    """In "demands made by Oman" and "the attack that rebels launched" the light verb stands below its noun."""
    tree = grammar.tree
    below = tree.children_by(noun, "acl", "relcl")
    for verb in [*below, *(inner for clause in below for inner in tree.children_by(clause, "xcomp", "ccomp", "conj"))]:
        light = tree.lemmas[verb] in light_verbs().doers and tree.pos[verb] == "VERB"
        if light and noun in grammar.logical_objects(verb)[0]:
            subjects, how = grammar.logical_subjects(verb)
            made.put("subj", subjects, "by" if how == "by" else f"{tree.lemmas[verb]} it")
            prepositions(grammar, verb, made, grammar.passive(verb), "of the light verb")


def _mover(grammar: Grammar, preposition: int) -> int | None:
    """The verb of motion or being somewhere that a "for" phrase belongs to, also where it hangs on the place."""
    tree = grammar.tree
    token = tree.heads[preposition]
    for _ in range(4):
        if tree.pos[token] in VERBAL:
            return token if tree.lemmas[token] in light_verbs().movers and tree.child(token, "dobj") is None else None
        if tree.deps[token] not in ("pobj", "prep", "advmod", "npadvmod"):
            return None
        token = tree.heads[token]
    return None
