from __future__ import annotations

import base64
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.deadletter import DeadLetter, Place
from services.cli.dead_export import export_record, output, raw_folder, write_line, write_value
from services.errors import UserError
from services.replay.dead import Case, Letter, Status
from tests.unit.cli.test_dead_table import DEAD


def case(dead: DeadLetter = DEAD, offset: int = 40) -> Case:
    return Case(Letter(replace(dead, value=None), Place("articles.deadletter", 0, offset), 3), Status.OPEN)


def test_dead_export_keeps_every_byte() -> None:
    dead = replace(DEAD, key=b"\xff", value=bytes(range(256)), headers=(("", b""), ("x\u202e", b"\x00\xff")))
    stream = io.StringIO()

    write_line(export_record(case(dead), dead), stream)

    line = json.loads(stream.getvalue())
    assert stream.getvalue().isascii()
    assert base64.b64decode(line["key_base64"]) == dead.key
    assert base64.b64decode(line["value_base64"]) == dead.value
    assert tuple((name, base64.b64decode(text)) for name, text in line["headers_base64"]) == dead.headers


def test_dead_export_tells_no_value_from_an_empty_one() -> None:
    dead = replace(DEAD, key=None, value=None)

    assert (export_record(case(dead), dead)["value_base64"], export_record(case(), DEAD)["key_base64"]) == (
        None,
        base64.b64encode(b"a1").decode(),
    )


def test_dead_export_has_its_name_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"

    with pytest.raises(KeyboardInterrupt), output(str(path)):
        raise KeyboardInterrupt
    assert not path.exists()

    with output(str(path)) as stream:
        stream.write("whole\n")
    assert path.read_text() == "whole\n"


def test_dead_export_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").touch()

    with pytest.raises(UserError, match="is there already"), output(str(tmp_path / "out.jsonl")):
        pass


def test_dead_export_names_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"), output(str(tmp_path / "none" / "out.jsonl")):
        pass


@pytest.mark.parametrize("topic", ["../../etc/passwd", "..", "", "a/b", "\x00", "x" * 400, "é"])
def test_dead_export_leaves_its_folder_for_no_topic(tmp_path: Path, topic: str) -> None:
    dead = replace(DEAD, topic=topic)

    name = write_value(tmp_path, case(dead), dead)

    assert [path.name for path in tmp_path.rglob("*")] == [name]
    assert (tmp_path / str(name)).read_bytes() == DEAD.value


def test_dead_export_of_two_whose_names_would_be_one_keeps_both(tmp_path: Path) -> None:
    one, other = replace(DEAD, topic="a/b", value=b"1"), replace(DEAD, topic="a:b", value=b"2")

    names = [write_value(tmp_path, case(dead, offset), dead) for offset, dead in enumerate((one, other))]

    assert [(tmp_path / str(name)).read_bytes() for name in names] == [b"1", b"2"]


def test_dead_export_makes_no_file_of_no_value(tmp_path: Path) -> None:
    dead = replace(DEAD, value=None)

    assert write_value(tmp_path, case(dead), dead) is None
    assert list(tmp_path.iterdir()) == []


def test_dead_export_wants_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()

    with pytest.raises(UserError, match="is not empty"):
        raw_folder(str(tmp_path))
