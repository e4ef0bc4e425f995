"""What became of articles that were fed: refusals as they come, then a table for people or JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer
from rich.table import Table
from rich.text import Text

from services.cli.start import complain, console, piped

if TYPE_CHECKING:
    from services.feed.send import Summary
    from services.feed.sources import Refusal

_MOST = 10  # files that are named, of those read in another encoding


def show_refusal(refusal: Refusal) -> None:
    """One line on standard error: place and reason."""
    line = Text.assemble(("refused ", "yellow"), refusal.place, ": ", refusal.reason)
    console(stderr=True).print(line, soft_wrap=True)


def finish(summary: Summary, hint: str = "") -> None:
    """Show what became of a feed. Exit code 130 where it was interrupted, 1 where all was refused, then with `hint`."""
    show_summary({name: value for name, value in asdict(summary).items() if value or name in ("sent", "refused")})
    if summary.interrupted:
        raise typer.Exit(130)
    exit_if_all_refused(summary.sent, summary.refused, "nothing was sent", hint)


def exit_if_all_refused(good: int, refused: int, outcome: str, hint: str = "") -> None:
    """Say so in one last line and exit with code 1 where records were refused and none was `good`."""
    if refused and not good:
        which = "the only record was refused" if refused == 1 else f"all {refused:,} records were refused"
        complain(f"{outcome}: {which}{hint}")
        raise typer.Exit(1)


def show_summary(summary: dict[str, Any]) -> None:
    """A table for people, JSON for programs."""
    if piped():
        typer.echo(json.dumps(summary))
        return
    table = Table(show_header=False, box=None)
    for name, shown in rows(summary):
        table.add_row(name, Text(shown))
    console().print(table)


def rows(summary: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and value of each thing in a summary, in words."""
    for name, value in summary.items():
        match name:
            case "skipped_files":
                yield "left out", left_out(value, summary.get("skipped_names", ()))
            case "skipped_names":
                pass
            case "encodings":
                files = [f"{file} as {encoding}" for file, encoding in list(value.items())[:_MOST]]
                yield "not UTF-8", "\n".join(files + _more(len(value) - len(files)))
            case "interrupted":
                yield "interrupted", "yes"
            case _:
                yield name.replace("_", " "), f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"


def left_out(count: int, names: Sequence[str]) -> str:
    """How many files of folders were left out and which, as far as `names` tells."""
    from services.feed.files import SUPPORTED

    files = "1 file" if count == 1 else f"{count:,} files"
    named = ", ".join([*names, *_more(count - len(names))]) if names else "hidden"
    return f"{files}: {named} ({SUPPORTED})"


def _more(count: int) -> list[str]:
    return [f"and {count:,} more"] if count > 0 else []
