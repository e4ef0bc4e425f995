from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from services.enrich.nlp.actors.entries import Holder
from services.enrich.nlp.actors.lexicon import load_actor_lexicon
from services.enrich.nlp.actors.rows import FOLDER, read_rows
from services.errors import LexiconError

FILES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.psv"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the lexicon that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "actors"))


def holders() -> dict[str, Holder]:
    return {holder.name: holder for bearers in load_actor_lexicon().surnames.values() for holder in bearers}


def test_lexicon_loads() -> None:
    lexicon = load_actor_lexicon()
    assert len(lexicon.states) >= 190
    assert len(lexicon.bare_nouns) >= 800
    assert len(holders()) >= 2000


@pytest.mark.parametrize("file", FILES)
def test_lexicon_reads_every_file(folder: Path, file: str) -> None:
    (folder / file).write_text("| no | first | cell\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=f"{file}, line 1"):
        load_actor_lexicon(folder)


@pytest.mark.parametrize("file", FILES)
def test_lexicon_has_something_in_every_file(file: str) -> None:
    assert list(read_rows(file, 8))


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("bodies/media.psv", "Hezbollah | NOR | JRN"),
        ("bodies/media.psv", "Lindmouth Post | NOR | NEWS"),
        ("bodies/media.psv", "Lindmouth Post | Norway | JRN"),
        ("holders/asia.psv", "Ana Duarte | IND | GOV | minister | 2014-31"),
        ("holders/asia.psv", "Ana Duarte | IND | GOV | minister | 2014 | 2012"),
        ("holders/asia.psv", "Hezbollah | IND | GOV | minister | 2014 |"),
        ("nouns.psv", "minister | person | GOV |"),
        ("nouns.psv", "lindmouther | robot | GOV |"),
        ("nouns.psv", "lindmouther | person | GOV | tall"),
        ("ordinary.psv", "Update"),
        ("given_names.psv", "x | Ana"),
    ],
)
def test_lexicon_names_file_and_line_of_what_cannot_be_meant(folder: Path, file: str, line: str) -> None:
    path = folder / file
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    path.write_text("\n".join([*lines, line]), encoding="utf-8")
    with pytest.raises(LexiconError, match=f"{file}, line {len(lines) + 1}"):
        load_actor_lexicon(folder)


@pytest.mark.parametrize(
    ("name", "day", "role"),
    [
        ("Nelson Mandela", date(1995, 6, 1), "president"),
        ("Kofi Annan", date(2003, 6, 1), "UN secretary-general"),
        ("Hugo Chávez", date(2005, 6, 1), "president"),
        ("Ali Khamenei", date(2015, 6, 1), "supreme leader"),
        ("Abiy Ahmed", date(2020, 6, 1), "prime minister"),
        ("Kim Jong Il", date(2000, 6, 1), "leader"),
    ],
)
def test_lexicon_knows_who_held_which_office(name: str, day: date, role: str) -> None:
    assert holders()[name].standing(day)[2] == role


def test_lexicon_has_no_two_heads_of_a_state_at_once() -> None:
    days = [date(year, 10, 8) for year in range(1990, 2026)]
    for day in days:
        heads = [
            (term.country, term.role)
            for holder in holders().values()
            for term in holder.terms
            if term.role in ("president", "chancellor", "secretary of state")
            if (term.since is None or term.since <= day) and (term.until is None or day <= term.until)
        ]
        assert len(heads) == len(set(heads)), (day, sorted(str(head) for head in heads if heads.count(head) > 1))
