"""Places that share their names with a state or a capital: "Georgia's governor", "Paris, Texas", "Tripoli, Lebanon"."""

from __future__ import annotations

from dataclasses import replace

from services.enrich.nlp.actors.drafts import Reading
from services.enrich.nlp.actors.entries import Name, Sort
from services.enrich.nlp.syntax.tree import Tree
from services.enrich.nlp.syntax.vocabulary import vocabulary

NAMESAKES = {"GEO": "USA"}
"""States of whose name there is a part of another state, and that other state."""
_OF_PARTS = vocabulary(
    "governor gov. gov senator sen. sen house senate democrats republicans democrat republican lieutenant legislature"
    " attorney congressman congresswoman rep. rep secretary department bureau voters gop tech power county sheriff"
    " lawmaker lawmakers ballot ballots primary runoff statehouse"
)
_AFTER = frozenset({"of", "for", "in"})
_CITIES = frozenset({Sort.GOVERNMENT, Sort.PLACE})
_STATES = frozenset({Sort.STATE, Sort.GOVERNMENT})
_WITHIN = frozenset({"in", "at", "near", "from", "outside", "around"})
_JOINING = frozenset({"and", "or", "&"})


def located(reading: Reading, first: int, last: int, entry: Name) -> Name:
    """The entry, or that of the place of its name that the words around tell."""
    if entry.country in NAMESAKES and _is_part(reading.tree, first, last):
        return Name(entry.name, Sort.PLACE, NAMESAKES[entry.country], (), frozenset({"state"}))
    if entry.sort in _CITIES and (entry.city or entry.sort is Sort.PLACE):
        country = _told_after(reading, last, entry.country)
        if country is not None and country != entry.country:
            return replace(entry, name=reading.tree.cut(first, last - 1), sort=Sort.PLACE, country=country, sectors=())
    return entry


def _is_part(tree: Tree, first: int, last: int) -> bool:
    """Whether an office or a body of a federal state's part stands beside: "Georgia Senator", "governor of Georgia"."""
    after = last + 1 if last < len(tree) and tree.lowers[last] in ("'s", "’s", "state") else last
    if after < len(tree) and tree.lowers[after] in _OF_PARTS:
        return True
    return first > 1 and tree.lowers[first - 1] in _AFTER and tree.lowers[first - 2] in _OF_PARTS


def _told_after(reading: Reading, last: int, own: str | None) -> str | None:
    """The country of a region after a comma: "Paris, Texas"; or of a state, where the whole says where something is."""
    tree, lexicon = reading.tree, reading.lexicon
    if last + 1 >= len(tree) or tree.lowers[last] != ",":
        return None
    for width in (2, 1):
        end = last + 1 + width
        if end > len(tree):
            continue
        name = tree.cut(last + 1, end - 1)
        state = lexicon.names.get(name)
        region = lexicon.regions.get(name)
        if isinstance(state, Name) and state.sort in _STATES and (state.country == own or not state.cautious):
            region = None  # "Tbilisi, Georgia"; "without Paris, Washington acted"
        following = tree.lowers[end] if end < len(tree) else ""
        if region is not None and following not in _JOINING and tree.sentence[last] == tree.sentence[end - 1]:
            return region
        if isinstance(state, Name) and state.sort is Sort.STATE:
            where = tree.heads[last - 1]
            placed = tree.deps[last - 1] == "pobj" and tree.lowers[where] in _WITHIN
            return state.country if placed and following not in _JOINING and following != "," else None
    return None
