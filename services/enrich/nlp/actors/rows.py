"""The lines of the actor lexicon's files: cells separated by "|", comments after "#".

Knows the format alone. An error names the file and the line, for it is an analyst who reads it.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from services.enrich.nlp.actors.entries import REALMS
from services.enrich.nlp.lexicon.lines import entries
from services.errors import LexiconError

FOLDER = Path(__file__).parents[1] / "lexicon" / "actors"

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: where it stands, and its cells without the space around them."""

    file: str
    line: int
    cells: tuple[str, ...]

    def error(self, message: str) -> LexiconError:
        """An error to raise that says where this line is."""
        return LexiconError(f"{self.file}, line {self.line}: {message}")

    def items(self, cell: int) -> list[str]:
        """The parts of a cell that lists several things, separated by commas."""
        return [item.strip() for item in self.cells[cell].split(",") if item.strip()]

    def country(self, cell: int) -> str | None:
        """An ISO 3166 alpha-3 code, or None where the cell is empty."""
        code = self.cells[cell]
        if code and not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
            raise self.error(f"{code!r} is no ISO 3166 alpha-3 code")
        return code or None

    def home(self, cell: int) -> tuple[str | None, str | None]:
        """A country and None, or None and what stands in its place: "IGO" or "NGO"."""
        code = self.country(cell)
        return (None, code) if code in REALMS else (code, None)

    def day(self, text: str, *, last: bool) -> dt.date | None:
        """A date written as year, year-month or year-month-day: its first day, or its last; None where empty."""
        if not text:
            return None
        found = _DATE.fullmatch(text)
        if not found:
            raise self.error(f"{text!r} is no date: write 2014, 2014-06 or 2014-06-23")
        year, month, day = (int(part) if part else None for part in found.groups())
        try:
            if month is None:
                return dt.date(year or 0, 12, 31) if last else dt.date(year or 0, 1, 1)
            return dt.date(year or 0, month, day or (monthrange(year or 0, month)[1] if last else 1))
        except ValueError as wrong:
            raise self.error(f"{text!r} is no date: {wrong}") from wrong


def read_rows(name: str, columns: int, folder: Path = FOLDER) -> Iterator[Row]:
    """The rows of a file, each with `columns` cells; cells that are missing at the end are empty.

    Raises LexiconError where a line has too many cells or an empty first one.
    """
    for number, line in entries(folder / name):
        content = line.partition("#")[0].strip()
        if not content:
            continue
        cells = tuple(cell.strip() for cell in content.split("|"))
        row = Row(name, number, cells + ("",) * (columns - len(cells)))
        if len(cells) > columns:
            raise row.error(f"{len(cells)} cells, but the file has {columns} columns")
        if not cells[0]:
            raise row.error("the first cell is empty")
        yield row
