"""What a text says of where it is about: the evidence by which one place is told from another of the same name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.enrich.nlp.places.gazetteer import Entry, Gazetteer
from services.enrich.nlp.places.mentions import Mention
from services.enrich.nlp.syntax.tree import Tree

_ENOUGH = 1.0
_SURE_CITY = 300_000  # inhabitants from which on a name without namesakes is evidence by itself
_RATIO = 20  # so much larger than the next, and nobody means the next without saying so
_LINKS = frozenset({",", "in", "of"})


@dataclass(slots=True)
class Evidence:
    """How much the text speaks of countries and regions; 1 is enough."""

    countries: dict[str, float] = field(default_factory=dict)
    regions: dict[tuple[str, str], float] = field(default_factory=dict)

    def add(self, entry: Entry, weight: float) -> None:
        """A place that is certain."""
        if entry.country is None:
            return
        self.countries[entry.country] = min(_ENOUGH, self.countries.get(entry.country, 0.0) + weight)
        if entry.region is not None:
            key = (entry.country, entry.region)
            self.regions[key] = min(_ENOUGH, self.regions.get(key, 0.0) + weight)

    def around(self, country: str, gazetteer: Gazetteer) -> float:
        """How much the text speaks of a country's neighbours."""
        near = gazetteer.neighbours.get(country, frozenset())
        return max((self.countries.get(neighbour, 0.0) for neighbour in near), default=0.0)

    def of(self, entry: Entry, gazetteer: Gazetteer) -> float:
        """What speaks for an entry: its country, its region, and a little its country's neighbours."""
        if entry.country is None:
            return 0.0
        found = self.countries.get(entry.country, 0.0)
        if entry.kind == "country" or found:
            found += 0.6 * self.around(entry.country, gazetteer)
        if entry.region is not None:
            domestic = self.regions.get((entry.country, entry.region), 0.0)
            found += 0.7 * domestic
        if entry.kind == "region":
            # Other regions of the same country: a text on American states means the state.
            others = sum(1 for country, region in self.regions if country == entry.country and region != entry.region)
            found += min(0.6, 0.3 * others)
        return found


def gather(tree: Tree, gazetteer: Gazetteer, mentions: Iterable[Mention]) -> Evidence:
    """Evidence from what needs none: countries, names that are one place only, demonyms, the dateline."""
    evidence = Evidence()
    for mention in mentions:
        sure = certain(mention, gazetteer)
        if sure is not None:
            evidence.add(sure, _ENOUGH if mention.filed else 0.6)
    for label, start, end in tree.entities:
        if label in {"NORP", "GPE", "ORG"}:
            for token in range(start, end):
                country = gazetteer.demonyms.get(tree.words[token])
                if country is None and token + 1 < end:
                    country = gazetteer.demonyms.get(f"{tree.words[token]} {tree.words[token + 1]}")
                if country is not None:
                    evidence.countries[country] = min(_ENOUGH, evidence.countries.get(country, 0.0) + 0.4)
    return evidence


def certain(mention: Mention, gazetteer: Gazetteer) -> Entry | None:
    """The place, where the name alone tells."""
    among = mention.among
    if len(among) == 1:
        only = among[0]
        return only if only.kind != "city" or only.population >= _SURE_CITY else None
    if mention.key in gazetteer.preferred and not mention.as_region:
        return gazetteer.preferred[mention.key]
    cities = sorted((entry.population for entry in among if entry.kind == "city"), reverse=True)
    if len({entry.country for entry in among}) == 1 and among:
        return max(among, key=lambda entry: entry.population)
    if len(cities) == len(among) > 1 and cities[0] >= 1_000_000 and cities[0] >= _RATIO * cities[1]:
        return max(among, key=lambda entry: entry.population)
    return None
