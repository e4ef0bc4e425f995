from __future__ import annotations

from pathlib import Path

import pytest

from services.errors import UserError
from services.replay.seeds import find_seed, seed_names, seeds_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("wire.jsonl", "broken.jsonl.gz", "README.md", "broken.json"):
        (tmp_path / name).touch()
    return tmp_path


def test_seeds_are_the_feeds_of_the_folder(folder: Path) -> None:
    assert seed_names(folder) == ["broken", "wire"]


@pytest.mark.parametrize(("name", "file"), [("wire", "wire.jsonl"), ("broken", "broken.jsonl.gz")])
def test_seeds_are_found_by_name(folder: Path, name: str, file: str) -> None:
    assert find_seed(folder, name) == folder / file


@pytest.mark.parametrize("name", ["other", "../wire", "README", ""])
def test_seeds_that_are_not_there_are_told_with_those_that_are(folder: Path, name: str) -> None:
    with pytest.raises(UserError, match="there are broken, wire"):
        find_seed(folder, name)


def test_seeds_need_not_be_there(tmp_path: Path) -> None:
    assert seed_names(tmp_path / "seeds") == []


def test_seeds_come_with_the_repository() -> None:
    assert "wire" in seed_names(seeds_folder())
