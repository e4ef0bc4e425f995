"""Which stretches of a text may name a place: entities of the model, and names after "in" that it took for others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.enrich.nlp.places.gazetteer import Entry, Gazetteer
from services.enrich.nlp.places.names import fold
from services.enrich.nlp.syntax.tree import Tree
from services.enrich.nlp.syntax.vocabulary import vocabulary
from services.enrich.nlp.text.datelines import Furniture, FurnitureKind, article_dateline

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_SURE_IN = vocabulary("in near outside inside throughout across off")
_IN = _SURE_IN | {"at", "around", "from", "via", "towards", "toward"}
_TO_PLACES = vocabulary("flee enter leave reach shell besiege bombard storm patrol")
_LARGE = 100_000
_DROPPED_BEFORE = frozenset({"the", "a", "central", "greater", "downtown", "mainland", "rural", "inner", "mid"})
_COMPASS = vocabulary(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern north-eastern north-western south-eastern south-western upper lower"
)
_REGION_NOUNS = vocabulary("province region state oblast governorate prefecture krai republic department")
_CITY_NOUNS = vocabulary("city town village municipality")
_NOUNS_AFTER = _REGION_NOUNS | _CITY_NOUNS | vocabulary("county district peninsula area island islands")
_LONGEST = 7  # words
_WIDE = frozenset({"country", "region", "area"})


@dataclass(slots=True)
class Mention:
    """Tokens first to last (included) that may name one of the places in `among`."""

    first: int
    last: int
    key: str
    label: str
    among: tuple[Entry, ...]
    as_region: bool = False
    """Whether "province" or the like is said with it."""
    filed: bool = False
    """Whether it stands in a dateline."""
    within: Entry | None = None
    entry: Entry | None = None


def find_mentions(tree: Tree, gazetteer: Gazetteer, furniture: Sequence[Furniture] = ()) -> list[Mention]:
    """In the order of the text; `among` is empty where the gazetteer has no such name; bylines have none."""
    found = _of_dateline(tree, gazetteer, article_dateline(furniture))
    no_prose = [item for item in furniture if item.kind is not FurnitureKind.DATELINE]
    starts = [item.start for item in no_prose]
    filed = {token for mention in found for token in range(mention.first, mention.last + 1)}
    wide = [mention for mention in _cut_names(tree, gazetteer) if mention.first not in filed]
    found += wide
    filed |= {token for mention in wide for token in range(mention.first, mention.last + 1)}
    for label, start, end in tree.entities:
        if label in PLACE_LABELS and start not in filed:
            item = bisect_right(starts, tree.starts[start]) - 1
            if item < 0 or no_prose[item].end <= tree.starts[start]:
                found += _of_entity(tree, gazetteer, label, start, end)
    taken = {token for mention in found for token in range(mention.first, mention.last + 1)}
    lowers, lemmas = tree.lowers, tree.lemmas
    leading = [
        token
        for token, part in enumerate(tree.pos)
        if (part == "ADP" and lowers[token] in _IN) or (part == "VERB" and lemmas[token] in _TO_PLACES)
    ]
    for token in leading:
        if token + 1 < len(tree) and token + 1 not in taken:
            mention = _after(tree, gazetteer, token, sure=tree.lowers[token] in _SURE_IN)
            if mention is not None:
                found.append(mention)
    found.sort(key=lambda mention: mention.first)
    return found


def _cut_names(tree: Tree, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Countries, regions and areas of several words that the model cuts: "Burkina Faso", "French Guiana"."""
    free = 0
    for label, start, end in tree.entities:
        if start < free or end >= len(tree) or not tree.words[start][0].isupper():
            continue
        # Of what it takes for no place, all may be one.
        least = end - 1 if label in PLACE_LABELS else max(end - 2, start)
        for last in range(min(start + _LONGEST, len(tree)) - 1, least, -1):
            if not tree.words[last][0].isupper() or tree.sentence[last] != tree.sentence[start]:
                continue
            key = fold(tree.cut(start, last))
            usual = key in gazetteer.preferred
            among = tuple(entry for entry in gazetteer.entries.get(key, ()) if usual or entry.kind in _WIDE)
            if among:
                yield Mention(start, last, key, "GPE", among)
                free = last + 1
                break


def _of_dateline(tree: Tree, gazetteer: Gazetteer, dateline: Furniture | None) -> list[Mention]:
    """Where the article was filed: "PORTLAND, Ore." is one place in another."""
    if dateline is None or dateline.place is None:
        return []
    found: list[Mention] = []
    start = dateline.start
    for number, part in enumerate(dateline.place.split(",")):
        name = part.partition("/")[0].strip()
        at = start + len(part) - len(part.lstrip())
        start += len(part) + 1
        first, last = bisect_left(tree.starts, at), bisect_left(tree.ends, at + len(name))
        if last >= len(tree) or first > last or tree.starts[first] != at or tree.ends[last] != at + len(name):
            continue
        key, among = look_up(gazetteer, name)
        if number:
            wider = qualifier(gazetteer, name)
            if wider is not None and found:
                found[0].within = wider
            among = (wider,) if wider is not None else ()
        if among:
            found.append(Mention(first, last, key, "GPE", among, filed=True))
    return found


