"""Read the project's own tables of places, once, and refuse what an analyst got wrong, with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from services.enrich.nlp.lexicon.lines import entries
from services.errors import LexiconError

FOLDER = Path(__file__).parent.parent / "lexicon" / "places"


class Row(NamedTuple):
    """A line's columns, and where it stands."""

    where: str
    columns: tuple[str, ...]

    def names(self, column: int) -> tuple[str, ...]:
        """The names in a column, in their order."""
        return tuple(name.strip() for name in self.columns[column].split(",") if name.strip())

    def degrees(self, column: int) -> tuple[float, float] | None:
        """Latitude and longitude from this column and the next; None where both are empty."""
        latitude, longitude = self.columns[column], self.columns[column + 1]
        if not latitude and not longitude:
            return None
        try:
            found = float(latitude), float(longitude)
        except ValueError as e:
            raise LexiconError(f"{self.where}: {latitude!r}, {longitude!r} are no degrees") from e
        if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
            raise LexiconError(f"{self.where}: there is no place at {found}")
        return found


def rows(name: str, columns: int, folder: Path = FOLDER) -> Iterator[Row]:
    """The lines of a table with so many columns, and maybe an example; comments and empty lines are left out."""
    path = folder / name
    for number, line in entries(path):
        found = tuple(column.strip() for column in line.split("|"))
        where = f"{path.name}, line {number}"
        if len(found) not in (columns, columns + 1):
            raise LexiconError(f"{where}: {len(found)} columns, there must be {columns}")
        yield Row(where, found)
