"""Dead letters as they are shown and written: tables for people, JSON Lines and CSV for programs.

Keys, messages and headers come from anywhere: whatever in them could command a terminal, or a spreadsheet, is shown and
not obeyed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from services.cli.bytes_shown import bytes_shown, short, text_shown
from services.cli.event_table import for_spreadsheet, write_cells, write_records

if TYPE_CHECKING:
    from schemas.deadletter import DeadLetter
    from services.replay.dead import Alien, Case

NOT_OURS = "not ours"
COLUMNS = (
    "id", "article", "stage", "reason", "status", "replays", "first_failed_at", "attempts", "exception", "message",
    "bytes", "copies", "dead_letter",
)  # fmt: skip
COUNT_COLUMNS = ("stage", "reason", "status", "letters")
_STYLES = {"open": "yellow", "pending": "cyan", "resolved": "green", "failed-again": "magenta", NOT_OURS: "red"}
_ON_TERMINAL = 100
_MOST = 300  # characters of what comes from anywhere, in a cell

Record = dict[str, Any]


def record(case: Case) -> Record:
    """A letter by its columns."""
    dead = case.dead
    return {
        "id": case.id,
        "article": case.article,
        "stage": dead.stage.value,
        "reason": dead.reason.value,
        "status": case.status.value,
        "replays": case.replays,
        "first_failed_at": case.failed_at.isoformat(),
        "attempts": dead.attempts,
        "exception": dead.exception,
        "message": dead.message,
        "bytes": case.letter.size,
        "copies": case.copies,
        "dead_letter": str(case.letter.at),
    }


def alien_record(alien: Alien) -> Record:
    """A message that is not ours, by the same columns."""
    known = {
        "id": str(alien.at),
        "article": alien.article,
        "status": NOT_OURS,
        "message": alien.why,
        "dead_letter": str(alien.at),
    }
    return dict.fromkeys(COLUMNS) | known


def counted(cases: Iterable[Case], aliens: Sequence[Alien]) -> list[Record]:
    """How many letters there are of each stage, reason and status, the most first."""
    counts = Counter((case.dead.stage.value, case.dead.reason.value, case.status.value) for case in cases)
    rows: list[Record] = [
        dict(zip(COUNT_COLUMNS, (*kind, count), strict=True))
        for kind, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]
    if aliens:
        rows.append({"stage": None, "reason": None, "status": NOT_OURS, "letters": len(aliens)})
    return rows


def write_json(records: Iterable[Record], stream: TextIO) -> None:
    """A record per line. Ends quietly when nobody reads on."""
    write_records(records, stream)


def write_csv(records: Iterable[Record], columns: Sequence[str], stream: TextIO) -> None:
    """A heading and a row per record. Ends quietly when nobody reads on."""
    write_cells(columns, ([_cell(one[name]) for name in columns] for one in records), stream)


def _cell(value: Any) -> Any:
    return for_spreadsheet(text_shown(value)) if isinstance(value, str) else value


def show(records: Sequence[Record], out: Console, limit: int | None) -> None:
    """A table for people, of the first letters."""
    shown = records[: limit or _ON_TERMINAL]
    if not records:
        out.print("no such dead letters")
        return
    table = Table(
        Column("failed", width=10), Column("letter, article, what is wrong", ratio=1, overflow="fold"),
        Column("stage, reason", no_wrap=True), Column("status", no_wrap=True),
        box=None, expand=True, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold",
    )  # fmt: skip
    for one in shown:
        table.add_row(*_cells(one))
    out.print(table)
    more = f"; {len(records) - len(shown):,} more: --limit" if len(records) > len(shown) else ""
    out.print(Text(f"\ndead letters: {len(records):,}{more}", "italic"))


def show_counts(rows: Sequence[Record], out: Console) -> None:
    """How many there are of each kind, and how many in all."""
    if not rows:
        out.print("no such dead letters")
        return
    table = Table("stage", "reason", "status", Column("letters", justify="right"), box=None, pad_edge=False)
    for one in rows:
        status = one["status"]
        table.add_row(one["stage"] or "-", one["reason"] or "-", Text(status, _STYLES[status]), f"{one['letters']:,}")
    out.print(table)
    out.print(Text(f"\nin all: {sum(one['letters'] for one in rows):,}", "italic"))


def show_letter(case: Case, dead: DeadLetter, out: Console, chars: int) -> None:
    """All of one letter, line by line: what is wrong, what became of it, its headers, its value."""
    for line in _letter_lines(case, dead, chars):
        out.print(line, soft_wrap=True)


def _letter_lines(case: Case, dead: DeadLetter, chars: int) -> Iterator[Text]:
    yield Text(text_shown(case.id), "bold")
    status = case.status.value
    copies = f" ({case.copies:,} copies of it)" if case.copies > 1 else ""
    for name, value in (
        ("article", short(dead.key)),
        ("status", status),
        ("stage", dead.stage.value),
        ("reason", dead.reason.value),
        ("message", text_shown(dead.message)),
        ("exception", text_shown(dead.exception)),
        ("attempts", f"{dead.attempts:,}"),
        ("first failed", when(case.failed_at)),
        ("dead letter", text_shown(str(case.letter.at)) + copies),
        ("replays", f"{case.replays:,}"),
    ):
        yield Text.assemble(f"  {name:<13}", (value, _STYLES[status] if name == "status" else ""))
    for replayed in case.history:
        yield Text(f"    {when(replayed.at)}  number {replayed.count:,}, to {text_shown(str(replayed.to))}")
    yield Text(f"  headers      {len(dead.headers):,}")
    for name, content in dead.headers:
        yield Text(f"    {text_shown(name)}: {short(content)}")
    if dead.value is None:
        yield Text("  value        none")
        return
    shown = bytes_shown(dead.value, chars)
    cut = f"; {shown.cut}: --chars 0 shows all, `dateline dead export --raw` has the bytes" if shown.cut else ""
    yield Text(f"  value        {len(dead.value):,} bytes, {shown.form}{cut}")
    for line in shown.lines:
        yield Text(f"    {line}")


def when(at: datetime) -> str:
    """A moment in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _cells(one: Record) -> tuple[Text, ...]:
    failed, status, message = one["first_failed_at"], one["status"], text_shown(one["message"])
    article = [Text(text_shown(one["article"])[:_MOST], "dim")] if one["article"] else []
    wrong = Text(message[:_MOST] + ("..." if len(message) > _MOST else ""))
    replays = f"\n{one['replays']} {'replay' if one['replays'] == 1 else 'replays'}" if one["replays"] else ""
    return (
        Text(datetime.fromisoformat(failed).astimezone(UTC).strftime("%Y-%m-%d %H:%M") if failed else "-"),
        Text("\n").join([Text(text_shown(one["id"])[:_MOST]), *article, wrong]),
        Text(f"{one['stage']}\n{one['reason']}" if one["stage"] else "-"),
        Text.assemble((status, _STYLES[status]), (replays, "dim")),
    )