def qualifier(gazetteer: Gazetteer, name: str) -> Entry | None:
    """A country or region that says where something is: "Ore.", "Afghanistan"."""
    short = gazetteer.abbreviations.get(name) or gazetteer.abbreviations.get(f"{name}.")
    if short is not None:
        return short
    among = [entry for entry in look_up(gazetteer, name)[1] if entry.kind in {"country", "region"}]
    return max(among, key=lambda entry: (entry.kind == "country", entry.population), default=None)


def _of_entity(tree: Tree, gazetteer: Gazetteer, label: str, start: int, end: int) -> list[Mention]:
    """The places of an entity: "Paris, Texas" is two where the model made one of it."""
    found = []
    first = start
    for token in range(start, end + 1):
        if token == end or tree.lowers[token] == ",":
            mention = _mention(tree, gazetteer, label, first, token)
            if mention is not None:
                found.append(mention)
            first = token + 1
    return found


def _mention(tree: Tree, gazetteer: Gazetteer, label: str, start: int, end: int) -> Mention | None:
    while start < end and (tree.pos[end - 1] in {"PUNCT", "PART", "SPACE"} or tree.lowers[end - 1] in {"'s", "’s"}):
        end -= 1
    while start < end and tree.pos[start] in {"PUNCT", "SPACE"}:
        start += 1
    if start >= end or end - start > _LONGEST:
        return None
    after = end < len(tree) and tree.pos[end] in {"NOUN", "PROPN"}
    if after:
        key = fold(tree.cut(start, end))
        longer = gazetteer.entries.get(key, ())
        if longer and longer[0].kind == "area":
            # "The Rafah crossing", "the Evin prison".
            return Mention(start, end, key, label, longer)
    key, among = look_up(gazetteer, tree.cut(start, end - 1))
    if not any(sign.isalpha() for sign in key):
        return None
    if end - start > 1 and fold(tree.words[end - 1]) in _NOUNS_AFTER and key.split()[-1] != fold(tree.words[end - 1]):
        noun = tree.lowers[end - 1]  # a part of the entity, but not of the name
    else:
        noun = tree.lowers[end] if after else ""
    as_region = noun in _REGION_NOUNS
    return Mention(start, end - 1, key, label, _of_noun(among, noun), as_region)


def _of_noun(among: tuple[Entry, ...], noun: str) -> tuple[Entry, ...]:
    """Those that the noun said with the name allows: "Colorado City" is no state, "Marion County" no town."""
    if noun in _CITY_NOUNS:
        return tuple(entry for entry in among if entry.kind == "city")
    if noun in _REGION_NOUNS:
        return tuple(entry for entry in among if entry.kind in {"region", "area"})
    return () if noun == "county" else among


def look_up(gazetteer: Gazetteer, text: str) -> tuple[str, tuple[Entry, ...]]:
    """The key of a name and its places: as it is, then without "the", "province", "northern"."""
    key = fold(text)
    for form in _forms(key):
        among = gazetteer.entries.get(form, ())
        if among:
            return form, among
    return key, ()


def _forms(key: str) -> Iterator[str]:
    yield key
    words = key.split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
        yield " ".join(words)
    for at in range(1, len(words) - 1):
        if words[at] == "of" and words[at - 1] in _NOUNS_AFTER:
            yield " ".join(words[at + 1 :])
    without = words[:-1] if len(words) > 1 and words[-1] in _NOUNS_AFTER else words
    for rest in (without, words) if without is not words else (words,):
        first = 0
        while first < len(rest):
            yield " ".join(rest[first:])
            if rest[first] not in _COMPASS and rest[first] not in _DROPPED_BEFORE:
                break
            first += 1


def _after(tree: Tree, gazetteer: Gazetteer, token: int, *, sure: bool) -> Mention | None:
    """A name after "in" or "fled" that is no place to the model, where the gazetteer has no doubt."""
    first = token + 1
    if tree.lowers[first] == "the" and first + 1 < len(tree):
        first += 1
    number = tree.entity[first]
    label, last = "", first
    if number >= 0:
        label, start, end = tree.entities[number]
        if start != first and not (start == first - 1 and tree.lowers[start] == "the"):
            return None
        last = end - 1
    else:
        while last + 1 < len(tree) and tree.pos[last + 1] == "PROPN" and tree.entity[last + 1] < 0:
            last += 1
    if not tree.words[first][0].isupper() or last - first >= _LONGEST or label in PLACE_LABELS:
        return None
    while last > first and tree.lowers[last] in {"'s", "’s"}:
        last -= 1
    if label == "PERSON" and not sure and last == first:
        return None  # "from Jordan" may be the man
    key = fold(tree.cut(first, last))
    among = gazetteer.entries.get(key, ())
    # An organisation may be named after a city, hardly after a country.
    smallest = 10**9 if label == "ORG" and not sure else _LARGE
    if tree.words[first] in gazetteer.demonyms or not any(
        entry.kind != "city" or entry.population >= smallest for entry in among
    ):
        return None
    return Mention(first, last, key, label, among)
