"""Verbs that say no more of an event noun than that it happened: "launched an attack", "came under fire".

They give the noun its arguments: their subject is its agent, or the one it happens to.
"""

from __future__ import annotations

from services.enrich.nlp.arguments import Predication, prepositions
from services.enrich.nlp.grammar import Grammar
from services.enrich.nlp.tree import VERBAL

# Verbs that say no more of an event noun than that it happened: their subject is its agent,
_LIGHT = frozenset(
    "hold launch carry conduct stage mount make issue give impose reach open begin start resume continue lead host sign"
    " take pursue undertake perform commit deliver offer provide send have do enter seal strike conclude secure clinch"
    " extend express voice convey lodge file wage stage organise organize plan order announce unveil declare render"
    " place put exert step intensify escalate renew pay bring lay engage join attend direct execute orchestrate"
    " mastermind level utter present submit repeat reiterate grant allocate initiate institute enforce implement adopt"
    " approve fight slap press push maintain keep suspend cancel end halt postpone call propose go demand"
    " seek arrange schedule say use threaten".split()
)
# or the one it happens to.
_SUFFERED = frozenset(
    "receive face suffer undergo get draw win attract incur sustain survive escape withstand endure earn obtain".split()
)
_SUPPORTING = _LIGHT | _SUFFERED
_BEING_IN = _LIGHT | {"be", "remain", "stay"}
MOVING = frozenset("be travel go come fly arrive meet gather head visit return land convene assemble leave sit".split())
BEGINNING = frozenset("erupt break flare rage resume continue spread begin start happen occur follow take go".split())
"""What a noun of action does by itself: erupt, break out, take place, go on."""
_UNDER = frozenset({"under"})
_UNDER_VERBS = frozenset({"come", "be", "remain", "fall", "stay"})


def light_verb(grammar: Grammar, noun: int, made: Predication) -> None:
    """Put what its light verb says of who, whom and where."""
    tree = grammar.tree
    first = noun
    while tree.deps[first] == "conj":
        first = tree.heads[first]
    verb, dep, light = tree.heads[first], tree.deps[first], _SUPPORTING
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
    if dep == "pobj" and tree.lowers[verb] in ("into", "in", "on") and tree.lemmas[tree.heads[verb]] in _BEING_IN:
        # "entered into an agreement with", "went on a visit to", "is in talks with"
        dep, verb, light = "dobj", tree.heads[verb], _BEING_IN
    if dep == "nsubj" and tree.lemmas[verb] in BEGINNING and not grammar.passive(verb):
        # "fighting erupted between the army and rebels"
        prepositions(grammar, verb, made, False, "of the light verb")
        return
    if dep not in ("dobj", "nsubjpass", "attr") and not (dep == "nsubj" and grammar.passive(verb)):
        return
    lemma = tree.lemmas[verb]
    if tree.pos[verb] not in VERBAL or lemma not in light:
        return
    made.light = verb
    subjects, how = grammar.logical_subjects(verb)
    if lemma in _SUFFERED:
        made.put("obj", subjects, f"{lemma} it")
    else:
        made.put("subj", subjects, f"{lemma} it" if how != "by" else "by")
    prepositions(grammar, verb, made, grammar.passive(verb), "of the light verb")
    if lemma in _SUFFERED:
        made.put("subj", made.args.get("from", ()), "from")
    made.put("iobj", grammar.indirect_objects(verb), "of the light verb")


def light_clause(grammar: Grammar, noun: int, made: Predication) -> None:
    """In "demands made by Oman" and "the attack that rebels launched" the light verb stands below its noun."""
    tree = grammar.tree
    for verb in tree.children_by(noun, "acl", "relcl"):
        if tree.lemmas[verb] in _LIGHT and tree.pos[verb] == "VERB" and noun in grammar.logical_objects(verb)[0]:
            subjects, how = grammar.logical_subjects(verb)
            made.put("subj", subjects, "by" if how == "by" else f"{tree.lemmas[verb]} it")
            prepositions(grammar, verb, made, grammar.passive(verb), "of the light verb")


def _mover(grammar: Grammar, preposition: int) -> int | None:
    """The verb of motion or being somewhere that a "for" phrase belongs to, also where it hangs on the place."""
    tree = grammar.tree
    token = tree.heads[preposition]
    for _ in range(4):
        if tree.pos[token] in VERBAL:
            return token if tree.lemmas[token] in MOVING and tree.child(token, "dobj") is None else None
        if tree.deps[token] not in ("pobj", "prep", "advmod", "npadvmod"):
            return None
        token = tree.heads[token]
    return None
