"""Mentions of one state, government, place, people or organisation joined; names that it lacks.

An organisation that is not known gets its sector and country from its own words ("Kenya Wildlife Service", "Ministry of
Defence"); an acronym joins what it stands for, a short form what it shortens.
"""

from __future__ import annotations

import re

from services.enrich.nlp.actors.drafts import Draft, Reading, Span, add_span
from services.enrich.nlp.actors.entries import Name, Noun, Sort
from services.enrich.nlp.actors.nouns import noun_start
from services.enrich.nlp.actors.phrases import Facts, read_facts

_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z]{1,6}s?")
GOVERNING = frozenset({"government", "regime", "administration"})
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "du", "la", "&", "-"})
_LINKS = frozenset({"of", "for", "on", "in", "and"})
_CALLED: dict[str, tuple[str, ...]] = {
    "BUS": ("company", "firm", "corporation", "group", "business"),
    "JRN": ("newspaper", "agency", "broadcaster", "channel", "station", "paper", "website"),
    "REB": ("group", "movement", "organization", "organisation", "militia", "insurgents", "militants"),
    "PRM": ("group", "militia", "organization", "organisation"),
    "UAF": ("group", "organization", "organisation"),
    "CRM": ("gang", "cartel", "group", "organization", "organisation"),
    "PTY": ("party",), "OPP": ("party", "group", "coalition"), "LAB": ("union",), "JUD": ("court", "tribunal"),
    "SOC": ("group", "organization", "organisation"), "EDU": ("university", "school", "college"),
    "MED": ("hospital", "clinic"), "LEG": ("parliament", "legislature", "assembly", "house"),
    "SPY": ("agency", "service"), "COP": ("force", "agency", "police"), "MIL": ("army", "military", "force"),
}  # fmt: skip
_OTHERWISE = ("organization", "organisation", "group", "agency", "body", "institution", "bloc", "alliance", "union")


def government_of(reading: Reading, country: str, noun: Noun) -> Draft:
    """The government of a state, whatever it is called."""
    named = Name(f"Government of {reading.lexicon.states.get(country, country)}", Sort.GOVERNMENT, country)
    draft, _ = reading.draft(named.key, "", {"state"})
    draft.country, draft.sectors, draft.public, draft.known_as = country, draft.sectors or ["GOV"], True, named.name
    draft.nouns |= {"government", noun.noun}
    return draft


def read_known(reading: Reading, span: Span, entry: Name) -> None:
    """Give a name of the lexicon its draft."""
    if entry.sort in (Sort.ONE, Sort.DEMONYM):
        draft, _ = reading.draft(None, entry.name, {"person"})
        draft.country = entry.country
        draft.nouns |= {"man", "woman"}
    else:
        draft, new = reading.draft(entry.key, "", set(entry.kinds))
        if new:
            draft.country, draft.realm = entry.country, entry.realm
            draft.sectors = list(entry.sectors_on(reading.day))
            draft.known_as = entry.name
            draft.place = entry.sort is Sort.PLACE
            draft.public, draft.seat = not draft.place, draft.place and entry.city
            draft.plural = entry.sort is Sort.PEOPLE
            _call(draft, entry.sort)
            if entry.sort is Sort.BODY:
                _call_by_name(reading, draft, entry.name)
        _name(reading, span, draft)
    if entry.sort is Sort.PEOPLE and _is_ethnic(reading, span):
        draft.country = None
    span.draft = draft


def read_unknown(reading: Reading, span: Span) -> None:
    """Give an organisation or a people that the lexicon lacks its draft; other names get none."""
    if span.label == "NORP":
        span.draft, _ = reading.draft(("people", reading.tree.cut(span.first, span.last - 1)), "", {"group"})
        span.draft.public = span.draft.plural = True
        _name(reading, span, span.draft)
    elif span.label == "ORG":
        _read_organisation(reading, span)


def _read_organisation(reading: Reading, span: Span) -> None:
    tree = reading.tree
    text = tree.cut(span.first, span.last - 1)
    key = text.lower()
    token, noun = _head_noun(reading, span)
    facts = read_facts(reading, token, noun, span.first) if noun is not None else Facts()
    country = facts.country or _country_within(span)
    if noun is not None and noun.noun in GOVERNING and country and text.startswith(("Government of", "Federal Govern")):
        draft: Draft | None = government_of(reading, country, noun)
    else:
        draft = reading.by_key.get(("org", key, country or "")) or _joined(reading, span, text, country)
    if draft is None:
        draft, _ = reading.draft(("org", key, country or ""), "", {"org"})
        draft.public = noun is None or not noun.private
        draft.country = country
        draft.owner = facts.owner
        if noun is not None:
            draft.kinds |= noun.kinds - {"person", "civilian", "state"}
            draft.sectors = facts.sectors(noun)
            draft.nouns |= {noun.noun, noun.head}
        for part in span.within:
            if part.sort is Sort.BODY and not draft.sectors:
                draft.sectors = list(part.sectors_on(reading.day))
                draft.country = draft.country or part.country
                draft.realm = draft.realm or part.realm
        _call(draft, Sort.BODY)
    reading.by_key.setdefault(("org", key), draft)
    span.draft, span.noun = draft, noun
    for inside in range(span.first, span.last):
        reading.nouns.pop(inside, None)
    _name(reading, span, draft)


