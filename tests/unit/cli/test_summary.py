from __future__ import annotations

from dataclasses import asdict

import pytest
import typer

from services.cli.summary import exit_if_all_refused, left_out, rows
from services.feed.send import Summary


def shown(**changes: object) -> dict[str, str]:
    return dict(rows(asdict(Summary(sent=1200, refused=0, skipped_files=0, bytes=5, seconds=1.5)) | changes))


def test_summary_numbers_are_for_people() -> None:
    found = shown()
    assert (found["sent"], found["seconds"]) == ("1,200", "1.50")


def test_summary_encodings_are_a_line_for_each_file() -> None:
    assert shown(encodings={"a.txt": "cp1252", "b.txt": "utf-16-le"})["not UTF-8"] == (
        "a.txt as cp1252\nb.txt as utf-16-le"
    )


def test_summary_encodings_of_very_many_files_are_cut_short() -> None:
    found = shown(encodings={f"{number}.txt": "cp1252" for number in range(25)})["not UTF-8"]
    assert found.splitlines()[9:] == ["9.txt as cp1252", "and 15 more"]


def test_summary_files_that_were_left_out_are_named() -> None:
    assert shown(skipped_files=7, skipped_names=("a.csv", "README"))["left out"].startswith(
        "7 files: a.csv, README, and 5 more (supported are .jsonl, "
    )


def test_summary_hidden_files_are_only_counted() -> None:
    assert left_out(1, ()).startswith("1 file: hidden (")


def test_summary_of_refusals_alone_ends_with_code_1_and_a_line_that_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        exit_if_all_refused(0, 12, "nothing was sent", "; and a hint")
    said = capsys.readouterr().err
    assert (ended.value.exit_code, said) == (1, "dateline: nothing was sent: all 12 records were refused; and a hint\n")


@pytest.mark.parametrize(("good", "refused"), [(1, 12), (0, 0)])
def test_summary_of_anything_else_does_not_end_it(good: int, refused: int) -> None:
    exit_if_all_refused(good, refused, "nothing was sent")
