"""A run's figures and the difference of two runs, as tables for people. JSON has more than the tables show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Column, Table
from rich.text import Text

from services.evaluate.figures import CLASSES, counted
from services.evaluate.labels import NONE, YIELD
from services.evaluate.run import Run

_CHECKS = ("plover", "polarity", "modality", "tense", "country", "sector")
_ORDER = (*CLASSES[:-1], YIELD, NONE)
_ELSE = ("attribution", "date", "mode", "sectors")


def show_run(made: Run, console: Console) -> None:
    """All tables of a run: a part after the other, then the rows."""
    figures = made.figures
    for part, section in figures["parts"].items():
        _show(_section(part, section), console)
    if "rows" in figures:
        _show(_rows(figures["rows"]), console)


def _show(tables: Iterator[RenderableType], console: Console) -> None:
    for table in tables:
        console.print(table, soft_wrap=True)
        console.print()


def number(value: float | None, digits: int = 2) -> str:
    """A ratio, or a dash for that of nothing to nothing."""
    return "-" if value is None else f"{value:.{digits}f}"


def _section(part: str, section: Mapping[str, Any]) -> Iterator[RenderableType]:
    texts, over, all_types = section["texts"], section["over_production"], section["all"]
    heading = ", ".join(
        counted(count, thing)
        for thing, count in (*texts.items(), ("word", over["words"]), ("labelled event", all_types["gold"]))
    )
    yield Text.assemble((part, "bold"), f": {heading}")
    yield _types_table(section)
    yield Text("\n".join(_lines(section)))
    yield _matrix_table(section["confusion"])
    yield _calibration_table(section["calibration"])


def _types_table(section: Mapping[str, Any]) -> Table:
    table = _table("type", "labelled", "coded", "precision", "recall", "F1", "F1 args", "swapped", *_CHECKS)
    rows = {**section["types"], "all": section["all"]}
    for name, row in rows.items():
        if name == "all":
            table.add_section()
        table.add_row(
            name, f"{row['gold']:,}", f"{row['coded']:,}", number(row["precision"]), number(row["recall"]),
            number(row["f1"]), number(row["with_arguments"]["f1"]), str(row["swapped"]),
            *(number(row[check]["accuracy"]) for check in _CHECKS),
        )  # fmt: skip
    macro = section["macro"]
    blank = [""] * (len(_CHECKS) + 1)
    table.add_row("mean", "", "", "", "", number(macro["f1"]), number(macro["f1_with_arguments"]), *blank)
    return table


def _lines(section: Mapping[str, Any]) -> Iterator[str]:
    shifted, over, actors = section["plover_types"], section["over_production"], section["participants"]
    after, mean = shifted["all"], shifted["macro"]
    yield (
        f"After the shift: F1 {number(after['f1'])}, with arguments {number(after['with_arguments']['f1'])},"
        f" mean over types {number(mean['f1'])}"
    )
    if len(section["kinds"]) > 1:
        yield "; ".join(
            f"{kind}s: F1 {number(row['f1'])}, with arguments {number(row['with_arguments']['f1'])}"
            for kind, row in section["kinds"].items()
        )
    yield (
        f"Participants of found events: precision {number(actors['precision'])}, recall {number(actors['recall'])},"
        f" F1 {number(actors['f1'])}"
    )
    checks = [(name, section["all"][name]) for name in _ELSE]
    if any(check["of"] for _, check in checks):
        yield "; ".join(f"{name} {number(check['accuracy'])} of {check['of']}" for name, check in checks if check["of"])
    yield (
        f"Over-production: {counted(over['events'], 'event')} that nobody labelled,"
        f" {number(over['per_1000_words'])} per 1,000 words;"
        f" {number(over['per_empty_sentence'])} per sentence without an event"
        f" ({over['events_in_empty']:,} in {over['empty_sentences']:,})"
    )


def _rows(figures: Mapping[str, Any]) -> Iterator[RenderableType]:
    yield Text.assemble(("rows", "bold"), f": {counted(figures['rows'], 'text')} with one pair each")
    table = _table("root", "labelled", "coded", "precision", "recall", "F1")
    for kind, row in figures["types"].items():
        shown = (number(row[name]) for name in ("precision", "recall", "f1"))
        table.add_row(kind, f"{row['gold']:,}", f"{row['coded']:,}", *shown)
    table.add_section()
    table.add_row("mean", "", "", "", "", number(figures["macro_f1"]))
    yield table
    picked = "; ".join(f"{name.replace('_', ' ')}: {count:,}" for name, count in figures["picked"].items())
    yield Text(f"Accuracy {number(figures['accuracy'])}. Picked by {picked}")
    yield _matrix_table(figures["confusion"])
    yield _calibration_table({"root": figures["calibration"]})


def _matrix_table(confusion: Mapping[str, Mapping[str, int]]) -> RenderableType:
    """Rows are labels; of a column's name four letters tell it."""
    names = {name for row in confusion.values() for name in row} | set(confusion)
    if not names:
        return Text("")
    columns = [name for name in _ORDER if name in names]
    table = _table("labelled, taken for", *(name[:4] for name in columns))
    for name, row in confusion.items():
        table.add_row(name, *(_cell(row.get(column, 0), right=column == name) for column in columns))
    return table


def _cell(count: int, *, right: bool) -> Text:
    return Text(str(count) if count else "·", "bold green" if right and count else "" if count else "dim")


def _calibration_table(kinds: Mapping[str, Mapping[str, Any]]) -> RenderableType:
    """The reliability tables beside each other: the confidences are the same, what counts as right is not."""
    first = next(iter(kinds.values()))
    if not first["bins"]:
        return Text("No events, so no calibration.")
    names = [name.replace("_", " ") for name in kinds]
    table = _table("confidence", "events", "mean", *(f"right: {name}" for name in names))
    for position, found in enumerate(first["bins"]):
        rights = (number(kind["bins"][position]["right"]) for kind in kinds.values())
        width = f"{found['from']:.1f} to {found['to']:.1f}"
        table.add_row(width, f"{found['events']:,}", number(found["confidence"]), *rights)
    errors = "; ".join(
        f"{name}: expected calibration error {number(kind['expected_calibration_error'], 3)},"
        f" Brier score {number(kind['brier_score'], 3)}"
        for name, kind in zip(names, kinds.values(), strict=True)
    )
    return Group(table, Text(f"Right by {errors}"))


def _table(first: str, *others: str) -> Table:
    columns: Sequence[Column] = [Column(first), *(Column(name, justify="right") for name in others)]
    return Table(*columns, box=None, pad_edge=False, header_style="dim")