def _country_within(span: Span) -> str | None:
    countries = {part.country for part in span.within if part.sort is not Sort.BODY}
    return countries.pop() if len(countries) == 1 else None


def _head_noun(reading: Reading, span: Span) -> tuple[int, Noun | None]:
    """The noun that says what an organisation is: its last word, or the one before "of"."""
    tree = reading.tree
    tokens = [span.last - 1]
    tokens += [token - 1 for token in range(span.first + 1, span.last) if tree.lowers[token] in _LINKS]
    for token in tokens:
        noun = reading.nouns.get(token)
        if noun is not None and noun_start(reading, token, noun) >= span.first - 1 and noun.kinds & {"org", "group"}:
            return token, noun
    return span.last - 1, None


def _joined(reading: Reading, span: Span, text: str, country: str | None) -> Draft | None:
    """An organisation of the article that this is another name of."""
    before = reading.by_key.get(("org", text.lower()))
    if before is not None and (country is None or before.country in (None, country)):
        before.country = before.country or country
        return before
    tree = reading.tree
    if tree.lowers[span.first - 1] == "(" and span.first >= 2 and _ACRONYM.fullmatch(text):
        spelt = reading.span_at.get(span.first - 2)
        if spelt is not None and spelt.draft is not None and "org" in spelt.draft.kinds:
            return spelt.draft
    return reading.by_key.get(("acronym", text)) or reading.by_key.get(("short", text.lower()))


def _name(reading: Reading, span: Span, draft: Draft) -> None:
    """Note a name of a draft, and by which shorter names it may be called later."""
    tree = reading.tree
    text = tree.cut(span.first, span.last - 1)
    if len(text) <= len(draft.name):
        return
    draft.name = text
    if "org" not in draft.kinds:
        return
    words = [tree.words[token] for token in range(span.first, span.last)]
    letters = "".join(word[0] for word in words if word.lower() not in _SMALL_WORDS).upper()
    if len(letters) > 1:
        reading.by_key.setdefault(("acronym", letters), draft)
    if len(words) > 1 and words[0].lower() not in reading.lexicon.modifiers:
        for last in range(1, min(len(words), 4)):
            short = tree.cut(span.first, span.first + last - 1).lower()
            if reading.lexicon.names.get(tree.words[span.first]) is None and short not in reading.lexicon.nouns:
                reading.by_key.setdefault(("short", short), draft)


def find_acronyms(reading: Reading) -> None:
    """Join acronyms that the text explains and the model took for no names: "the Dockers' Union (DU)", "DU said"."""
    tree = reading.tree
    for span in reading.spans:
        if span.draft is not None and "org" in span.draft.kinds and span.last + 2 < len(tree):
            short = tree.words[span.last + 1]
            if tree.words[span.last] == "(" and tree.words[span.last + 2] == ")" and _ACRONYM.fullmatch(short):
                reading.by_key.setdefault(("acronym", short), span.draft)
    added = False
    for token in reading.capitals:
        draft = reading.by_key.get(("acronym", tree.words[token]))
        if draft is not None and token not in reading.span_at and tree.pos[token] in ("PROPN", "NOUN"):
            add_span(reading, Span(token, token + 1, token, "ORG", draft=draft))
            reading.at[token] = draft
            draft.mentions.append((token, token + 1))
            reading.nouns.pop(token, None)
            added = True
    if added:
        reading.spans.sort(key=lambda span: span.first)


def _call(draft: Draft, sort: Sort) -> None:
    """By which nouns it may be meant: "the company", "the country"."""
    if sort is Sort.STATE:
        draft.nouns |= {"country", "nation", "state", "republic"}
    elif sort is Sort.GOVERNMENT:
        draft.nouns |= {"government"}
    elif sort is Sort.BODY:
        for sector in draft.sectors:
            draft.nouns.update(_CALLED.get(sector, ()))
        if not draft.sectors:
            draft.nouns.update(_OTHERWISE)


def _call_by_name(reading: Reading, draft: Draft, name: str) -> None:
    """By the noun that its name ends with: the Chilean Navy is "the Navy"."""
    words = name.lower().split()
    if words[-1] in reading.lexicon.bare_nouns:
        draft.nouns.add(words[-1])
    if len(words) > 1 and (words[-2], words[-1]) in reading.lexicon.long_nouns:
        draft.nouns.add(f"{words[-2]} {words[-1]}")


def _is_ethnic(reading: Reading, span: Span) -> bool:
    return span.first > 0 and reading.tree.lowers[span.first - 1] in ("ethnic", "-")
