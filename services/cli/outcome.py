"""What came of a demo, for people: what was refused and set aside and why, whether the counts agree, the articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from schemas.article import RawArticle
from services.cli.start import console

if TYPE_CHECKING:
    from schemas.deadletter import DeadLetter
    from services.demo import Pipeline, Sent
    from services.feed.sources import Refusal
    from services.ops.reconcile import Reconciliation

_EXAMPLES = 3
_FIELDS = frozenset(RawArticle.model_fields)

Case = tuple[str, str, str]  # its kind, its place, what is wrong


def show_refusals(sent: Sent) -> None:
    """Refusals of the feed by kind, with examples."""
    title = f"Refused by the feed: {len(sent.refusals)}. (seeds/broken.jsonl.gz is broken on purpose.)"
    console().print(Text(f"\n{title}\nTo see them all: dateline feed --dry-run seeds/broken.jsonl.gz"))
    _show(map(case_of, sent.refusals))


def show_dead_letters(letters: list[DeadLetter]) -> None:
    """Dead letters by reason, with examples."""
    title = f"Dead letters: {len(letters)}. (The same broken feed, sent once more with no check before it.)"
    console().print(Text(f"\n{title}"))
    ordered = sorted(letters, key=lambda letter: (letter.partition, letter.offset))
    _show((letter.reason.value, str(letter.origin), letter.message) for letter in ordered)


def show_counts(sent: Sent, counts: Reconciliation, seconds: float) -> None:
    """What went in and what came out, and whether that agrees."""
    out = console()
    out.print()
    for name, summary in sent.summaries.items():
        out.print(f"{name}: {summary.sent} sent, {summary.refused} refused")
    agrees = counts.agrees and counts.acknowledged == sent.acknowledged
    mark = "[bold green]agree[/]" if agrees else "[bold red]do not agree[/]"
    out.print(
        f"In: {sent.acknowledged} acknowledged by Kafka. Out: {counts.rows} rows"
        f" + {counts.repeated} that repeat one of them + {counts.dead_letters} dead letters."
        f" Lost: {len(counts.lost)}. Doubled: {len(counts.doubled)}. The counts {mark}. ({seconds:.1f} s)\n"
    )


def show_articles(running: Pipeline, limit: int) -> None:
    """The newest articles of the store."""
    from services.cli.inspect import articles_table
    from services.sink.stores.url import reading

    with reading(running.settings.store) as connection:
        console().print(articles_table(connection, limit))


def show_what_next(running: Pipeline) -> None:
    """What one may do while it is up."""
    settings = running.settings
    out = console()
    out.print("\nIt stays up until Ctrl-C. In another terminal, with .venv/bin on the PATH:")
    for what, command in (
        ("follow what comes out", "dateline subscribe"),
        ("send articles of yours", "dateline feed FILE_OR_FOLDER"),
        ("send the seeds again", "dateline replay seeds --rate 5"),
        ("what was set aside", "dateline dead list"),
        ("look into the store", "dateline articles"),
        ("who did what to whom", "dateline events --type ASSAULT"),
        ("why a sentence is an event", "dateline explain 'Kenya expelled two envoys.'"),
        ("the worker's metrics", f"curl {running.worker.page}/metrics"),
        ("the sink's metrics", f"curl {running.sink.page}/metrics"),
    ):
        out.print(Text(f"  {command:<48} {what}"))
    out.print(Text(f"Store: {settings.store}\nLogs:  {settings.data_dir / 'log'}"))


def case_of(refusal: Refusal) -> Case:
    """A refusal by its kind: what comes before the particulars, and all that is wrong with single fields as one."""
    head, _, particulars = refusal.reason.partition(": ")
    place = Path(refusal.place).name
    if head in _FIELDS:
        return "a field is wrong", place, refusal.reason
    return head.partition(",")[0], place, particulars


def by_kind(cases: Iterable[Case]) -> Iterator[tuple[str, list[str]]]:
    """Each kind with how many there are, the most frequent first, and a few examples with their places."""
    kinds = [list(alike) for _, alike in groupby(sorted(cases, key=_kind), _kind)]
    for alike in sorted(kinds, key=len, reverse=True):
        examples = [f"{place}: {message}" if message else place for _, place, message in alike[:_EXAMPLES]]
        yield f"{len(alike):>4} {_kind(alike[0])}", examples + ["..."] * (len(alike) > _EXAMPLES)


def _show(cases: Iterable[Case]) -> None:
    out = console()
    for kind, examples in by_kind(cases):
        out.print(Text(kind, "bold"))
        for example in examples:
            # A line is folded and never cut: the number at the end of a place is what one looks for.
            out.print(Padding(Text(example), (0, 0, 0, 7), expand=False))


def _kind(case: Case) -> str:
    return case[0]
