"""The feeds that come with Dateline, ready to be replayed: the files of the folder ``seeds`` of a clone."""

from __future__ import annotations

from pathlib import Path

from services.errors import UserError

SUFFIXES = (".jsonl", ".jsonl.gz")


def seeds_folder() -> Path:
    """The folder of a clone. It is not part of an installed package, and need not be there."""
    return Path(__file__).parents[2] / "seeds"


def seed_names(folder: Path) -> list[str]:
    """Names of the seeds in a folder, sorted: files of JSON Lines without their suffix."""
    if not folder.is_dir():
        return []
    return sorted({_name(path) for path in folder.iterdir() if path.name.endswith(SUFFIXES)})


def find_seed(folder: Path, name: str) -> Path:
    """The file of a seed. Raises UserError naming those there are."""
    for suffix in SUFFIXES:
        path = folder / f"{name}{suffix}"
        if name in seed_names(folder) and path.is_file():
            return path
    known = ", ".join(seed_names(folder)) or "none: the seeds are in a clone of the repository"
    raise UserError(f"there is no seed {name!r}; there are {known}")


def _name(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".jsonl")
