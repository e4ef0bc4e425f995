"""Whose police, whose protesters: the country of an actor whose own phrase does not name it, from where the text is.

A sentence that places what it tells in one country says whose the police and the marchers there are; a text that is on
one country says whose the government and the president are. Where two countries compete, nobody gets one; nor do those
who go from country to country, as envoys, reporters and aid workers do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.enrich.nlp.actors.drafts import Draft, Reading
from services.enrich.nlp.actors.entries import Name
from services.enrich.nlp.syntax.tree import VERBAL

Located = tuple[int, str]
"""Where a place stands in the text, and its country (alpha-3)."""

_LOCAL = frozenset("COP JUD CVL LAB AGR EDU MED REL".split())
_NATIONAL = frozenset("GOV LEG MIL SPY PTY OPP ELI".split())
_ROVING = frozenset("REB PRM UAF CRM".split())
_LOCAL_NOUNS = frozenset(
    "mayor governor prefect deputy councillor councilor alderman sheriff municipality council commissioner".split()
)
_TRAVELLERS = frozenset(
    "envoy ambassador diplomat delegation delegate negotiator mediator observer monitor peacekeeper emissary"
    " embassy consulate mission consul attache attaché rapporteur representative interlocutor arbitrator facilitator"
    " chairman coalition alliance bloc community body organization organisation expert analyst scientist researcher"
    " academic professor scholar tourist foreigner immigrant migrant pope cardinal pontiff neighbour neighbor ally"
    " counterpart colleague superpower historian missionary secretary-general contingent".split()
)
_ELSEWHERE = frozenset(
    "foreign international western european african asian arab latin gulf nordic baltic balkan un u.n. eu nato allied"
    " multinational regional world global overseas neighbouring neighboring visiting migrant expatriate exiled other"
    " coalition".split()
)
_ANYWHERE = frozenset({"JRN", "BUS"})
_OFFICES = frozenset("minister ministry secretary office affairs ministers policy relations".split())
_OWN = frozenset("LEG JUD MIL COP PTY OPP LAB REL CVL".split())
_AT_HOME = frozenset("jail arrest detain imprison sentence sack dismiss dissolve silence disband outlaw".split())
"""What a state does to its own."""
_SHARE = 0.8  # of the mentions of countries that are of one, where a text of several is on it
_SHARE_OF_LEAD = 0.6  # where the first sentence names no other
_SHARE_OF_FILED = 0.5  # of those of the country that has most, where the text was filed there
_TOWARDS = frozenset("to into towards toward from for via off".split())
_WITHIN = frozenset({"in", "at", "near", "across", "inside", "throughout"})
_MOST = 6  # mentions that are looked at
_BELONGING = frozenset({"of", "from", "in"})


@dataclass(slots=True)
class _Evidence:
    """What a text says of countries, by sentence; `local` has the token and country of each place."""

    named: dict[int, set[str]] = field(default_factory=dict)
    local: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    sentences: Counter[str] = field(default_factory=Counter)
    """In how many sentences a country is named."""
    counts: Counter[str] = field(default_factory=Counter)
    filed: str | None = None
    home: str | None = None
    armed: bool = False
    """Whether soldiers of some country are in the text."""


def give_homes(reading: Reading, located: Sequence[Located] = (), filed: str | None = None) -> None:
    """Fill the country of actors that have none, where it is sure.

    located: the places of the text. filed: the place of its dateline, as written.
    """
    homeless = [draft for draft in reading.drafts if draft.mentions and draft.country_of() is None]
    homeless = [draft for draft in homeless if _has_home(reading, draft)]
    if homeless:
        evidence = _gather(reading, located, filed)
        for draft in homeless:
            country = _country(reading, draft, evidence)
            draft.country = None if country and _is_other_side(reading, draft, country, evidence) else country
            draft.placed = draft.country is not None


def _gather(reading: Reading, located: Sequence[Located], filed: str | None) -> _Evidence:
    tree, found = reading.tree, _Evidence()
    for part in reversed((filed or "").split(",")):
        entry = reading.lexicon.names.get(part.strip())
        if isinstance(entry, Name) and entry.country:
            found.filed = entry.country
            found.counts[entry.country] += 1
            break
    for draft in reading.drafts:
        country = draft.country_of()
        found.armed |= country is not None and "MIL" in draft.sectors
        # A paper that is told, or a firm, does not say where something is.
        if country and not (draft.sectors and draft.sectors[0] in _ANYWHERE):
            for first, _ in draft.mentions:
                found.named.setdefault(tree.sentence[first], set()).add(country)
                found.counts[country] += 1
    for token, entry in reading.demonyms.items():
        if entry.country:
            found.named.setdefault(tree.sentence[token], set()).add(entry.country)
            found.counts[entry.country] += 1
    for start, country in located:
        found.counts[country] += 1
        token = bisect_left(tree.starts, start)
        if token < len(tree):
            found.local.setdefault(tree.sentence[token], []).append((token, country))
    found.sentences = Counter(country for named in found.named.values() for country in named)
    found.home = _home(found)
    return found


def _home(found: _Evidence) -> str | None:
    """The country that a text is on."""
    if not found.counts:
        return None
    country, most = found.counts.most_common(1)[0]
    if found.filed is not None and found.counts[found.filed] >= _SHARE_OF_FILED * most:
        return found.filed
    share = _SHARE_OF_LEAD if found.named.get(0) == {country} else _SHARE
    return country if most >= share * found.counts.total() else None


def _has_home(reading: Reading, draft: Draft) -> bool:
    """Whether an actor is of one country by its kind, and its phrase speaks of no other."""
    if draft.known_as is not None or not draft.sectors or draft.nouns & _TRAVELLERS:
        return False
    if draft.sectors[0] not in _LOCAL | _NATIONAL | _ROVING:
        return False
    if "person" in draft.kinds and not draft.plural and not (draft.role or draft.nouns):
        return False
    owner = draft.owner
    while owner is not None:
        if owner.known_as is not None:
            return False  # a spokesman of the United Nations
        owner = owner.owner
    return not any(_is_foreign(reading, draft, first, last) for first, last in draft.mentions[:_MOST])


def _is_foreign(reading: Reading, draft: Draft, first: int, last: int) -> bool:
    """Whether a mention says that an actor is of somewhere, though not of which one country."""
    tree = reading.tree
    for token in range(first, last):
        if tree.lowers[token] in _ELSEWHERE and not (token + 1 < last and tree.lowers[token + 1] in _OFFICES):
            return True
    head = last - 1
    for child in tree.children[head]:
        other = reading.at.get(child)
        if tree.deps[child] == "poss" and tree.pos[child] in ("PROPN", "PRON") and other is None:
            return True  # "the North's officials", "their leader"
        if child > head and tree.lowers[child] in _BELONGING:
            target = tree.child(child, "pobj")
            other = reading.at.get(target) if target is not None else None
            if target is not None and (other is None and tree.pos[target] == "PROPN" and tree.lowers[child] == "of"):
                return True
            if other is not None and other is not draft and not other.country_of():
                return other.known_as is not None or "state" in other.kinds
    return False


def _country(reading: Reading, draft: Draft, evidence: _Evidence) -> str | None:
    tree = reading.tree
    first, last = draft.mentions[0]
    sentence = tree.sentence[first]
    places = evidence.local.get(sentence, [])
    sector, home = draft.sectors[0], evidence.home
    clause = _verb(reading, last - 1)
    here = {
        country
        for token, country in places
        if first <= token < last
        or (
            tree.lowers[token - 1] not in _TOWARDS
            and _verb(reading, token) == clause
            and (home in (None, country) or evidence.counts[country] > 1)
        )
    }
    both = {country for _, country in places} | evidence.named.get(sentence, set())
    if len(here) == 1 and (sector in _LOCAL or draft.nouns & _LOCAL_NOUNS or here >= both):
        return next(iter(here))
    if sector in _ROVING:
        # An army's rebels may be another country's.
        alone = sector == "REB" and len(evidence.counts) == 1 and not evidence.armed
        return home if home is not None and (alone or here == {home}) else None
    if home is not None:
        return home
    if len(both) > 1:
        return _of_subject(reading, last - 1) or _of_seat(reading, draft, sentence)
    return next(iter(both)) if len(both) == 1 and (sentence == 0 or both == set(evidence.counts)) else None


def _is_other_side(reading: Reading, draft: Draft, country: str, evidence: _Evidence) -> bool:
    """Whether all that names the country is who the actor deals with: in "the army attacked Iran" it is not Iran's."""
    tree = reading.tree
    first, last = draft.mentions[0]
    sentence, token = tree.sentence[first], last - 1
    if any(at == country for _, at in evidence.local.get(sentence, ())):
        return False
    here = country in evidence.named.get(sentence, ())
    if evidence.filed == country or evidence.sentences[country] > here:
        return False
    if draft.sectors[0] not in _NATIONAL:
        return False
    verb = _verb(reading, token)
    for child in tree.children[verb]:
        preposition = tree.deps[child] in ("prep", "agent", "dative") and tree.lowers[child] not in _WITHIN
        argument = tree.child(child, "pobj") if preposition else child
        other = reading.at.get(argument) if argument is not None else None
        if other is None or other is draft or other.placed or other.country_of() != country:
            continue
        # "Benin's army jailed the king": an office is of the country whose army or court acts on it.
        own = tree.deps[child] == "nsubj" and (
            (bool(other.sectors) and other.sectors[0] in _OWN) or tree.lemmas[verb] in _AT_HOME
        )
        if not own:
            return True
    return False


def _of_subject(reading: Reading, token: int) -> str | None:
    """The country of the parliament, court or army that does something to an office: "Benin's army jailed the king"."""
    tree = reading.tree
    verb = _verb(reading, token)
    subject = tree.child(verb, "nsubj") if tree.heads[token] == verb else None
    actor = reading.at.get(subject) if subject is not None and subject != token else None
    if actor is None or not actor.sectors or actor.sectors[0] not in _OWN:
        return None
    return actor.country_of()


def _of_seat(reading: Reading, draft: Draft, sentence: int) -> str | None:
    """The country of the one capital in a sentence with "the government": "flew to Lima, where the government"."""
    if "government" not in draft.nouns:
        return None
    seats = {
        other.country
        for other in reading.drafts
        if other.seat and any(reading.tree.sentence[first] == sentence for first, _ in other.mentions)
    }
    return seats.pop() if len(seats) == 1 else None


def _verb(reading: Reading, token: int) -> int:
    """The verb that a word stands under, or the root of its sentence."""
    tree = reading.tree
    for above in tree.ancestors(token):
        token = above
        if tree.pos[above] in VERBAL:
            break
    return token
