from __future__ import annotations

import os
from pathlib import Path

import pytest

from services.errors import UserError
from services.feed.files import Format, find_files


def made(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"12345")
    return folder


def found_names(folder: Path) -> list[str]:
    return [Path(file.name).relative_to(folder).as_posix() for file in find_files([folder]).files]


def test_files_of_a_folder_are_found_below_it_in_order(tmp_path: Path) -> None:
    made(tmp_path, "b.jsonl", "a.json.gz", "sub/deep/c.txt", "sub/a.md", "z.ndjson")
    assert found_names(tmp_path) == ["a.json.gz", "b.jsonl", "z.ndjson", "sub/a.md", "sub/deep/c.txt"]


def test_files_of_other_kinds_in_a_folder_are_counted(tmp_path: Path) -> None:
    made(tmp_path, "a.jsonl", "b.csv", "README", "c.gz", ".hidden.jsonl", ".git/d.txt")
    assert (found_names(tmp_path), find_files([tmp_path]).skipped) == (["a.jsonl"], 5)


def test_files_that_are_left_out_are_named_but_for_the_hidden_ones(tmp_path: Path) -> None:
    made(tmp_path, "a.jsonl", "b.csv", ".hidden.jsonl", "sub/README", ".git/d.txt", *(f"z{n}.pdf" for n in range(9)))
    found = find_files([tmp_path])
    names = [Path(name).relative_to(tmp_path).as_posix() for name in found.examples]
    assert (found.skipped, names) == (13, ["b.csv", "z0.pdf", "z1.pdf", "z2.pdf", "z3.pdf"])


def test_files_that_would_never_end_are_left_out_of_folders(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert (found_names(tmp_path), find_files([tmp_path]).skipped) == ([], 1)


def test_files_links_in_circles_are_not_followed(tmp_path: Path) -> None:
    made(tmp_path, "sub/a.jsonl")
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert found_names(tmp_path) == ["sub/a.jsonl"]


@pytest.mark.parametrize(
    ("name", "form", "gzipped"),
    [
        ("a.jsonl", Format.JSONL, False),
        ("A.JSONL.GZ", Format.JSONL, True),
        ("a.json", Format.JSON, False),
        ("a.text", Format.TEXT, False),
        ("a.md.gz", Format.TEXT, True),
        ("a.csv", None, False),
        ("a.gz", None, True),
    ],
)
def test_files_say_by_their_suffix_what_they_hold(
    tmp_path: Path, name: str, form: Format | None, gzipped: bool
) -> None:
    (file,) = find_files([made(tmp_path, name) / name]).files
    assert (file.format, file.gzipped) == (form, gzipped)


def test_files_that_are_named_can_be_said_to_hold_something_else(tmp_path: Path) -> None:
    (file,) = find_files([made(tmp_path, "a.csv") / "a.csv"], Format.TEXT).files
    assert file.format is Format.TEXT


def test_files_that_are_not_there_end_it_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"missing\.jsonl: there is no such file"):
        find_files([made(tmp_path, "a.jsonl"), tmp_path / "missing.jsonl"])


def test_files_none_named_is_an_error_for_the_user() -> None:
    with pytest.raises(UserError, match="no file"):
        find_files([])


def test_files_tell_how_large_they_are_together(tmp_path: Path) -> None:
    assert find_files([made(tmp_path, "a.jsonl", "b.txt")]).total_bytes == 10


def test_files_tell_no_size_with_standard_input_among_them(tmp_path: Path) -> None:
    assert find_files([made(tmp_path, "a.jsonl"), "-"]).total_bytes is None
