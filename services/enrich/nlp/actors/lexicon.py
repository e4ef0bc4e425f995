"""The actor lexicon: every file of services/enrich/nlp/lexicon/actors/, read once per process and checked.

Duplicates and values that the columns do not allow are errors with file and line. Files are read here and never later.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from schemas.events import SECTORS
from services.enrich.nlp.actors.entries import (
    KINDS,
    DatedSector,
    Holder,
    Name,
    Noun,
    Sort,
    Term,
    split_noun,
)
from services.enrich.nlp.actors.index import NameIndex
from services.enrich.nlp.actors.rows import FOLDER, Row, read_rows

Entry = Name | tuple[Holder, ...]
"""What a name stands for: a body, state or people, or all the office holders of that name."""

_TITLES = frozenset("King Queen Prince Princess Emperor Sultan Sheikh Pope Patriarch Archbishop Mother Crown".split())
_PLACES = FOLDER.parent / "places"
_FEDERAL = frozenset({"USA", "CAN", "AUS"})  # whose towns are told by the part of the state that they lie in
_CAPITALS = 4  # their column in states.psv
_FLAGS = {"weak", "private", "kin", "vague", "m", "f"}


@dataclass(slots=True)
class ActorLexicon:
    """All that is known of actors before an article is read; nothing changes it afterwards."""

    names: NameIndex[Entry] = field(default_factory=NameIndex)
    surnames: dict[str, tuple[Holder, ...]] = field(default_factory=dict)
    nouns: dict[str, tuple[tuple[tuple[str, ...], Noun], ...]] = field(default_factory=dict)
    """By last word: the words before it, nearest first, and the noun; longest first."""
    bare_nouns: dict[str, Noun] = field(default_factory=dict)
    """Nouns of one word."""
    long_nouns: dict[tuple[str, str], tuple[tuple[tuple[str, ...], Noun], ...]] = field(default_factory=dict)
    """By the last word but one and the last: the words before the last, nearest first, and the noun; longest first."""
    noun_words: frozenset[str] = frozenset()
    """The last words of the nouns, with their regular plurals."""
    modifiers: dict[str, str] = field(default_factory=dict)
    """Adjectives and their sector; "former" and the like have ELI."""
    ordinary: frozenset[str] = frozenset()
    """Words of the language that make no name."""
    common_surnames: frozenset[str] = frozenset()
    """Which alone do not tell who is meant."""
    genders: dict[str, str] = field(default_factory=dict)
    """Given names: "m" or "f"."""
    regions: dict[str, str] = field(default_factory=dict)
    """Parts of large states, and their short forms, as stand behind a town ("Texas", "Ga."); and the state."""
    states: dict[str, str] = field(default_factory=dict)
    """Alpha-3 codes and names of states."""

    def bearers(self, surname: str) -> tuple[Holder, ...]:
        """Who held office by that surname, also where it stands in capitals, as in headlines."""
        found = self.surnames.get(surname, ())
        return found if found or not surname.isupper() else self.surnames.get(surname.title(), ())

    def is_common(self, surname: str) -> bool:
        """Whether a surname alone does not tell who is meant."""
        name = surname.title() if surname.isupper() else surname
        return name in self.common_surnames or name in self.genders or name.lower() in self.ordinary


@cache
def load_actor_lexicon(folder: Path = FOLDER) -> ActorLexicon:
    """Read the lexicon, once per process.

    Raises LexiconError where a line cannot be meant.
    """
    lexicon = ActorLexicon()
    _read_states(lexicon, folder)
    _read_peoples(lexicon, folder)
    for path in sorted((folder / "bodies").glob("*.psv")):
        _read_bodies(lexicon, folder, f"bodies/{path.name}")
    _read_holders(lexicon, folder)
    _read_nouns(lexicon, folder)
    for row in read_rows("modifiers.psv", 3, folder):
        for word in row.items(1):
            lexicon.modifiers[word] = _sector(row, row.cells[0])
    lexicon.ordinary = _words_of("ordinary.psv", folder, small=True)
    lexicon.common_surnames = _words_of("common_surnames.psv", folder)
    _read_regions(lexicon)
    for row in read_rows("given_names.psv", 3, folder):
        if row.cells[0] not in ("m", "f"):
            raise row.error(f"{row.cells[0]!r} is neither m nor f")
        for name in row.items(1):
            if lexicon.genders.setdefault(name, row.cells[0]) != row.cells[0]:
                raise row.error(f"{name!r} is already there with the other gender: leave it out")
    return lexicon


def _add(lexicon: ActorLexicon, row: Row, text: str, entry: Name) -> None:
    cautious = text.startswith("~")
    if cautious:
        text = text[1:]
        entry = replace(entry, cautious=True)
    before = lexicon.names.add(text, entry)
    if before is not None and before != entry:
        raise row.error(f"{text!r} already stands for {before}")


def _read_states(lexicon: ActorLexicon, folder: Path) -> None:
    for row in read_rows("states.psv", 8, folder):
        code = row.country(0)
        names = row.items(1)
        if not code or not names:
            raise row.error("a state has a code and a name")
        name = names[0].lstrip("~")
        if code in lexicon.states:
            raise row.error(f"{code} is already there")
        lexicon.states[code] = name
        columns = ((1, Sort.STATE), (2, Sort.DEMONYM), (3, Sort.PEOPLE), (4, Sort.GOVERNMENT), (5, Sort.GOVERNMENT))
        sectors = {Sort.GOVERNMENT: (DatedSector("GOV"),)}
        for cell, sort in columns:
            for text in row.items(cell):
                sort_of = Sort.ONE if sort is Sort.PEOPLE and text.startswith("1 ") else sort
                kind = "person" if sort_of is Sort.ONE else "group" if sort is Sort.PEOPLE else "state"
                shown = name if sort is Sort.STATE else f"Government of {name}" if sort in sectors else text
                _add(
                    lexicon,
                    row,
                    text.removeprefix("1 "),
                    Name(shown, sort_of, code, sectors.get(sort, ()), frozenset({kind}), city=cell == _CAPITALS),
                )
        for text in row.items(6):
            _add(lexicon, row, text, Name(text.lstrip("~"), Sort.PLACE, code, (), frozenset({"state"})))


def _read_peoples(lexicon: ActorLexicon, folder: Path) -> None:
    for row in read_rows("peoples.psv", 5, folder):
        people, adjectives, ones, country = row.items(0), row.items(1), row.items(2), row.country(3)
        name = people[0].lstrip("~")
        for texts, sort, kind in (
            (people, Sort.PEOPLE, "group"),
            (adjectives, Sort.DEMONYM, "group"),
            (ones, Sort.ONE, "person"),
        ):
            for text in texts:
                shown = text if sort is Sort.ONE else name
                _add(lexicon, row, text, Name(shown, sort, country, (), frozenset({kind})))


def _read_bodies(lexicon: ActorLexicon, folder: Path, file: str) -> None:
    for row in read_rows(file, 5, folder):
        kinds = frozenset(row.items(3) or ["org"])
        if kinds - KINDS:
            raise row.error(f"{sorted(kinds - KINDS)} are no kinds of actors")
        country, realm = row.home(1)
        sectors = tuple(_dated(row, item) for item in row.items(2))
        for body in row.cells[0].split(";"):
            names = [name.strip() for name in body.split(",") if name.strip()]
            if not names:
                raise row.error("there is a body without a name")
            entry = Name(names[0].lstrip("~"), Sort.BODY, country, sectors, kinds, realm=realm)
            for text in names:
                _add(lexicon, row, text, entry)


def _sector(row: Row, text: str) -> str:
    if text not in SECTORS:
        raise row.error(f"{text!r} is no sector")
    return text


def _dated(row: Row, text: str) -> DatedSector:
    sector, _, dates = text.partition(" ")
    since, _, until = dates.partition("..")
    return DatedSector(_sector(row, sector), row.day(since.strip(), last=False), row.day(until.strip(), last=True))


def _read_holders(lexicon: ActorLexicon, folder: Path) -> None:
    holders: dict[str, Holder] = {}
    for path in sorted((folder / "holders").glob("*.psv")):
        for row in read_rows(f"holders/{path.name}", 7, folder):
            names = [name.lstrip("~") for name in row.items(0)]
            since, until = row.day(row.cells[4], last=False), row.day(row.cells[5], last=True)
            if not row.cells[3]:
                raise row.error("an office has a role")
            if since and until and until < since:
                raise row.error("the office ends before it begins")
            country, realm = row.home(1)
            term = Term(country, tuple(_sector(row, item) for item in row.items(2)), row.cells[3], since, until, realm)
            holder = holders.setdefault(names[0], Holder(names[0], ()))
            if term in holder.terms:
                raise row.error(f"{names[0]!r} has this office already")
            holder.names = tuple(dict.fromkeys((*holder.names, *names)))
            holder.cautious |= {name[1:] for name in row.items(0) if name.startswith("~")}
            holder.terms.append(term)
            for name in names:
                stands_for = lexicon.names.get(name)
                if stands_for is not None:
                    raise row.error(f"{name!r} already stands for {stands_for}")
    by_name: dict[str, list[Holder]] = defaultdict(list)
    by_surname: dict[str, list[Holder]] = defaultdict(list)
    for holder in holders.values():
        # An office that has no end is the latest.
        holder.terms.sort(key=lambda term: (term.until is None, str(term.since)))
        called = [name for name in holder.names if " " not in name]
        for name in holder.names:
            if " " in name or "-" in name:
                by_name[name].append(holder)
        for surname in called or sorted({name.rpartition(" ")[2] for name in holder.names if _has_surname(name)}):
            by_surname[surname].append(holder)
    for name, bearers in by_name.items():
        lexicon.names.add(name, tuple(bearers))
    lexicon.surnames = {surname: tuple(bearers) for surname, bearers in by_surname.items()}


def _has_surname(name: str) -> bool:
    """Whether the last word of a name is a family's: "Prince Paul" has none."""
    first, _, last = name.partition(" ")
    return first not in _TITLES and not (last and set(last.rpartition(" ")[2]) <= set("IVX"))


