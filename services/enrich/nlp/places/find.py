"""Find the places of a parsed text and tell them apart: "Paris, Texas", Georgia the country and Georgia the state.

A name means the same place throughout an article, unless a mention says otherwise. What is not in the gazetteer is
given as written, with nothing filled in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from schemas.events import Place
from services.enrich.nlp.places.context import Evidence, gather
from services.enrich.nlp.places.gazetteer import Entry, Gazetteer
from services.enrich.nlp.places.mentions import Mention, find_mentions
from services.enrich.nlp.places.metonyms import is_actor, is_location
from services.enrich.nlp.places.wider import inside, qualify, rank
from services.enrich.nlp.syntax.tree import Tree
from services.enrich.nlp.syntax.vocabulary import vocabulary
from services.enrich.nlp.text.datelines import Furniture

_PREFERRED = 11.0
_KNOWN = 150_000  # inhabitants from which on a city needs no country beside it


# "The Southern District" is one of Israel only where the text is on Israel.
_GENERIC = vocabulary(
    "the north south east west northern southern eastern western central centre capital region district province state "
    "city territory area federal upper lower middle est nord ouest lakes lacs bay unity plateau rivers delta littoral "
    "northwest southwest far nile blue white red sea old new"
)


def find_places(tree: Tree, gazetteer: Gazetteer, furniture: Sequence[Furniture] = ()) -> tuple[Place, ...]:
    """The places in the order of the text, with that of the dateline, where `furniture` has one."""
    mentions = find_mentions(tree, gazetteer, furniture)
    if not mentions:
        return ()
    qualify(tree, gazetteer, mentions)
    evidence = gather(tree, gazetteer, mentions)
    chosen = _as_said(mentions, evidence)
    for mention in mentions:
        if mention.entry is None and mention.within is None and mention.among:
            mention.entry = _choose(mention, chosen.get(mention.key), evidence, gazetteer)
    _forget_unlikely(mentions, evidence, gazetteer)
    return tuple(_place(tree, mention) for mention in mentions if _is_listed(tree, mention, gazetteer))


def _as_said(mentions: list[Mention], evidence: Evidence) -> dict[str, Entry]:
    """Resolve what says itself where it is; gives the place by name, for mentions that do not say it again."""
    chosen: dict[str, Entry] = {}
    elsewhere: dict[str, Entry] = {}
    for mention in mentions:
        if mention.within is None:
            continue
        mention.entry = inside(mention, mention.within)
        if mention.entry is not None:
            chosen.setdefault(mention.key, mention.entry)
            evidence.add(mention.entry, 0.6)
        else:
            elsewhere.setdefault(mention.key, mention.within)
    for mention in mentions:
        if mention.within is None and mention.entry is None and mention.key not in chosen:
            # A town of Canada stays there, though the gazetteer has one of its name in Utah only.
            mention.within = elsewhere.get(mention.key)
    return chosen


def _choose(mention: Mention, before: Entry | None, evidence: Evidence, gazetteer: Gazetteer) -> Entry | None:
    if before is not None and not (mention.as_region and before.kind != "region"):
        return before
    preferred = None if mention.as_region else gazetteer.preferred.get(mention.key)

    def score(entry: Entry) -> float:
        usual = _PREFERRED if entry == preferred else rank(entry, as_region=mention.as_region)
        return usual + evidence.of(entry, gazetteer)

    return max(mention.among, key=score)


def _forget_unlikely(mentions: list[Mention], evidence: Evidence, gazetteer: Gazetteer) -> None:
    """A small town of a country that nothing else in the text points to is rather a name that the gazetteer lacks."""
    doubtful = [
        (mention, mention.entry)
        for mention in mentions
        if mention.entry is not None and _is_doubtful(mention, mention.entry, evidence, gazetteer)
    ]
    towns = Counter(country for country, _ in {(entry.country, mention.key) for mention, entry in doubtful})
    for mention, entry in doubtful:
        if towns[entry.country] == 1:
            mention.entry = None


def _is_doubtful(mention: Mention, entry: Entry, evidence: Evidence, gazetteer: Gazetteer) -> bool:
    small = entry.kind == "city" and entry.population < _KNOWN
    return (
        (small or (entry.kind in {"city", "region"} and _GENERIC.issuperset(mention.key.split())))
        and mention.within is None
        and not mention.filed
        and mention.key not in gazetteer.preferred
        and not evidence.countries.get(entry.country or "")
        and not evidence.around(entry.country or "", gazetteer)
    )


def _is_listed(tree: Tree, mention: Mention, gazetteer: Gazetteer) -> bool:
    """Not those who act; and what the gazetteer lacks only where the words say that it is a place."""
    if mention.filed:
        return True
    if mention.entry is None:
        named = any(tree.pos[token] == "PROPN" for token in range(mention.first, mention.last + 1))
        return named and is_location(tree, mention.first, mention.last)
    return not is_actor(tree, mention.first, mention.last, mention.entry, gazetteer)


def _place(tree: Tree, mention: Mention) -> Place:
    start, end = tree.starts[mention.first], tree.ends[mention.last]
    entry = mention.entry
    if entry is None:
        within = mention.within
        country, admin1 = (within.country, within.admin1) if within is not None else (None, None)
        return Place(start=start, end=end, text=tree.text[start:end], country=country, admin1=admin1)
    return Place(
        start=start,
        end=end,
        text=tree.text[start:end],
        name=entry.name,
        country=entry.country,
        admin1=entry.admin1,
        latitude=entry.latitude,
        longitude=entry.longitude,
        geonames_id=entry.geonames_id,
    )
