"""The actors of an article: names, role nouns and pronouns, joined to one record for each actor.

A pure function of the parsed text, the date of the article and the lexicon.
"""

from __future__ import annotations

from datetime import datetime

from schemas.events import Actor, ActorKind, TextSpan
from services.enrich.nlp.actors.anaphora import PRONOUNS, Memory
from services.enrich.nlp.actors.attachments import attach, attach_leaders
from services.enrich.nlp.actors.behind import Behind
from services.enrich.nlp.actors.bodies import read_known, read_unknown
from services.enrich.nlp.actors.drafts import MODIFIERS, Draft, Reading, Span
from services.enrich.nlp.actors.entries import NO_KINDS, Name, Noun, Sort
from services.enrich.nlp.actors.lexicon import ActorLexicon
from services.enrich.nlp.actors.names import find_names
from services.enrich.nlp.actors.nouns import find_nouns, is_plural, noun_start
from services.enrich.nlp.actors.people import find_people
from services.enrich.nlp.actors.phrases import read_facts
from services.enrich.nlp.tree import Tree

_GOVERNING = frozenset({"government", "regime", "administration"})
_PARTITIVES = frozenset(
    "dozen hundred thousand million score number majority handful some many most all couple pair several lot both none "
    "one two three four five six seven eight nine ten group bunch crowd half part rest series string wave".split()
)
_SPEAKING = frozenset(
    "say announce deny accuse warn condemn urge demand agree sign call reject impose expel recall declare vow pledge "
    "refuse propose insist denounce criticise criticize approve ban threaten offer recognise recognize ask tell".split()
)


class Actors:
    """The actors of one article; see the methods for what can be asked."""

    def __init__(self, reading: Reading) -> None:
        self._tree = reading.tree
        drafts = [draft for draft in reading.drafts if draft.mentions]
        for draft in drafts:
            draft.mentions.sort()
        drafts.sort(key=lambda draft: draft.mentions[0])
        self._ids = {id(draft): f"a{number}" for number, draft in enumerate(drafts)}
        self._drafts = {self._ids[id(draft)]: draft for draft in drafts}
        self._at = {token: self._ids[id(draft)] for token, draft in reading.at.items() if id(draft) in self._ids}
        adjectival = {token: self._ids[id(draft)] for token, draft in reading.adjectival.items()}
        self._kinds = {name: frozenset(draft.kinds) for name, draft in self._drafts.items()}
        self._behind = Behind(self._tree, self._at, adjectival)
        self.records = tuple(_record(self._tree, self._ids[id(draft)], draft) for draft in drafts)

    def at(self, token: int) -> str | None:
        """Id of the actor that the noun phrase headed by this token itself denotes."""
        return self._at.get(token)

    def behind(self, token: int) -> tuple[int, str] | None:
        """Token and id of the actor itself, or of the one behind an act, document, body part, thing or place."""
        return self._behind.find(token)

    def kinds(self, token: int) -> frozenset[str]:
        """Kinds of `at(token)`, all that apply; empty where there is no actor."""
        actor = self._at.get(token)
        return NO_KINDS if actor is None else self._kinds[actor]

    def entity_actor(self, entity: int) -> str | None:
        """Id of the actor of ``tree.entities[entity]``."""
        _, first, last = self._tree.entities[entity]
        for token in range(last - 1, first - 1, -1):
            if token in self._at:
                return self._at[token]
        return None

    def is_public(self, actor_id: str) -> bool:
        """Whether it is an actor of public life."""
        return self._drafts[actor_id].public


def find_actors(tree: Tree, published: datetime | None, lexicon: ActorLexicon) -> Actors:
    """Find all actors of a text; `published` decides who held which office."""
    reading = Reading(tree, lexicon, published.date() if published else None)
    find_names(reading)
    find_people(reading)
    find_nouns(reading)
    _read_names(reading)
    _read_in_order(reading)
    attach_leaders(reading)
    _read_adjectives(reading)
    _read_partitives(reading)
    return Actors(reading)


