"""States and peoples that an adjective names: "Iranian nuclear sites", "Turkish-backed", "Russian and US envoys".

An adjective is a mention of its state where it stands before what is no actor, where several states are joined, and
where a hyphen joins it to a participle. Alone before an actor, which has the country itself, it makes no actor of the
state, but answers with it where the article has it anyway.
"""

from __future__ import annotations

from services.enrich.nlp.actors.bodies import GOVERNING
from services.enrich.nlp.actors.drafts import MODIFIERS, Draft, Reading
from services.enrich.nlp.actors.entries import Name, Sort

_FARTHEST = 4  # words from an adjective to its noun
_TERRITORIES = (Sort.STATE, Sort.GOVERNMENT)


def read_adjectives(reading: Reading) -> None:
    """Fill `adjectival`."""
    alone: list[tuple[int, Name]] = []
    for token, entry in reading.demonyms.items():
        if _before_actor(reading, token) and not _is_one_of_several(reading, token):
            alone.append((token, entry))
        else:
            _mention(reading, token, entry)
    for token, entry in reading.joined.items():
        if token not in reading.at:
            _mention(reading, token, entry)
    for token, entry in alone:
        draft = reading.by_key.get(_named(reading, entry).key)
        if draft is not None and draft.mentions:
            reading.adjectival[token] = draft


def _before_actor(reading: Reading, token: int) -> bool:
    tree = reading.tree
    head = token
    for _ in range(_FARTHEST):
        if tree.deps[head] not in MODIFIERS and tree.deps[head] != "conj":
            break
        head = tree.heads[head]
    return head in reading.at or head == token


def _is_one_of_several(reading: Reading, token: int) -> bool:
    """Whether "and" or a comma joins an adjective to the name or the adjective of another state."""
    tree = reading.tree
    others = [child for child in tree.children[token] if tree.deps[child] == "conj"]
    if tree.deps[token] == "conj":
        others.append(tree.heads[token])
    for other in others:
        span = reading.span_at.get(other)
        if other in reading.demonyms or (
            span is not None and span.entry is not None and span.entry.sort in _TERRITORIES
        ):
            return True
    return False


def _named(reading: Reading, entry: Name) -> Name:
    """The state, government or people of an adjective or a name."""
    states = reading.lexicon.states
    if entry.sort is Sort.GOVERNMENT:
        return entry
    if entry.country in states and "state" in entry.kinds:
        return Name(states[entry.country], Sort.STATE, entry.country, kinds=entry.kinds)
    return Name(entry.name, Sort.PEOPLE, entry.country, kinds=entry.kinds)


def _mention(reading: Reading, token: int, entry: Name) -> Draft:
    draft = _share(reading, token, entry)
    if draft is None:
        named = _named(reading, entry)
        draft, new = reading.draft(named.key, "", set(named.kinds))
        if new:
            draft.name = draft.known_as = named.name
            draft.country, draft.public, draft.plural = named.country, True, named.sort is Sort.PEOPLE
            draft.sectors = list(named.sectors_on(reading.day))
    if reading.adjectival.get(token - 2) is not draft:  # "Turkish - backed" is one mention
        draft.mentions.append((token, token + 1))
    reading.adjectival[token] = draft
    return draft


def _share(reading: Reading, token: int, entry: Name) -> Draft | None:
    """The one state's part of what several have: the Chilean marines of "Peruvian and Chilean marines"."""
    tree, head = reading.tree, token
    for _ in range(_FARTHEST):
        if tree.deps[head] not in MODIFIERS and tree.deps[head] != "conj":
            break
        head = tree.heads[head]
    noun, whole = reading.nouns.get(head), reading.at.get(head)
    if noun is None or whole is None or whole.country or not noun.sectors or not entry.country or noun.private:
        return None
    if noun.head in GOVERNING or not _is_one_of_several(reading, token):
        return None
    sectors = list(whole.sectors or noun.sectors)
    key = ("noun", noun.noun, entry.country, "", " ".join(sectors), str(whole.plural))
    draft, new = reading.draft(key, "", set(whole.kinds))
    if new:
        draft.name = f"{tree.words[token]} {tree.words[head]}"
        draft.country, draft.sectors, draft.plural, draft.public = entry.country, sectors, whole.plural, True
        draft.nouns |= {noun.noun, noun.head}
    return draft
