"""The actors of an article: names, role nouns and pronouns, joined to one record for each actor.

A pure function of the parsed text, the date of the article and the lexicon.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.enrich.nlp.actors.adjectives import read_adjectives
from services.enrich.nlp.actors.anaphora import Memory
from services.enrich.nlp.actors.answers import Actors
from services.enrich.nlp.actors.attachments import attach, attach_leaders
from services.enrich.nlp.actors.bodies import GOVERNING, find_acronyms, government_of, read_known, read_unknown
from services.enrich.nlp.actors.drafts import Draft, Reading
from services.enrich.nlp.actors.entries import Noun
from services.enrich.nlp.actors.headlines import find_headlines, sift_names
from services.enrich.nlp.actors.home import Located, give_homes
from services.enrich.nlp.actors.lexicon import ActorLexicon
from services.enrich.nlp.actors.mentions import FIRST_PERSONS, PRONOUNS
from services.enrich.nlp.actors.names import find_names
from services.enrich.nlp.actors.nouns import find_nouns, is_plural, noun_start
from services.enrich.nlp.actors.people import find_people
from services.enrich.nlp.actors.phrases import Facts, read_facts
from services.enrich.nlp.actors.seats import seat_or_city
from services.enrich.nlp.syntax.tree import Tree

_PARTITIVES = frozenset(
    "dozen hundred thousand million score number majority handful some many most all couple pair several lot both none "
    "one two three four five six seven eight nine ten group bunch crowd half part rest series string wave".split()
)

_WE = frozenset({"we", "us", "our"})
_ANY = frozenset({"a", "an", "another", "any", "some", "each", "every", "no"})
_APART = frozenset(
    "other another second third new next previous first foreign rival different various separate neighbouring"
    " neighboring additional more most many several some each every fellow future late incoming outgoing".split()
)


def find_actors(
    tree: Tree,
    published: datetime | None,
    lexicon: ActorLexicon,
    located: Sequence[Located] = (),
    filed: str | None = None,
) -> Actors:
    """Find all actors of a text.

    published: decides who held which office. located, filed: its places, and that of its dateline, as home.py has them.
    """
    reading = Reading(tree, lexicon, published.date() if published else None)
    find_headlines(reading)
    find_names(reading)
    sift_names(reading)
    find_people(reading)
    find_nouns(reading)
    _read_names(reading)
    find_acronyms(reading)
    _read_in_order(reading)
    attach_leaders(reading)
    read_adjectives(reading)
    _read_partitives(reading)
    give_homes(reading, located, filed)
    return Actors(reading)


def _read_names(reading: Reading) -> None:
    for span in reading.spans:
        if span.entry is not None and span.entry.city:
            span.entry = seat_or_city(reading, span, span.entry)
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
                _mention(reading, token, draft)
    _read_first_persons(reading, memory)


def _read_first_persons(reading: Reading, memory: Memory) -> None:
    """Find who says "I" and "we" in a quotation, also where his name comes after it."""
    lowers = reading.tree.lowers
    for token in [token for token, lower in enumerate(lowers) if lower in FIRST_PERSONS]:
        if token not in reading.at:
            draft, lower = memory.speaker(token), lowers[token]
            if draft is not None and (lower in _WE or "person" in draft.kinds) and (lower not in _WE or draft.public):
                _mention(reading, token, draft)


def _mention(reading: Reading, token: int, draft: Draft) -> None:
    reading.at[token] = draft
    draft.mentions.append((token, token + 1))


def _read_noun(reading: Reading, memory: Memory, token: int, noun: Noun) -> None:
    tree = reading.tree
    if attach(reading, token, noun):
        told = reading.at.get(token)
        if told is not None:
            memory.note(token, told)
        return
    head = tree.heads[token]
    same = _predicated(reading, token, noun)
    if same is not None:
        same.nouns |= {noun.noun, noun.head}
        start = noun_start(reading, token, noun)
        reading.at[token] = same
        same.mentions.append((_edge(reading, min(reading.left_edge(token), start), start), token + 1))
        return
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


def _predicated(reading: Reading, token: int, noun: Noun) -> Draft | None:
    """Whom a pronoun means that a role noun tells of: "he is the first minister to resign"."""
    tree = reading.tree
    verb = tree.heads[token]
    if tree.deps[token] != "attr" or tree.lemmas[verb] != "be" or tree.child(verb, "neg") is not None:
        return None
    subject = tree.child(verb, "nsubj")
    if subject is None or tree.pos[subject] != "PRON" or "person" not in noun.kinds or is_plural(tree, token, noun):
        return None
    draft = reading.at.get(subject)
    return draft if draft is not None and "person" in draft.kinds and not draft.plural else None


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
    article = tree.child(token, "det")
    determiner = tree.lowers[article] if article is not None and article < token else ""
    counted = tree.child(token, "nummod") is not None
    definite = determiner in ("the", "this", "that", "these", "those") or (not determiner and "org" in noun.kinds)
    apart = _is_another(reading, token)
    bare = not facts.countries and owner is None and not facts.modifiers and not facts.former and not apart
    alone = False
    if definite and not counted and (bare or (country and _is_office(noun, facts, apart=apart, plural=plural))):
        called = memory.called(token, noun, plural=plural, country=country)
        if called is not None:
            return called
        alone = memory.several(noun, plural=plural) and not ("civilian" in noun.kinds and plural)
    kinds = set(noun.kinds)
    if plural:
        kinds.add("group")
    if noun.weak and "person" in kinds and owner is not None and "force" in owner.kinds:
        kinds.add("force")
    if noun.head in GOVERNING and country and not facts.modifiers and owner is None:
        return government_of(reading, country, noun)
    key = None
    if not counted and not apart and not alone and determiner not in _ANY and (plural or not noun.private):
        many = str(plural or tree.tags[token] in ("NNS", "NNPS"))
        key = ("noun", noun.noun, country or "", str(id(owner)) if owner else "", " ".join(sectors), many)
    draft, new = reading.draft(key, "", kinds)
    if new:
        draft.country, draft.owner, draft.sectors, draft.plural = country, owner, sectors, plural
        draft.public = not noun.private or (noun.weak and owner is not None and owner.public)
        draft.gender = noun.gender
        draft.nouns |= {noun.noun, noun.head}
        if "person" in kinds and not plural and not noun.private:
            draft.role = tree.cut(_edge(reading, reading.left_edge(token), noun_start(reading, token, noun)), token)
        same = reading.by_noun[noun.noun, plural]
        if len(same) < 2:  # of two, neither is meant
            same.append(draft)
    return draft


def _is_another(reading: Reading, token: int) -> bool:
    """Whether a role noun's phrase tells it from others of that role: "the other judge", "his troops"."""
    tree = reading.tree
    return any(
        tree.lowers[child] in _APART or (tree.deps[child] == "poss" and tree.pos[child] == "PRON"
                                         and child not in reading.at)
        for child in tree.children[token]
        if child < token
    )  # fmt: skip


def _is_office(noun: Noun, facts: Facts, *, apart: bool, plural: bool) -> bool:
    """Whether a role noun with a country means who holds that office: "the Kenyan president"."""
    plain = not apart and not plural and facts.owner is None and not facts.modifiers and not facts.former
    return plain and "person" in noun.kinds and "GOV" in noun.sectors and not noun.private


def _read_partitives(reading: Reading) -> None:
    """What counts denotes what is counted: "dozens of protesters", "two of the soldiers"."""
    tree = reading.tree
    for token in [token for token, lemma in enumerate(tree.lemmas) if lemma in _PARTITIVES]:
        if token not in reading.at:
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


__all__ = ["Actors", "find_actors"]
