from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from services.evaluate.gold import GoldRow, GoldText
from services.evaluate.records import Outcome
from services.evaluate.report import number, show_run
from services.evaluate.run import run
from tests.unit.evaluate.coded import TEXT, event, gold, label, record, row

LABELS = [
    label("ACCUSE", "Kenya", "Somalia", trigger="accused", polarity="affirmed"),
    label("REQUEST", "Uganda", "Somalia", trigger="urged"),
]
EVENTS = [event(TEXT, "ACCUSE", "Kenya", "Somalia", "accused"), event(TEXT, "AID", "Uganda", "", "talk")]


def shown(*golds: GoldText | GoldRow) -> list[list[str]]:
    stream = StringIO()
    made = run(golds, [Outcome(gold.document, record(TEXT, *EVENTS)) for gold in golds])
    show_run(made, Console(file=stream, width=200))
    return [line.split() for line in stream.getvalue().splitlines()]


def test_report_has_a_line_for_each_type() -> None:
    lines = shown(gold(TEXT, *LABELS))
    assert ["ACCUSE", "1", "1", "1.00", "1.00", "1.00", "1.00", "0", "1.00", "1.00", *"----"] in lines
    assert ["all", "2", "2", "0.50", "0.50", "0.50", "0.50", "0", "1.00", "1.00", *"----"] in lines


def test_report_names_each_part() -> None:
    lines = shown(gold(TEXT, *LABELS, part="seen"), gold(TEXT, part="blind"))
    assert [line[0] for line in lines if line and line[0] in ("seen:", "blind:")] == ["seen:", "blind:"]


def test_report_confusion_is_in_the_order_of_plover() -> None:
    lines = shown(gold(TEXT, *LABELS))
    assert ["labelled,", "taken", "for", "AID", "REQU", "ACCU", "NONE"] in lines
    assert ["REQUEST", "·", "·", "·", "1"] in lines


def test_report_has_the_over_production() -> None:
    text = " ".join(" ".join(line) for line in shown(gold(TEXT, *LABELS), gold(TEXT)))
    assert "3 events that nobody labelled, 136.36 per 1,000 words; 2.00 per sentence without an event (2 in 1)" in text


def test_report_has_the_reliability_table() -> None:
    assert ["0.8", "to", "0.9", "2", "0.80", "0.50", "0.50"] in shown(gold(TEXT, *LABELS))


def test_report_of_rows_has_each_root_and_the_mean() -> None:
    lines = shown(row(TEXT, "ACCUSE", "Kenya", "Somalia"), row(TEXT, "REQUEST", "Uganda", "Somalia"))
    assert ["ACCUSE", "1", "1", "1.00", "1.00", "1.00"] in lines
    assert ["mean", "0.50"] in lines


@pytest.mark.parametrize(("value", "words"), [(None, "-"), (0.666, "0.67"), (0.0, "0.00")])
def test_report_number_of_nothing_is_a_dash(value: float | None, words: str) -> None:
    assert number(value) == words
