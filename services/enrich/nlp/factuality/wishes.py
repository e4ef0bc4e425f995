"""What is asked for, or refused: the mode of a REQUEST or REJECT whose frame leaves it open.

PLOVER's four: to assist, to yield (stop, free, let in, give back), to change (rules, offices, policy), to meet. It is
read from the clause or the noun of what is wanted; where they tell nothing, the mode stays open.
"""

from __future__ import annotations

from collections.abc import Mapping

from schemas.events import PloverType
from services.enrich.nlp.acts.arguments import Predication
from services.enrich.nlp.acts.kinds import Kinds
from services.enrich.nlp.syntax.tree import Tree

WISHING = frozenset({PloverType.REQUEST, PloverType.REJECT})
_CLAUSES = ("to+", "that+", "ing+", "of ing+", "into ing+", "on ing+", "from ing+")
_PHRASES = ("obj", "for", "of", "on", "to")
_WORDS: Mapping[str, str] = {
    "yield": (
        "stop end halt cease free release return withdraw leave lift ease spare let allow permit open reopen unblock"
        " give surrender disarm hand_over hand pull_out pull pull_back lay_down lay vacate evacuate refrain abandon"
        " drop suspend relinquish cede renounce restore pardon commute pay respect stand_down back_down retreat"
        " exercise admit readmit restrain relent unfreeze de-escalate desist dismantle apologise apologize ceasefire"
        " truce calm restraint withdrawal freedom lifting cessation access peace disarmament amnesty apology"
        " compensation reparation wage arrears evacuation pullout pullback corridor"
    ),
    "assist": (
        "help send supply lend arm fund finance support back assist join deploy provide protect rescue shelter donate"
        " extradite intervene train host airlift airdrop accept take_in share cooperate investigate arrest bomb"
        " contribute guard patrol defend aid sell deliver vaccinate evacuate_to assistance backing loan credit bailout"
        " money weapon missile tank troop peacekeeper soldier reinforcement protection extradition asylum food"
        " medicine fuel oil gas grain rice wheat maize tent vaccine ammunition shell battery helicopter jet aircraft"
        " drone relief donation observer monitor cooperation boat engineer doctor handover arms equipment intervention"
        " investigation inquiry probe"
    ),
    "change": (
        "resign quit go step_down step_aside change reform amend repeal scrap revise adopt pass dissolve hold form"
        " cut raise reduce increase dismiss sack fire replace remove devalue privatise privatize legalise legalize ban"
        " ratify abolish review reconsider reverse revoke rewrite introduce impose overhaul postpone call recognise"
        " recognize apply appoint resignation election referendum recount amendment constitution vote independence"
        " autonomy removal dismissal ouster impeachment revision postponement law democracy right poll budget rise"
        " levy tax rule sanction boycott licence license pension devaluation overthrow"
    ),
    "meet": (
        "meet talk negotiate mediate sit_down receive visit resume_talks attend come negotiation meeting dialogue"
        " summit mediation session conference debate hearing consultation"
    ),
}  # fmt: skip
_MODES: Mapping[str, str] = {word: mode for mode in reversed(tuple(_WORDS)) for word in _WORDS[mode].split()}
_KINDS: Mapping[str, str] = {
    "retreat": "yield", "concede": "yield", "consult": "meet", "aid": "assist", "weapon": "assist"
}  # fmt: skip
_LIGHT = frozenset("resume start begin continue reopen hold open enter rejoin join end give make take grant".split())
_EMPTY = frozenset({"give", "hold"})  # of them, those that mean what their object means


def mode_of_wish(tree: Tree, kinds: Kinds, predication: Predication) -> str | None:
    """The mode that the words of what is wanted tell, or None."""
    for place in _CLAUSES:
        for clause in predication.args.get(place, ()):
            return _of_clause(tree, kinds, clause)
    for place in _PHRASES:
        for noun in predication.args.get(place, ()):
            if (mode := _of_noun(tree, kinds, noun)) is not None:
                return mode
    return None


def _of_clause(tree: Tree, kinds: Kinds, verb: int) -> str | None:
    if any(tree.deps[child] == "neg" for child in tree.children[verb]):
        return "yield"  # "asked them not to fire"
    lemma, objects = tree.lemmas[verb], tree.children_by(verb, "dobj")
    if lemma in _LIGHT:
        modes = [mode for noun in objects if (mode := _of_noun(tree, kinds, noun)) is not None]
        if modes and ("meet" in modes or lemma not in _MODES or lemma in _EMPTY):
            return "meet" if "meet" in modes else modes[0]
    if lemma == "withdraw" and any(tree.lemmas[noun] == "recognition" for noun in objects):
        return "change"
    particle = tree.child(verb, "prt")
    if particle is not None and (mode := _MODES.get(f"{lemma}_{tree.lowers[particle]}")) is not None:
        return mode
    return _MODES.get(lemma)


def _of_noun(tree: Tree, kinds: Kinds, noun: int) -> str | None:
    mode = _MODES.get(tree.lemmas[noun])
    if mode is not None:
        return mode
    found = {_KINDS[kind] for kind in kinds.of(noun) if kind in _KINDS}
    return found.pop() if len(found) == 1 else None
