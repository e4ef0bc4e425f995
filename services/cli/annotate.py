"""``dateline annotate``: enrichment of files, with no broker and no store."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer
from rich.text import Text

from services.cli.progress import progress_bar
from services.cli.start import console, start
from services.cli.summary import left_out, show_refusal
from services.errors import Poison, UserError

if TYPE_CHECKING:
    from services.enrich.outcome import Outcome


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Articles out")(annotate)


def annotate(
    paths: Annotated[
        list[str], typer.Argument(metavar="IN...", help="Files and folders as for feed, or - for standard input.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write; standard output if not given.")
    ] = None,
    children: Annotated[int, typer.Option("--processes", "-p", min=1, help="spaCy processes.")] = 1,
    strict: Annotated[bool, typer.Option(help="Exit code 1 if any record gave no article.")] = False,
) -> None:
    """Read articles from files and write what is found in them, with no broker and no store.

    In: what feed takes, as {"title": "Board meets", "body": "Ines Duarte chaired it in Lisbon."}

    Out: a line of JSON for each article, in the same order, just as it would be on the topic articles.enriched:
    {"id": "82a3...", "text": "Board meets ...", "entities": [{"text": "Lisbon", "label": "GPE", "start": 39, ...

    Example: dateline annotate in.jsonl --out out.jsonl --processes 2
    """
    from services.enrich.annotate import annotate as run
    from services.enrich.pool import Pool, child_command
    from services.feed.articles import Reading, articles, open_sources
    from services.feed.sources import Refusal

    settings = start("annotate", quiet=True)
    counts = {"written": 0, "refused": 0}
    places: list[str] = []
    errors = console(stderr=True)

    # Before anything is written: a path that is not there ends it here.
    reading = Reading(max_article_bytes=settings.max_article_bytes)
    sources = open_sources(paths, reading)

    def values() -> Iterator[bytes]:
        for item in articles(sources, reading):
            if isinstance(item, Refusal):
                counts["refused"] += 1
                show_refusal(item)
            else:
                places.append(item.place)
                yield item.value

    def write(outcome: Outcome) -> None:
        place = places.pop(0)
        if isinstance(outcome, Poison):
            counts["refused"] += 1
            show_refusal(Refusal(place, f"{outcome.reason.value}: {outcome.message}"))
        else:
            counts["written"] += 1
            target.write(outcome.value + b"\n")
        bar.update(None, None, counts)

    with _target(out, paths) as target, progress_bar("annotating") as bar:
        pool = Pool(
            child_command(settings.model, settings.max_text_chars),
            children,
            article_timeout=settings.article_timeout_seconds,
        )
        asyncio.run(run(values(), pool, children, write))
        target.flush()
    if sources.skipped_files:
        errors.print(Text(f"left out {left_out(sources.skipped_files, sources.skipped_names)}"), soft_wrap=True)
    errors.print(Text(f"{counts['written']:,} written, {counts['refused']:,} refused"))
    raise typer.Exit(1 if strict and counts["refused"] else 0)


@contextmanager
def _target(out: Path | None, paths: list[str]) -> Iterator[BinaryIO]:
    """Where records go. A file appears under its name when it is whole."""
    if out is None:
        with open(sys.stdout.fileno(), "wb", closefd=False) as target:
            yield target
        return
    if any(path != "-" and Path(path).resolve() == out.resolve() for path in paths):
        raise UserError(f"--out {out}: is one of the files to read")
    partial = out.with_name(f"{out.name}.partial")
    try:
        opened = partial.open("wb")
    except OSError as error:
        raise UserError(f"--out {out}: {error.strerror}") from error
    try:
        with opened:
            yield opened
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
