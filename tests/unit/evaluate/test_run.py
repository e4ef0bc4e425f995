from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.events import Event, PloverType
from services.errors import UserError
from services.evaluate.gold import GoldRow, GoldText
from services.evaluate.records import Outcome
from services.evaluate.run import Run, read_run, run, save_run
from tests.unit.evaluate.coded import TEXT, actor, event, gold, label, record, row, written

ACCUSE = label("ACCUSE", "Kenya", "Somalia", trigger="accused", polarity="negated")
RIGHT = event(TEXT, "ACCUSE", "Kenya", "Somalia", "accused")


def made(*golds: GoldText | GoldRow, events: tuple[Event, ...] = (RIGHT,), **fields: Any) -> Run:
    return run(golds, [Outcome(gold.document, record(TEXT, *events, **fields)) for gold in golds])


def test_run_reports_each_part_apart() -> None:
    found = made(gold(TEXT, ACCUSE, part="seen"), gold(TEXT, part="blind"), gold(TEXT)).figures["parts"]
    assert {part: section["all"]["precision"] for part, section in found.items()} == {
        "seen": 1.0,
        "blind": 0.0,
        "unmarked": 0.0,
    }


def test_run_reports_sentences_and_articles_apart() -> None:
    found = made(gold(TEXT, ACCUSE), gold(TEXT, kind="article")).figures["parts"]["unmarked"]["kinds"]
    assert {kind: row["precision"] for kind, row in found.items()} == {"sentence": 1.0, "article": 0.0}


def test_run_reports_rows_beside_texts() -> None:
    found = made(gold(TEXT, ACCUSE), row(TEXT, "ACCUSE", "Kenya", "Somalia")).figures
    assert (found["rows"]["accuracy"], list(found["parts"])) == (1.0, ["unmarked"])


def test_run_reports_the_types_after_the_shift_too() -> None:
    shifted = RIGHT.model_copy(update={"plover": PloverType.REJECT})
    found = made(gold(TEXT, ACCUSE), events=(shifted,)).figures["parts"]["unmarked"]
    assert (found["all"]["f1"], found["plover_types"]["all"]["f1"]) == (1.0, 0.0)


def test_run_says_what_made_the_records_and_what_was_not_read() -> None:
    labelled = gold(TEXT, id="x")
    found = run([labelled], [Outcome(labelled.document, None, "too_large: it is")]).figures
    assert (found["made_by"], found["not_read"]) == ({}, [{"id": "x", "reason": "too_large: it is"}])


def test_run_keeps_each_event_with_its_verdict_and_what_is_wrong() -> None:
    (text,) = made(gold(TEXT, ACCUSE), actors=(actor("Kenya", "KEN", "GOV"),)).texts
    (kept,) = text.events
    assert (kept.verdict, kept.wrong, kept.sentence) == ("right", ("polarity",), TEXT)
    assert (kept.sources[0].text, kept.sources[0].country, kept.sources[0].sectors) == ("Kenya", "KEN", ("GOV",))


def test_run_that_is_saved_is_read_again(tmp_path: Path) -> None:
    before = made(gold(TEXT, ACCUSE), row(TEXT, "ACCUSE"))
    save_run(before, tmp_path / "run.json")
    assert read_run(tmp_path / "run.json") == before


def test_run_figures_are_json() -> None:
    figures = made(gold(TEXT, ACCUSE), row(TEXT, "ACCUSE")).figures
    assert json.loads(json.dumps(figures)) == figures


def test_run_that_cannot_be_saved_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"--save .*none/run.json: No such file"):
        save_run(made(gold(TEXT)), tmp_path / "none" / "run.json")


def test_run_may_be_records_without_labels(tmp_path: Path) -> None:
    path = written(tmp_path / "out.jsonl", record(TEXT, RIGHT).model_dump_json(by_alias=True))
    (text,) = read_run(path).texts
    assert [kept.verdict for kept in text.events] == [None]


@pytest.mark.parametrize(
    ("content", "reason"),
    [("nothing", "not JSON: "), ("{}", "id: is missing"), ('{"figures": 1}', "figures: is a number, not an object")],
)
def test_run_file_that_is_none_is_named(tmp_path: Path, content: str, reason: str) -> None:
    path = written(tmp_path / "run.json", content)
    with pytest.raises(UserError, match=rf"run.json(:1)?: {reason}"):
        read_run(path)
