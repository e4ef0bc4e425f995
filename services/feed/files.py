"""Which files a list of paths means, in which order, and what form each has. Opens none of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from services.errors import UserError

STDIN = "-"
EXAMPLES = 5
"""How many of the files that were left out are named."""


class Format(StrEnum):
    """What a file holds."""

    JSONL = "jsonl"  # a record a line
    JSON = "json"  # a record, a list of records, or {"articles": [...]}
    TEXT = "text"  # one article: a title, a blank line, a body


SUFFIXES = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.JSON,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.TEXT,
}
SUPPORTED = f"supported are {', '.join(SUFFIXES)}, and each of them with .gz"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file to read. `path` is None for standard input; `format` is None where the suffix says nothing known."""

    path: Path | None
    name: str
    format: Format | None
    gzipped: bool = False
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The files in order, and how many files of folders were left out; the first of those that are not hidden."""

    files: tuple[SourceFile, ...]
    skipped: int
    examples: tuple[str, ...] = ()

    @property
    def total_bytes(self) -> int | None:
        """Bytes of all files as they are on disk; None where standard input is among them."""
        sizes = [file.size for file in self.files]
        return None if None in sizes else sum(size for size in sizes if size is not None)


def find_files(paths: Sequence[str | Path], form: Format | None = None) -> Found:
    """Find the files that `paths` mean: files, folders with all below them, sorted, and ``-`` for standard input.

    `form` overrides the suffix of files that are named, and is that of standard input (JSON Lines if not given). In
    folders, hidden files and those of other suffixes are left out, counted, and the first named. Raises UserError for
    a path that is not there, and where no path is given.
    """
    if not paths:
        raise UserError("no file, folder or - (standard input) to read was given")
    files: list[SourceFile] = []
    skipped = 0
    examples: list[str] = []
    for path in paths:
        if str(path) == STDIN:
            files.append(SourceFile(None, "<stdin>", form or Format.JSONL))
            continue
        named = Path(path)
        if not _exists(named):
            raise UserError(f"{str(path)[:200]}: there is no such file or folder")
        if not named.is_dir():
            files.append(_described(named, form))
            continue
        for inside in _walk(named):
            file = _described(inside, None)
            hidden = any(part.startswith(".") for part in inside.relative_to(named).parts)
            # A pipe or a device in a folder would be waited on for ever.
            if hidden or file.format is None or not inside.is_file():
                skipped += 1
                if not hidden and len(examples) < EXAMPLES:
                    examples.append(file.name)
            else:
                files.append(file)
    return Found(tuple(files), skipped, tuple(examples))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        # Too long for a name, or a NUL in it: somebody gave the text instead of the file.
        return False


def _walk(folder: Path) -> Iterator[Path]:
    # Links to folders are not followed: they may lead in circles.
    for parent, folders, names in os.walk(folder, onerror=_unreadable):
        folders.sort()
        yield from (Path(parent, name) for name in sorted(names))


def _unreadable(error: OSError) -> None:
    raise UserError(f"{error.filename}: the folder cannot be read: {error.strerror}") from error


def _described(path: Path, form: Format | None) -> SourceFile:
    suffix = path.suffix.lower()
    gzipped = suffix == ".gz"
    if gzipped:
        suffix = Path(path.stem).suffix.lower()
    size = path.stat().st_size if path.is_file() else None
    return SourceFile(path, str(path), form or SUFFIXES.get(suffix), gzipped, size)
