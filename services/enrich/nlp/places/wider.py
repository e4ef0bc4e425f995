"""Where a mention says itself where it is: "Paris, Texas", "Tripoli in Lebanon", "the Syrian city of Homs"."""

from __future__ import annotations

from math import log10

from services.enrich.nlp.places.gazetteer import Entry, Gazetteer
from services.enrich.nlp.places.mentions import Mention
from services.enrich.nlp.syntax.tree import Tree
from services.enrich.nlp.syntax.vocabulary import vocabulary

_COUNTRY = 10.0
_STATE = 9.5
_AREA = 9.0
_REGION = 5.0
_NO_CITY_ABOVE = 8.0
_SETTLED = vocabulary(
    "city town village capital port suburb province region district state county neighbourhood neighborhood hub "
    "stronghold island resort municipality settlement oblast governorate home part"
)
_BETWEEN = frozenset({"DET", "ADJ", "NOUN", "ADP", "NUM", "ADV", "PUNCT"})
_FARTHEST = 7  # tokens
_LARGE = 200_000  # inhabitants
_WIDE = frozenset({"country", "region"})


def qualify(tree: Tree, gazetteer: Gazetteer, mentions: list[Mention]) -> None:
    """Set what mentions lie within, where the words around them say so."""
    for number, mention in enumerate(mentions):
        following = mentions[number + 1] if number + 1 < len(mentions) else None
        after = mention.last + 1
        if mention.within is None and after + 1 < len(tree) and tree.lowers[after] in {",", "in"}:
            word = tree.words[after + 1]
            known = gazetteer.abbreviations
            # The tokeniser does not know the stop of all of them: "Ont" and ".".
            short = known.get(word) or (known.get(f"{word}.") if tree.words[after + 2 : after + 3] == ["."] else None)
            short = short if tree.lowers[after] == "," else None
            if short is not None:
                mention.within = short
                if following is not None and following.first == after + 1:
                    following.entry = short
            elif following is not None and _leads_to(tree, after, following.first):
                mention.within = _wider(mention, following.among)
                if mention.within is None and tree.lowers[after] == "," and following.first == after + 1:
                    mention.within = _unlisted(mention, following.among)
        if mention.within is None and not mention.filed:
            mention.within = _by_head(tree, gazetteer, mention)


def inside(mention: Mention, wider: Entry) -> Entry | None:
    """The largest place of the mention's name within a wider one."""
    found = [
        entry
        for entry in mention.among
        if entry.country == wider.country
        and entry != wider
        and entry.kind != "country"
        and (wider.kind == "country" or entry.region == wider.region)
    ]
    return max(found, key=lambda entry: rank(entry, as_region=mention.as_region), default=None)


def rank(entry: Entry, *, as_region: bool) -> float:
    """How likely the name means this place where nothing else tells."""
    if entry.kind == "country":
        return _COUNTRY
    if entry.kind == "area":
        return _AREA
    size = log10(entry.population + 1)
    if entry.kind == "region":
        return _COUNTRY + 0.5 if as_region else _STATE if entry.country == "USA" else _REGION + size / 100
    return min(_NO_CITY_ABOVE, size)


def _leads_to(tree: Tree, after: int, following: int) -> bool:
    """Whether from a comma or "in" the words lead straight to the next mention: ", in northern", ", the capital of"."""
    between = range(after + 1, following)
    if len(between) > _FARTHEST or tree.sentence[following] != tree.sentence[after]:
        return False
    if any(tree.pos[token] not in _BETWEEN for token in between):
        return False
    nouns = [token for token in between if tree.pos[token] == "NOUN"]
    return not nouns or (
        len(nouns) == 1 and tree.lemmas[nouns[0]] in _SETTLED and tree.lowers[following - 1] in {"of", "in", "the"}
    )


def _wider(mention: Mention, among: tuple[Entry, ...]) -> Entry | None:
    """The country or region of these that has a place of the mention's name."""
    wide = [entry for entry in among if entry.kind in _WIDE and inside(mention, entry) is not None]
    return max(wide, key=lambda entry: rank(entry, as_region=False), default=None)


def _unlisted(mention: Mention, among: tuple[Entry, ...]) -> Entry | None:
    """What a town lies in that the gazetteer has not there: "Qana, Lebanon". Not of a city known elsewhere."""
    wide = [entry for entry in among if entry.kind in _WIDE]
    if not wide or any(entry.kind != "city" or entry.population >= _LARGE for entry in mention.among):
        return None
    return max(wide, key=lambda entry: rank(entry, as_region=False))


def _by_head(tree: Tree, gazetteer: Gazetteer, mention: Mention) -> Entry | None:
    """As in "the Syrian city of Homs", "Iraq's Anbar province"."""
    token = mention.last
    above = tree.heads[token]
    nouns = [token]
    if tree.lemmas[above] in _SETTLED:
        nouns.append(above)
    elif tree.lowers[above] == "of" and tree.lemmas[tree.heads[above]] in _SETTLED:
        nouns.append(tree.heads[above])
    for noun in nouns:
        for child in tree.children[noun]:
            if mention.first <= child <= mention.last or tree.deps[child] not in {"amod", "poss", "compound", "nmod"}:
                continue
            country = gazetteer.demonyms.get(tree.words[child])
            among = gazetteer.countries(country) if country is not None else gazetteer.find(tree.words[child])
            wider = _wider(mention, among)
            if wider is not None:
                return wider
    return None
