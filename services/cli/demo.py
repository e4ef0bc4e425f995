"""``dateline demo``, which is ``make run``: the whole pipeline on this machine, with the seeds through it."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from services.cli import outcome
from services.cli.start import console, make_data_dir, start
from services.errors import UserError

if TYPE_CHECKING:
    from services.settings import Settings


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
                outcome.show_refusals(sent)
                outcome.show_dead_letters(dead_letters(running, sent.before))
                outcome.show_counts(sent, counts, time.monotonic() - began)
                outcome.show_articles(running, rows)
                counted = True
                agrees = counts.agrees and counts.acknowledged == sent.acknowledged
                if once:
                    raise typer.Exit(0 if agrees else 1)
                outcome.show_what_next(running)
                while True:
                    running.check()
                    time.sleep(1)
        except KeyboardInterrupt:
            out.print("stopped")
            # Whoever waits for the counts must not take an interruption for a yes.
            raise typer.Exit(0 if counted else 130) from None
        except (ServiceEnded, TimeoutError) as ended:
            raise UserError(f"{ended}\n{_goes_on(settings)}") from ended


def _goes_on(settings: Settings) -> str:
    """What is left when a part has ended: the end of one is the end of all, and not of anything that was sent."""
    where = "Kafka" if "kafka_bootstrap" in settings.model_fields_set else f"Kafka's log in {settings.data_dir}"
    return (
        "All other parts were stopped too. Nothing is lost: what was sent is in the store or still in"
        f" {where}. Run `make run` (or `dateline demo`) again and it goes on from there; after a kill Kafka keeps the"
        f" new one waiting for up to {settings.session_timeout_seconds:.0f} s."
    )


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