def _read_names(reading: Reading) -> None:
    for span in reading.spans:
        if span.draft is None and span.entry is not None:
            read_known(reading, span, span.entry)
        elif span.draft is None:
            read_unknown(reading, span)
        draft = span.draft
        if draft is None:
            continue
        draft.mentions.append((span.first, span.last))
        for token in range(span.first, span.last):
            reading.at[token] = draft
        if "state" in draft.kinds and not draft.sectors and _acts(reading.tree, span.head):
            draft.sectors.append("GOV")


def _acts(tree: Tree, token: int) -> bool:
    """Whether a state acts as a government does."""
    return tree.deps[token] == "nsubj" and tree.lemmas[tree.heads[token]] in _SPEAKING


def _read_in_order(reading: Reading) -> None:
    """Role nouns and pronouns, each with the mentions before it in memory."""
    tree, memory = reading.tree, Memory(reading)
    heads = {span.head: span for span in reading.spans if span.draft is not None}
    pronouns = {token for token, lower in enumerate(tree.lowers) if lower in PRONOUNS}
    for token in sorted({*heads, *reading.nouns, *pronouns}):
        span = heads.get(token)
        if span is not None and span.draft is not None:
            memory.note(token, span.draft)
        elif token in reading.nouns:
            _read_noun(reading, memory, token, reading.nouns[token])
        elif token in pronouns:
            draft = memory.pronoun(token)
            if draft is not None:
                reading.at[token] = draft
                draft.mentions.append((token, token + 1))


def _read_noun(reading: Reading, memory: Memory, token: int, noun: Noun) -> None:
    tree = reading.tree
    if attach(reading, token, noun):
        memory.note(token, reading.at.get(token) or reading.span_at[token + 1].draft or Draft("", set()))
        return
    head = tree.heads[token]
    also = None
    if tree.deps[token] in ("compound", "nmod", "amod") and head > token:
        if head in reading.nouns or head in reading.span_at:
            return  # a part of another role noun, which reads it
        also = head
    if noun.head in _PARTITIVES and _counted(reading, token) is not None:
        return
    draft = _denoted(reading, memory, token, noun, also)
    start = noun_start(reading, token, noun)
    for at in range(start, token + 1):
        reading.at[at] = draft
    edge = _edge(reading, start if also is not None else min(reading.left_edge(token), start), start)
    draft.mentions.append((edge, token + 1))
    text = tree.cut(edge, token)
    if len(text) > len(draft.name) and draft.known_as is None and not draft.told:
        draft.name = text
    memory.note(token, draft)


def _edge(reading: Reading, edge: int, start: int) -> int:
    """The first word of a role noun's phrase that is no article, number or possessor."""
    tree = reading.tree
    while edge < start and (tree.pos[edge] in ("DET", "PUNCT", "PART", "PRON", "SPACE") or tree.deps[edge] == "det"):
        edge += 1
    return edge


