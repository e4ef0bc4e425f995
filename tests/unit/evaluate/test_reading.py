from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services.errors import UserError
from services.evaluate.labels import LabelledLine, RowLine
from services.evaluate.reading import label_files, read_labels
from tests.unit.evaluate.coded import written

ROW = '{"text": "A met B.", "source": "A", "target": "B", "root": "YIELD"}'


def line(**fields: Any) -> str:
    return json.dumps({"text": "A met B.", "events": []} | fields)


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as refused:
        list(read_labels([path]))
    return str(refused.value)


def test_reading_recognises_both_forms_by_their_keys(tmp_path: Path) -> None:
    read = list(read_labels([written(tmp_path / "a.jsonl", line(), "", ROW)]))
    assert [type(one.line) for one in read] == [LabelledLine, RowLine]


def test_reading_names_a_line_without_an_id_by_file_and_number(tmp_path: Path) -> None:
    read = read_labels([written(tmp_path / "a.jsonl", line(id="x"), "", line())])
    assert [one.id for one in read] == ["x", "a:3"]


def test_reading_takes_a_folder_for_its_json_lines(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("not labels", encoding="utf-8")
    second, first = written(tmp_path / "b.jsonl", line()), written(tmp_path / "a.jsonl", line())
    assert label_files([tmp_path]) == [first, second]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("{", "not JSON: "),
        ("[]", "not a JSON object: a list"),
        ('{"text": "A"}', "has neither events nor root, so it is no line of labels"),
        (line(text=""), "give either text, or title and body"),
        (line(body="Another."), "give either text, or title and body"),
        (line(part="dev"), "part: is none of 'seen' or 'blind'"),
        (line(published_at="2024-05-03"), "published_at: "),
        (line(events=[{"type": "ATTACK"}]), "events.0.type: is none of 'AGREE', "),
        (line(events=[{"type": "AID", "polarty": "negated"}]), "events.0: has no field 'polarty'"),
        (
            line(events=[{"type": "AID", "sources": [{"text": "A", "country": "Kenya"}]}]),
            "events.0.sources.0.country: ",
        ),
        (line(events=[{"type": "AID", "date": {"start": "3 MayT"}}]), "events.0.date.start"),
        ('{"text": "A", "root": "VISIT"}', "root"),
        (line(root="AID"), "has both events and root; a line of labels is in one form"),
        (
            line(events=[{"type": "AID", "sources": [{"text": "A", "sectors": ["GVO"]}]}]),
            "events.0.sources.0.sectors.0: 'GVO' is no sector; they are AGR, BUS, ",
        ),
    ],
)
def test_reading_names_file_line_and_what_is_wrong(tmp_path: Path, wrong: str, reason: str) -> None:
    path = written(tmp_path / "a.jsonl", line(), wrong)
    assert refusal(path).startswith(f"{path}:2: {reason}")


def test_reading_refuses_an_id_that_comes_twice(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", line(id="x"), line(id="x"))
    assert refusal(path) == f"{path}:2: the id 'x' is that of {path}:1 too"


def test_reading_refuses_a_folder_without_labels(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path}: holds no .jsonl files"


def test_reading_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.jsonl").endswith("none.jsonl: there is no such file or folder")
