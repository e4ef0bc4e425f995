"""The lines of a lexicon's file: entries with their number; comments and empty lines are left out.

Knows the outer form alone; what the columns of an entry mean, each reader knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from services.errors import LexiconError

_BETWEEN = re.compile(r"(?<= )\|(?= |$)")


def entries(path: Path) -> Iterator[tuple[int, str]]:
    """Line number, from 1, and text of each entry."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def full_rows(path: Path, heading: str) -> Iterator[tuple[str, list[str]]]:
    """File and line, and cells, of each entry of a file whose columns are all needed.

    `heading` names them, as "kind | nouns | example"; raises LexiconError with it where the columns are others.
    """
    wanted = len(columns(heading))
    for number, line in entries(path):
        origin, cells = f"{path.name}:{number}", columns(line)
        if len(cells) != wanted or not all(cells):
            raise other_columns(origin, heading)
        yield origin, cells


def other_columns(origin: str, heading: str) -> LexiconError:
    """The error of a line whose columns are not what the heading says."""
    return LexiconError(f"{origin}: there are {len(columns(heading))} columns: {heading}")


def columns(line: str) -> list[str]:
    """Columns with " | " between them, without the space around; a bar within a word is its own."""
    return [cell.strip() for cell in _BETWEEN.split(line)]
