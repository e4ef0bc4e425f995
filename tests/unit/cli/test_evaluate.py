from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from services.cli.main import app
from services.errors import UserError
from tests.unit.evaluate.coded import TEXT, event, label, record, written

LABEL = {"id": "a1", "text": TEXT, "events": [label("ACCUSE", "Kenya", "Somalia", trigger="accused")]}
RIGHT = event(TEXT, "ACCUSE", "Kenya", "Somalia", "accused")


def dateline(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["eval", *map(str, arguments)])


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    return written(tmp_path / "gold.jsonl", json.dumps(LABEL))


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    return written(tmp_path / "out.jsonl", record(TEXT, RIGHT).model_dump_json(by_alias=True))


def test_evaluate_writes_the_figures_as_json_in_a_pipe(labels: Path, coded: Path) -> None:
    done = dateline(labels, "--coded", coded)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["parts"]["unmarked"]["all"]["with_arguments"]["f1"] == 1


def test_evaluate_shows_what_differs_between_saved_runs(labels: Path, coded: Path, tmp_path: Path) -> None:
    empty = written(tmp_path / "empty.jsonl", record(TEXT).model_dump_json(by_alias=True))
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    dateline(labels, "--coded", empty, "--save", old)
    dateline(labels, "--coded", coded, "--save", new)
    found = json.loads(dateline("--diff", old, new).stdout)
    assert found["summary"] == "1 event changed: 1 gained (1 right)"
    assert found["changes"][0]["new"]["sentence"] == TEXT


def test_evaluate_shows_what_differs_between_outputs_of_annotate(coded: Path, tmp_path: Path) -> None:
    empty = written(tmp_path / "empty.jsonl", record(TEXT).model_dump_json(by_alias=True))
    assert json.loads(dateline("--diff", empty, coded).stdout)["summary"] == "1 event changed: 1 gained"


def test_evaluate_lists_the_mistakes(labels: Path, tmp_path: Path) -> None:
    empty = written(tmp_path / "empty.jsonl", record(TEXT).model_dump_json(by_alias=True))
    found = json.loads(dateline(labels, "--coded", empty, "--mistakes").stdout)["mistakes"]
    assert found == [f"a1: {TEXT}", '    missed ACCUSE: Kenya -> Somalia, "accused"']


def test_evaluate_says_on_standard_error_what_has_no_record(labels: Path, coded: Path, tmp_path: Path) -> None:
    more = written(tmp_path / "more.jsonl", json.dumps({"id": "b", "text": "Nothing.", "events": []}))
    assert "not read b: " in dateline(labels, more, "--coded", coded).stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "no labels to score on were given"),
        (["gold.jsonl", "--diff", "a", "b"], "--diff: compares two runs"),
        (["none.jsonl"], "none.jsonl: there is no such file"),
        (["blank.jsonl"], "blank.jsonl: holds no line of labels"),
        (["gold.jsonl", "--coded", "none.jsonl"], "none.jsonl: cannot be read: No such file"),
        (["gold.jsonl", "--coded", "other.jsonl"], "--coded other.jsonl: has no record of any of the labelled texts"),
    ],
)
@pytest.mark.usefixtures("labels")
def test_evaluate_tells_what_to_change(
    arguments: list[str], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "blank.jsonl", "")
    written(tmp_path / "other.jsonl", record("Another.").model_copy(update={"id": "z"}).model_dump_json(by_alias=True))
    monkeypatch.chdir(tmp_path)
    done = dateline(*arguments)
    assert isinstance(done.exception, UserError)
    assert str(done.exception).startswith(reason)
