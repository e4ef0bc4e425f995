"""The lines of a lexicon's file: entries with their number; comments and empty lines are left out.

Knows the outer form alone; what the columns of an entry mean, each reader knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_BETWEEN = re.compile(r"(?<= )\|(?= |$)")


def entries(path: Path) -> Iterator[tuple[int, str]]:
    """Line number, from 1, and text of each entry."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def columns(line: str) -> list[str]:
    """Columns with " | " between them, without the space around; a bar within a word is its own."""
    return [cell.strip() for cell in _BETWEEN.split(line)]
