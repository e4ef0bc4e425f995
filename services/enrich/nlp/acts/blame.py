"""Who is said to have done an act that others speak of: "charged with the murder of", "blamed for the attack".

Nothing in the act's own phrase names them; who is charged, blamed or suspected, or claims it, is meant.
"""

from __future__ import annotations

from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import VERBAL

# The object of these is who did what stands behind the preposition.
_CHARGING = {
    "charge": {"with", "over", "in"}, "accuse": {"of"}, "convict": {"of", "for", "in"}, "suspect": {"of", "in"},
    "blame": {"for"}, "indict": {"for", "on", "over", "in"}, "arrest": {"for", "over", "in"},
    "detain": {"for", "over", "in"},
    "try": {"for"}, "sentence": {"for"}, "jail": {"for", "over"}, "imprison": {"for"}, "prosecute": {"for", "over"},
    "implicate": {"in"}, "acquit": {"of"}, "clear": {"of"}, "execute": {"for"}, "want": {"for", "over"},
    "punish": {"for"}, "sue": {"for", "over"}, "involve": {"in"}, "link": {"to"}, "tie": {"to"}, "connect": {"to"},
}  # fmt: skip
# The subject of these is.
_OWNING = {"confess": {"to"}, "admit": {"to"}, "plead": {"to"}, "participate": {"in"}}
_OWNED = frozenset({"admit", "confess", "deny", "claim"})
_CHARGES = frozenset({"charge", "accusation", "allegation", "suspicion", "count", "indictment", "conviction", "trial"})
_FACED = frozenset({"face", "deny", "fight", "reject", "dismiss", "answer", "await", "contest", "stand", "beat"})
_ADJECTIVES = frozenset({"guilty", "responsible", "innocent", "accountable", "liable"})


def blamed(grammar: Grammar, act: int) -> tuple[int, ...]:
    """The tokens that head who did it; none where the grammar does not tell. `act` is an event noun or a gerund."""
    tree = grammar.tree
    above, dep = tree.heads[act], tree.deps[act]
    if dep in ("dobj", "nsubjpass") and tree.pos[above] in VERBAL:
        if tree.lemmas[above] == "blame":
            return grammar.behind(above, "on")
        return grammar.logical_subjects(above)[0] if tree.lemmas[above] in _OWNED else ()
    if dep == "nsubj" and tree.lemmas[above] == "blame" and grammar.passive(above):
        return grammar.behind(above, "on")
    if dep not in ("pobj", "pcomp") or tree.deps[above] not in ("prep", "agent"):
        return ()
    return _after(grammar, tree.heads[above], tree.lowers[above])


def _after(grammar: Grammar, head: int, preposition: str) -> tuple[int, ...]:
    """Of an act behind a preposition that hangs on `head`."""
    tree = grammar.tree
    lemma = tree.lemmas[head]
    if tree.pos[head] in VERBAL:
        if preposition in _CHARGING.get(lemma, ()):
            return grammar.logical_objects(head)[0]
        return grammar.logical_subjects(head)[0] if preposition in _OWNING.get(lemma, ()) else ()
    if tree.pos[head] == "ADJ":
        return _of_adjective(grammar, head) if lemma in _ADJECTIVES else ()
    if lemma == "responsibility" and tree.deps[head] == "dobj":
        return grammar.logical_subjects(tree.heads[head])[0]
    if lemma in _CHARGES:
        return _charged(grammar, head)
    if tree.deps[head] in ("dobj", "nsubjpass") and preposition in _CHARGING.get(tree.lemmas[tree.heads[head]], ()):
        return grammar.members(head)  # "convicted the man of murder": hung on the man
    return ()


def _of_adjective(grammar: Grammar, adjective: int) -> tuple[int, ...]:
    tree = grammar.tree
    verb = tree.heads[adjective]
    if tree.deps[adjective] == "amod":
        return grammar.members(verb)
    if tree.deps[adjective] == "oprd":
        return grammar.logical_objects(verb)[0]
    return grammar.surface(verb)[0] if tree.deps[adjective] in ("acomp", "attr") else ()


def _charged(grammar: Grammar, charge: int) -> tuple[int, ...]:
    """Who faces a charge, is held on it, or is it against."""
    tree = grammar.tree
    against = grammar.behind(charge, "against")
    if against:
        return against
    above, dep = tree.heads[charge], tree.deps[charge]
    if dep == "dobj" and tree.lemmas[above] in _FACED:
        return grammar.logical_subjects(above)[0]
    if dep != "pobj" or tree.deps[above] != "prep":
        return ()
    verb = tree.heads[above]
    if tree.pos[verb] not in VERBAL:
        return ()
    if tree.lemmas[verb] == "be" or tree.lemmas[verb] in _FACED:
        return grammar.surface(verb)[0]
    return grammar.logical_objects(verb)[0]
