"""Progress bars with counts, and what is waited for, on standard error and for people only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from services.cli.start import console


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `update` moves it and says what has been counted, `say` says something else."""

    progress: Progress
    task: TaskID

    def update(self, done: int | None, total: int | None, counts: dict[str, int]) -> None:
        """`done` of `total` (None: not known), and counts in words: ``{"sent": 3}`` shows as "3 sent"."""
        words = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        self.progress.update(self.task, completed=done, total=total, words=words)

    def say(self, words: str) -> None:
        """Say what is going on before there is anything to count."""
        self.progress.update(self.task, words=words)


@contextmanager
def progress_bar(title: str) -> Iterator[Bar]:
    """A bar for the time of the block; where standard error is no terminal, nothing is shown."""
    errors = console(stderr=True)
    progress = Progress(
        TextColumn(title),
        BarColumn(),
        TextColumn("{task.fields[words]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    )
    task = progress.add_task(title, total=None, words="")
    with progress:
        yield Bar(progress, task)


@contextmanager
def waiting(line: str) -> Iterator[None]:
    """Say what is waited for while the block runs, on a terminal."""
    errors = console(stderr=True)
    if not errors.is_terminal:
        yield
        return
    with errors.status(line):
        yield
