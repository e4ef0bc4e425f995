"""Whether the name of a place stands for those who act there: "Moscow said", "Syria's refusal" are no places.

The rule. A country, a region or a capital is an actor, not a place, where it
- is the subject of a verb, unless the verb tells of a place (to be, lie, suffer, border ...);
- is the agent of a passive ("by Russia");
- says of whom something is ("US marines", "the Texas governor");
- possesses anything but a place or a part of one ("Libya's coast" stays a place);
- is the object of a verb of speech or feeling ("urged Iran to", "angered Tokyo"), or of "with", "against", "between";
- is dealt with: "aid to Mali", "sanctions on Iran".
Other cities, seas, mountains and sites are actors only as subjects of verbs of speech.
"""

from __future__ import annotations

from services.enrich.nlp.places.gazetteer import Entry, Gazetteer
from services.enrich.nlp.places.names import fold
from services.enrich.nlp.syntax.tree import Tree
from services.enrich.nlp.syntax.vocabulary import vocabulary

_LONGEST_LIST = 40
# Verbs that say something of a place.
_OF_PLACES = vocabulary(
    "be lie become remain suffer see border straddle stretch sit stand face experience witness descend sink fall "
    "host contain surround hold burn shake erupt"
)
_SPEECH = vocabulary(
    "say tell announce deny accuse warn urge demand insist claim declare state add reply respond condemn reject "
    "welcome criticise criticize denounce protest vow pledge threaten call ask request refuse agree offer confirm "
    "argue complain admit acknowledge summon recall want seek support back blame praise thank invite persuade "
    "pressure press sanction expel recognise recognize sue fear believe think hope"
)
# What moves those who rule a country, as its object.
_AFFECT = vocabulary(
    "anger irk alarm worry embarrass upset infuriate enrage reassure surprise shock annoy frustrate please delight "
    "help arm fund finance join beat defeat thank isolate divide unite convince inform notify remind support"
)
# What one gives to, asks of, or does about those who rule a country.
_DEALINGS = vocabulary(
    "aid help support message letter appeal warning threat sale sell give offer lend loan pledge promise commitment "
    "ambassador envoy say tell apologise apologize apology proposal response reply demand request statement call "
    "assistance opposition concession talk sanction embargo pressure tariff report vote resolution policy stance ban "
    "impose position pact treaty agreement deal relation tie ultimatum complaint protest gift debt export import"
)
_OFFICES = vocabulary(
    "president minister official government governor senator police army troop force authority leader ambassador "
    "delegation spokesman spokeswoman rebel militant fighter administration parliament lawmaker regime "
    "people king queen premier chancellor ministry embassy citizen envoy ruler dictator"
)
_TO_ACTORS = frozenset({"to", "from", "on", "for", "toward", "towards", "about"})
_LOCATING = vocabulary(
    "in at near outside inside around across along throughout through off over into onto toward towards within via"
)
_SIDES = frozenset({"with", "against", "between", "among", "versus", "v", "vs"})
# What a place possesses that is a place itself, or lies in one.
_PARTS = vocabulary(
    "enclave stronghold siege city capital town village port coast coastline border frontier north south east west "
    "center centre suburb "
    "outskirt province region district area street square airport island mountain valley desert river lake state "
    "county countryside territory interior heart hub neighbourhood neighborhood quarter corner hospital stadium "
    "edge side shore waterfront university museum cathedral mosque church highway road park beach embassy hotel "
    "downtown highland lowland heartland hinterland wilderness slum metropolis peninsula harbour harbor"
)


def is_actor(tree: Tree, first: int, last: int, entry: Entry | None, gazetteer: Gazetteer) -> bool:
    """Whether tokens first to last (included) act rather than lie somewhere."""
    head = _head(tree, first, last)
    seat = entry is not None and (
        entry.kind in {"country", "region"} or (entry.kind == "city" and fold(entry.name) in gazetteer.capitals)
    )
    head = _first_of_list(tree, head)
    dep = tree.deps[head]
    above = tree.heads[head]
    if dep in {"nsubj", "csubj"}:
        lemma = tree.lemmas[above]
        willing = tree.child(above, "acomp")
        if lemma == "be" and willing is not None and tree.child(willing, "xcomp") is not None:
            return seat  # "is willing to", "is ready to"
        return lemma in _SPEECH or (seat and lemma not in _OF_PLACES)
    if not seat:
        return False
    if dep == "nsubjpass":
        return tree.lemmas[above] in _SPEECH or tree.child(above, "xcomp") is not None  # "is set to leave"
    if dep == "poss":
        return tree.lemmas[above] not in _PARTS
    if dep in {"dobj", "dative", "obj"}:
        return tree.lemmas[above] in _SPEECH or tree.lemmas[above] in _AFFECT
    if dep == "pobj":
        if tree.lowers[above] == "by":
            return True
        if tree.lowers[above] == "of":
            return tree.lemmas[tree.heads[above]] in _OFFICES
        return tree.lowers[above] in _SIDES or (tree.lowers[above] in _TO_ACTORS and _is_dealing(tree, above))
    if dep not in {"compound", "amod", "nmod", "npadvmod"}:
        return False
    if entry is not None and entry.kind == "country":
        # "US marines" are of the country, not in it.
        return tree.lemmas[above] not in _PARTS
    return tree.lemmas[above] in _OFFICES


def is_location(tree: Tree, first: int, last: int) -> bool:
    """Whether something is in, at, near it."""
    head = _head(tree, first, last)
    head = _first_of_list(tree, head)
    above = tree.heads[head]
    if tree.deps[head] == "pobj" and tree.lowers[above] == "of":
        return tree.lemmas[tree.heads[above]] in _PARTS
    return tree.deps[head] == "pobj" and tree.lowers[above] in _LOCATING


def _is_dealing(tree: Tree, preposition: int) -> bool:
    """As in "aid to Mali", "issued an ultimatum to Damascus"."""
    head = tree.heads[preposition]
    if tree.lemmas[head] in _DEALINGS:
        return True
    thing = tree.child(head, "dobj", "nsubjpass")
    return thing is not None and tree.lemmas[thing] in _DEALINGS


def _first_of_list(tree: Tree, token: int) -> int:
    """What a conjunct or apposition stands for in the sentence."""
    for _ in range(_LONGEST_LIST):
        if tree.deps[token] not in {"conj", "appos"} or tree.heads[token] == token:
            break
        token = tree.heads[token]
    return token


def _head(tree: Tree, first: int, last: int) -> int:
    for token in range(last, first - 1, -1):
        if not first <= tree.heads[token] <= last or tree.heads[token] == token:
            return token
    return last
