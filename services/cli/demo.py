"""``dateline demo``, which is ``make run``: the whole pipeline on this machine, with the seeds through it."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from services.cli.start import console, make_data_dir, start
from services.errors import UserError

if TYPE_CHECKING:
    from schemas.deadletter import DeadLetter
    from services.demo import Pipeline, Sent
    from services.ops.reconcile import Reconciliation


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Start here")(demo)


def demo(
    once: Annotated[bool, typer.Option(help="End by itself: exit code 0 only if the counts agree.")] = False,
    rows: Annotated[int, typer.Option(min=0, help="Articles to show.")] = 12,
) -> None:
    """Start Kafka, a worker and the sink; send the seeds and a broken feed; show what came out. Ctrl-C ends it.

    Example: dateline demo --once
    """
    from services.demo import account, dead_letters, pipeline, send_seeds, wait_until_at_rest
    from services.processes import ServiceEnded

    settings = start("demo", quiet=True)
    make_data_dir(settings)
    out = console()
    began, counted = time.monotonic(), False
    with _stopped_by_signals():
        try:
            with _steps() as bars, pipeline(settings, bars.note) as running:
                sent = send_seeds(running, bars.fed)
                bars.total = sent.acknowledged
                wait_until_at_rest(running, bars.behind)
                counts = account(running, sent.before)
                bars.progress.stop()
                _show_articles(running, rows)
                _show_refusals(sent)
                _show_dead_letters(dead_letters(running, sent.before))
                _show_counts(sent, counts, time.monotonic() - began)
                counted = True
                agrees = counts.agrees and counts.acknowledged == sent.acknowledged
                if once:
                    raise typer.Exit(0 if agrees else 1)
                _show_what_next(running)
                while True:
                    running.check()
                    time.sleep(1)
        except KeyboardInterrupt:
            out.print("stopped")
            # Whoever waits for the counts must not take an interruption for a yes.
            raise typer.Exit(0 if counted else 130) from None
        except (ServiceEnded, TimeoutError) as ended:
            raise UserError(str(ended)) from ended


class _Bars:
    """Three bars: what the feed has sent, what the worker and the sink have taken in."""

    def __init__(self, progress: Progress, *, live: bool) -> None:
        self.progress = progress
        self.total = 0
        self._live = live
        self._step = progress.add_task("", total=None, words="")
        self._tasks = [progress.add_task(name, total=None, words="", visible=False) for name in _BARS]

    def note(self, step: str) -> None:
        """Say what is going on."""
        self.progress.update(self._step, description=step)
        if not self._live:
            console().print(f"{step} ...")

    def fed(self, name: str, sent: int) -> None:
        """Tell what the feed has sent."""
        self.note_once(f"feeding: {name}")
        self.progress.update(self._tasks[0], visible=True, words=f"{sent:,} sent ({name})")

    def note_once(self, step: str) -> None:
        """Say it, if it is new."""
        if self.progress.tasks[self._step].description != step:
            self.note(step)

    def behind(self, worker: int, sink: int) -> None:
        """Tell how much worker and sink still have to take in."""
        self.note_once("reading and storing")
        self.progress.update(self._tasks[0], total=1, completed=1)
        for task, left in zip(self._tasks[1:], (worker, sink), strict=True):
            done = max(self.total - left, 0)
            self.progress.update(
                task, visible=True, total=max(self.total, 1), completed=done, words=f"{left:,} messages to go"
            )


_BARS = ("feed", "worker", "sink")


@contextmanager
def _steps() -> Iterator[_Bars]:
    errors = console(stderr=True)
    progress = Progress(
        SpinnerColumn(), TextColumn("{task.description:<22}"), BarColumn(), TextColumn("{task.fields[words]}"),
        TimeElapsedColumn(), console=errors, transient=True, disable=not errors.is_terminal,
    )  # fmt: skip
    with progress:
        yield _Bars(progress, live=errors.is_terminal)


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """SIGTERM ends it as Ctrl-C does; and SIGINT does so too where a shell has it ignored, as in the background."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _show_articles(running: Pipeline, limit: int) -> None:
    from services.cli.inspect import articles_table
    from services.sink.stores.url import reading

    with reading(running.settings.store) as connection:
        console().print(articles_table(connection, limit))


def _show_refusals(sent: Sent) -> None:
    table = Table("place", "why the feed refused it", title="Refused by the feed", title_justify="left", expand=True)
    for refusal in sent.refusals:
        table.add_row(Text(refusal.place), Text(refusal.reason))
    console().print(table)


def _show_dead_letters(letters: list[DeadLetter]) -> None:
    table = Table("reason", "message", "bytes", "origin", title="Dead letters", title_justify="left", expand=True)
    for letter in sorted(letters, key=lambda letter: (letter.reason.value, letter.partition, letter.offset)):
        origin = f"{letter.topic}/{letter.partition}/{letter.offset}"
        table.add_row(letter.reason.value, Text(letter.message), f"{len(letter.value or b''):,}", origin)
    console().print(table)


def _show_counts(sent: Sent, counts: Reconciliation, seconds: float) -> None:
    out = console()
    for name, summary in sent.summaries.items():
        out.print(f"{name}: {summary.sent} sent, {summary.refused} refused")
    agrees = counts.agrees and counts.acknowledged == sent.acknowledged
    mark = "[bold green]agree[/]" if agrees else "[bold red]do not agree[/]"
    out.print(
        f"In: {sent.acknowledged} acknowledged by Kafka. Out: {counts.rows} rows"
        f" + {counts.repeated} that repeat one of them + {counts.dead_letters} dead letters."
        f" Lost: {len(counts.lost)}. Doubled: {len(counts.doubled)}. The counts {mark}. ({seconds:.1f} s)"
    )


def _show_what_next(running: Pipeline) -> None:
    settings = running.settings
    out = console()
    out.print("\nIt stays up until Ctrl-C. In another terminal, with .venv/bin on the PATH:")
    for what, command in (
        ("follow what comes out", "dateline subscribe"),
        ("send articles of yours", "dateline feed FILE_OR_FOLDER"),
        ("send the seeds again", "dateline replay seeds --rate 5"),
        ("look into the store", "dateline articles"),
        ("the worker's metrics", f"curl {running.worker.page}/metrics"),
        ("the sink's metrics", f"curl {running.sink.page}/metrics"),
    ):
        out.print(Text(f"  {command:<48} {what}"))
    out.print(Text(f"Store: {settings.store}\nLogs:  {settings.data_dir / 'log'}"))
