"""``dateline dead``: the messages that could not be handled: which, why, what became of them, and again."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli import dead_replay
from services.cli.bytes_shown import CHARS
from services.cli.dead_options import (
    CsvOption,
    IdOption,
    JsonOption,
    Letters,
    ReasonOption,
    SinceOption,
    StageOption,
    StatusOption,
    TableOption,
    UntilOption,
    one_way,
    read_letters,
    wanted_letters,
)
from services.cli.start import console, piped, start
from services.errors import UserError

if TYPE_CHECKING:
    from services.replay.dead import Alien, Case, Wanted

app = typer.Typer(
    help="Dead letters: the messages that could not be handled, why, and sent again.", no_args_is_help=True
)
_LOOK = "Look at them"


@app.command("list", rich_help_panel=_LOOK)
def list_letters(
    reason: ReasonOption = None,
    stage: StageOption = None,
    status: StatusOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    ids: IdOption = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help="How many at most; a table has 100 if not told.")
    ] = None,
    json: JsonOption = False,
    csv: CsvOption = False,
    table: TableOption = False,
) -> None:
    """List dead letters, those that failed last first: what is wrong with each, and what became of it.

    open: never replayed. pending: replayed, and not yet read again. resolved: read again, and nothing was wrong.
    failed-again: set aside again, as a letter of its own.

    Example: dateline dead list --reason invalid,not_json --status open
    """
    from services.cli.dead_table import COLUMNS, alien_record, record, show, write_csv, write_json

    one_way(json, csv, table)
    wanted = wanted_letters(reason, stage, status, since, until, ids)
    letters = read_letters(start("dead", quiet=True))
    letters.require(wanted.ids)
    cases, aliens = _chosen(letters, wanted)
    newest = sorted(cases, key=lambda case: case.failed_at, reverse=True)
    records = [*map(record, newest), *map(alien_record, aliens)]
    if csv:
        write_csv(records[:limit], COLUMNS, sys.stdout)
    elif json or (piped() and not table):
        write_json(records[:limit], sys.stdout)
    else:
        show(records, console(), limit)


@app.command(rich_help_panel=_LOOK)
def count(
    reason: ReasonOption = None,
    stage: StageOption = None,
    status: StatusOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    ids: IdOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
    table: TableOption = False,
) -> None:
    """Count dead letters by stage, reason and status.

    Example: dateline dead count --since 2026-03-01
    """
    from services.cli.dead_table import COUNT_COLUMNS, counted, show_counts, write_csv, write_json

    one_way(json, csv, table)
    wanted = wanted_letters(reason, stage, status, since, until, ids)
    letters = read_letters(start("dead", quiet=True))
    letters.require(wanted.ids)
    rows = counted(*_chosen(letters, wanted))
    if csv:
        write_csv(rows, COUNT_COLUMNS, sys.stdout)
    elif json or (piped() and not table):
        write_json(rows, sys.stdout)
    else:
        show_counts(rows, console())


@app.command(rich_help_panel=_LOOK)
def show(
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="Of the letter (topic/partition/offset), or of its article.")
    ],
    chars: Annotated[
        int, typer.Option(min=0, help="Most characters of the value, or four times the bytes of a dump; 0: all.")
    ] = CHARS,
    json: Annotated[
        bool, typer.Option("--json", help="As `dateline dead export` writes it, on a terminal too.")
    ] = False,
    table: Annotated[bool, typer.Option("--table", help="For people, in a pipe too.")] = False,
) -> None:
    """Show all of a letter: what is wrong, its replays, the original's headers and value.

    Whatever in it could command the terminal is shown by its number, and not obeyed.

    Example: dateline dead show articles.raw/3/12
    """
    from services.cli.dead_export import export_record, write_line
    from services.cli.dead_table import show_letter
    from services.replay.dead import Wanted
    from services.replay.dead_topic import with_values

    one_way(json, False, table)
    settings = start("dead", quiet=True)
    letters = read_letters(settings)
    letters.require([id_])
    cases, aliens = _chosen(letters, Wanted(ids=(id_,)))
    for alien in aliens:
        raise UserError(f"{alien.at} is not ours: {alien.why}")
    for number, (case, dead) in enumerate(with_values(settings.connection, letters.topic, cases)):
        if json or (piped() and not table):
            write_line(export_record(case, dead), sys.stdout)
            continue
        if number:
            console().print()
        show_letter(case, dead, console(), chars)


@app.command(rich_help_panel=_LOOK)
def export(
    file: Annotated[str | None, typer.Argument(help="File of JSON Lines to write, or - for standard output.")] = None,
    raw: Annotated[str | None, typer.Option(help="New folder: each value as it is, in a file of its own.")] = None,
    reason: ReasonOption = None,
    stage: StageOption = None,
    status: StatusOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    ids: IdOption = None,
) -> None:
    """Write dead letters to a file, all of each on a line: the original's key, value and headers in base64.

    Example: dateline dead export letters.jsonl --status open --raw letters/
    """
    from services.cli.dead_export import export_record, output, raw_folder, write_line, write_value
    from services.replay.dead_topic import with_values

    if file is None and raw is None:
        raise UserError("name a file to write, - for standard output, or a folder with --raw")
    wanted = wanted_letters(reason, stage, status, since, until, ids)
    settings = start("dead", quiet=True)
    letters = read_letters(settings)
    letters.require(wanted.ids)
    cases, _aliens = _chosen(letters, wanted)
    folder = None if raw is None else raw_folder(raw)
    written = 0
    with nullcontext() if file is None else output(file) as stream:
        for case, dead in with_values(settings.connection, letters.topic, cases):
            names = {} if folder is None else {"file": write_value(folder, case, dead)}
            if stream is not None:
                write_line(export_record(case, dead) | names, stream)
            written += 1
    console(stderr=True).print(f"{written:,} dead letters written", style="dim")


def _chosen(letters: Letters, wanted: Wanted) -> tuple[list[Case], list[Alien]]:
    cases = [case for case in letters.cases if wanted.takes(case)]
    return cases, [alien for alien in letters.aliens if wanted.takes_alien(alien)]


dead_replay.register(app)
