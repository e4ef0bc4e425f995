"""Whether a capital is named as a city, or for the government that sits there: "shelled Kyiv", "Kyiv said".

It is a city where something is or happens in it, goes to it, is done to its walls and streets, and where it says whose
a mayor, a street or a suburb is. Everywhere else it stands for the government.
"""

from __future__ import annotations

from dataclasses import replace

from services.enrich.nlp.actors.drafts import Reading, Span
from services.enrich.nlp.actors.entries import Name, Sort
from services.enrich.nlp.syntax.tree import Tree
from services.enrich.nlp.syntax.vocabulary import vocabulary

_WITHIN = vocabulary(
    "in at near outside inside around across along throughout through off over into onto within via above beyond"
)
_TOWARDS = frozenset({"to", "toward", "towards", "from", "on", "for", "of", "against", "upon"})
# What is done to a city, not to those who govern from it.
_DONE_TO_CITIES = vocabulary(
    "shell bomb bombard pound strafe besiege encircle surround storm capture seize retake recapture liberate occupy"
    " overrun enter reach leave quit flee visit tour rock shake paralyse paralyze evacuate devastate raze burn loot"
    " raid blockade rebuild patrol approach near flood rattle"
)
_DONE_TO_BOTH = frozenset({"strike", "hit", "target", "attack"})
_BY_WORDS = frozenset({"over", "with", "for"})  # "hit Moscow with sanctions", "attacked Tokyo over its whaling"
_MOVING = vocabulary(
    "go come travel fly drive march move head return arrive retreat advance walk sail rush flock ride race bring take"
    " send dispatch deport extradite evacuate transfer fire launch lead deploy airlift ferry escape journey pour"
    " withdraw retire move rally descend converge land leave depart set"
)
_HAPPENING = vocabulary(
    "attack strike airstrike raid shelling bombing bombardment assault siege battle fight fall capture seizure visit"
    " trip"
    " march advance occupation liberation offensive blockade evacuation flight journey tour return arrival road route"
    " train bus convoy stay blast explosion fighting clash evacuation recapture encirclement rocket missile drone bomb"
    " move departure blackout curfew rally mile kilometre kilometer north south east west outskirt"
)
_SENDING = frozenset("come bring take send dispatch go lead arrive pour".split())
_MESSAGES = vocabulary(
    "letter message note signal warning proposal draft reply answer protest complaint invitation demand offer appeal"
    " condolence ultimatum plan request greeting text document list report"
)
_BEING = vocabulary("be lie suffer wake come burn fall sit stand host brace shake sleep")
_OF_CITIES = vocabulary(
    "mayor street suburb outskirt district neighbourhood neighborhood resident airport police metro subway square"
    " hospital hotel court university school centre center region area station market bridge stadium province port"
    " people inhabitant zoo museum park prison sky skyline defence defense population apartment"
    " flat home house restaurant cathedral mosque church oblast archbishop bishop council"
    " councillor governor gate fall siege occupation liberation capture streets residents traffic"
)
_HIGHEST = 6


def seat_or_city(reading: Reading, span: Span, entry: Name) -> Name:
    """The entry, or one of the city where it is the city that is meant."""
    if not _is_city(reading.tree, _first_of_list(reading.tree, span.head)):
        return entry
    name = reading.tree.cut(span.first, span.last - 1)
    return replace(entry, name=name.title() if name.isupper() else name, sort=Sort.PLACE, sectors=())


def _is_city(tree: Tree, token: int) -> bool:
    dep, above = tree.deps[token], tree.heads[token]
    if dep == "pobj":
        return _is_where(tree, above)
    if dep in ("dobj", "nsubjpass"):
        lemma = tree.lemmas[above]
        if lemma in _DONE_TO_BOTH:
            return not any(_is_reason(tree, child) for child in tree.children[above])
        if lemma == "leave" and any(tree.lowers[child] == "with" for child in tree.children[above]):
            return False  # "left Paris with a bill"
        doer = tree.child(above, "nsubj")
        return lemma in _DONE_TO_CITIES and (doer is None or tree.lemmas[doer] not in _MESSAGES)
    if dep == "nsubj":
        return tree.lemmas[above] in _BEING and not _is_willing(tree, above)
    if dep in ("compound", "nmod", "poss") and above > token:
        return tree.lemmas[above] in _OF_CITIES
    return False


def _is_where(tree: Tree, preposition: int) -> bool:
    """Whether what stands behind a preposition is a place by it: "in Kyiv", "the attack on Kyiv", "flew to Kyiv"."""
    word, head = tree.lowers[preposition], tree.heads[preposition]
    if word in _WITHIN:
        return True
    if word not in _TOWARDS:
        return False
    lemma = tree.lemmas[head]
    if word == "of":
        return lemma in _OF_CITIES or lemma in _HAPPENING
    if tree.lowers[head] in ("out", "away", "back", "close", "next"):
        return True
    if word == "against":
        return False
    if lemma in _HAPPENING:
        return True
    if word == "from" and lemma in _SENDING:
        return False  # "orders came from Rome"
    sent = tree.child(head, "dobj", "nsubjpass")
    sent = sent if sent is not None else tree.child(head, "nsubj")
    return word not in ("on", "upon") and lemma in _MOVING and (sent is None or tree.lemmas[sent] not in _MESSAGES)


def _is_reason(tree: Tree, preposition: int) -> bool:
    """Whether it tells why, or by what but a weapon, something was hit: "hit Minsk with sanctions over the vote"."""
    if tree.lowers[preposition] not in _BY_WORDS:
        return False
    thing = tree.child(preposition, "pobj")
    return thing is not None and tree.lemmas[thing] not in (_ARMS if tree.lowers[preposition] == "with" else _TIMES)


_TIMES = vocabulary("day night week hour month time year morning")
_ARMS = vocabulary(
    "rocket missile drone bomb shell artillery mortar gunfire fire airstrike strike barrage salvo grenade tank warplane"
    " jet helicopter gun weapon ammunition munition explosive visit"
)


def _is_willing(tree: Tree, verb: int) -> bool:
    """Whether a form of "be" tells of a will, which only a government has: "Kyiv is ready to talk"."""
    for child in tree.children[verb]:
        dep, lemma = tree.deps[child], tree.lemmas[child]
        if dep == "xcomp" or (dep == "acomp" and lemma not in _STATES):
            return True
        if dep == "attr":
            return lemma not in _OF_CITIES and lemma not in _SETTLEMENTS
    return False


_SETTLEMENTS = frozenset({"city", "capital", "town", "metropolis", "place"})
_STATES = vocabulary("quiet calm dark safe full empty home close far cut tense")


def _first_of_list(tree: Tree, token: int) -> int:
    """What a conjunct stands for in the sentence."""
    for _ in range(_HIGHEST):
        if tree.deps[token] != "conj" or tree.heads[token] == token:
            break
        token = tree.heads[token]
    return token