def _read_regions(lexicon: ActorLexicon) -> None:
    """Take them from the lexicon of places."""
    for row in read_rows("regions.psv", 6, _PLACES):
        if row.cells[0] in _FEDERAL:
            lexicon.regions |= dict.fromkeys(row.items(2), row.cells[0])
    for row in read_rows("abbreviations.psv", 4, _PLACES):
        lexicon.regions |= dict.fromkeys(row.items(0), row.cells[1])


def _words_of(file: str, folder: Path, *, small: bool = False) -> frozenset[str]:
    words: set[str] = set()
    for row in read_rows(file, 1, folder):
        for word in row.items(0):
            if word in words or (small and word != word.lower()):
                raise row.error(f"{word!r} is already there, or not in small letters")
            words.add(word)
    return frozenset(words)


def _read_nouns(lexicon: ActorLexicon, folder: Path) -> None:
    by_last: dict[str, dict[tuple[str, ...], Noun]] = defaultdict(dict)
    for row in read_rows("nouns.psv", 5, folder):
        kinds, flags = frozenset(row.items(1)), set(row.items(3))
        if kinds - KINDS or not kinds:
            raise row.error(f"{sorted(kinds - KINDS)} are no kinds of actors")
        if flags - _FLAGS:
            raise row.error(f"{sorted(flags - _FLAGS)} are no flags")
        sectors = tuple(_sector(row, item) for item in row.items(2))
        gender = "m" if "m" in flags else "f" if "f" in flags else ""
        for text in row.items(0):
            *before, last = split_noun(text)
            noun = Noun(
                text, kinds, sectors, "weak" in flags, "private" in flags, "kin" in flags, "vague" in flags, gender
            )
            if by_last[last].setdefault(tuple(reversed(before)), noun) is not noun:
                raise row.error(f"{text!r} is already there")
    lexicon.nouns = {
        last: tuple(sorted(found.items(), key=lambda item: -len(item[0]))) for last, found in by_last.items()
    }
    by_two: dict[tuple[str, str], list[tuple[tuple[str, ...], Noun]]] = defaultdict(list)
    for last, nouns in lexicon.nouns.items():
        for preceding, noun in nouns:
            if preceding:
                by_two[preceding[0], last].append((preceding, noun))
            else:
                lexicon.bare_nouns[last] = noun
    lexicon.long_nouns = {words: tuple(nouns) for words, nouns in by_two.items()}
    lexicon.noun_words = frozenset(by_last) | {f"{last}s" for last in by_last}