def _denoted(reading: Reading, memory: Memory, token: int, noun: Noun, also: int | None) -> Draft:
    """The actor that a role noun denotes: one of the article, or a new one."""
    tree = reading.tree
    plural = is_plural(tree, token, noun)
    facts = read_facts(reading, token, noun, noun_start(reading, token, noun), also=also)
    sectors = facts.sectors(noun)
    country, owner = facts.country, None if facts.countries else facts.owner
    determiner = next((tree.lowers[c] for c in tree.children[token] if tree.deps[c] == "det" and c < token), "")
    counted = tree.child(token, "nummod") is not None
    definite = determiner in ("the", "this", "that", "these", "those") or (not determiner and "org" in noun.kinds)
    bare = not facts.countries and owner is None and not facts.modifiers and not facts.former
    if bare and definite and not counted:
        called = memory.called(token, noun, plural=plural)
        if called is not None:
            return called
    kinds = set(noun.kinds)
    if plural:
        kinds.add("group")
    if noun.weak and "person" in kinds and owner is not None and "force" in owner.kinds:
        kinds.add("force")
    if noun.head in _GOVERNING and country and not facts.modifiers and owner is None:
        named = Name(f"Government of {reading.lexicon.states.get(country, country)}", Sort.GOVERNMENT, country)
        draft, new = reading.draft(named.key, "", {"state"})
        draft.country, draft.sectors, draft.public, draft.known_as = country, draft.sectors or ["GOV"], True, named.name
        draft.nouns |= {"government", noun.noun}
        return draft
    key = None
    if not counted and determiner not in ("a", "an", "another") and (plural or not noun.private):
        key = ("noun", noun.noun, country or "", str(id(owner)) if owner else "", " ".join(sectors), str(plural))
    draft, new = reading.draft(key, "", kinds)
    if new:
        draft.country, draft.owner, draft.sectors, draft.plural = country, owner, sectors, plural
        draft.public = not noun.private
        draft.gender = noun.gender
        draft.nouns |= {noun.noun, noun.head}
        if "person" in kinds and not plural and not noun.private:
            draft.role = tree.cut(_edge(reading, reading.left_edge(token), noun_start(reading, token, noun)), token)
        reading.by_noun[noun.noun].append(draft)
    return draft


def _read_adjectives(reading: Reading) -> None:
    """An adjective before what is no actor names its state: "Iranian nuclear sites"."""
    tree = reading.tree
    for token, entry in reading.demonyms.items():
        head = token
        for _ in range(4):
            if tree.deps[head] not in MODIFIERS and tree.deps[head] != "conj":
                break
            head = tree.heads[head]
        if head in reading.at or head == token:
            continue
        sort = Sort.STATE if entry.country in reading.lexicon.states and "state" in entry.kinds else Sort.PEOPLE
        name = reading.lexicon.states[entry.country] if sort is Sort.STATE and entry.country else entry.name
        draft, new = reading.draft(Name(name, sort, entry.country).key, "", set(entry.kinds))
        if new:
            draft.name = draft.known_as = name
            draft.country, draft.public, draft.plural = entry.country, True, sort is Sort.PEOPLE
        first = token - entry.name.count(" ") if False else token
        draft.mentions.append((first, token + 1))
        reading.adjectival[token] = draft


def _read_partitives(reading: Reading) -> None:
    """What counts denotes what is counted: "dozens of protesters", "two of the soldiers"."""
    tree = reading.tree
    for token, lemma in enumerate(tree.lemmas):
        if lemma in _PARTITIVES and token not in reading.at:
            counted = _counted(reading, token)
            if counted is not None and counted in reading.at:
                reading.at[token] = reading.at[counted]


def _counted(reading: Reading, token: int) -> int | None:
    """What stands after "of"."""
    tree = reading.tree
    prep = tree.child(token, "prep")
    if prep is None or tree.lowers[prep] != "of":
        return None
    counted = tree.child(prep, "pobj")
    return counted if counted is not None and (counted in reading.nouns or counted in reading.span_at) else None


def _record(tree: Tree, actor_id: str, draft: Draft) -> Actor:
    country = draft.country_of()
    sectors = tuple(draft.sectors)
    if "person" in draft.kinds and not draft.plural:
        kind = ActorKind.PERSON
    elif "state" in draft.kinds:
        kind = ActorKind.STATE
    elif "org" in draft.kinds:
        kind = ActorKind.ORGANISATION
    else:
        kind = ActorKind.GROUP
    mentions = []
    for first, last in dict.fromkeys(draft.mentions):
        start, end = tree.starts[first], tree.ends[last - 1]
        mentions.append(TextSpan.model_construct(start=start, end=end, text=tree.text[start:end]))
    return Actor.model_construct(
        id=actor_id,
        name=draft.name or mentions[0].text,
        kind=kind,
        country=country,
        sectors=sectors,
        code=f"{country} {sectors[0]}" if country and sectors else country,
        role=draft.role,
        mentions=tuple(mentions),
        known_as=draft.known_as,
    )


__all__ = ["Actors", "Span", "find_actors"]
