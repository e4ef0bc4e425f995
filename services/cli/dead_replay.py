"""``dateline dead replay``: the originals of dead letters back onto the topics they came from."""

from __future__ import annotations

import sys
import time
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from services.cli.bytes_shown import text_shown
from services.cli.dead_options import (
    IdOption,
    ReasonOption,
    SinceOption,
    StageOption,
    StatusOption,
    UntilOption,
    read_letters,
    wanted_letters,
)
from services.cli.progress import progress_bar
from services.cli.start import complain, console, piped, start
from services.cli.summary import show_summary
from services.errors import UserError
from services.settings import PREFIX, Settings

if TYPE_CHECKING:
    from services.replay.dead import Case, Choice
    from services.replay.targets import Target


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Send them again")(replay)


def replay(
    letters: Annotated[list[str] | None, typer.Argument(metavar="ID", help="As --id.")] = None,
    reason: ReasonOption = None,
    stage: StageOption = None,
    status: StatusOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    ids: IdOption = None,
    everything: Annotated[bool, typer.Option("--all", help="All that are open.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Show what would go where, send none.")] = False,
    rate: Annotated[float | None, typer.Option(help="Letters a second, at most.")] = None,
    again: Annotated[
        bool, typer.Option("--again", help=f"Those too that have {PREFIX}DEAD_REPLAYS replays behind them.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Put the originals of dead letters back on the topics they came from, byte for byte, once their cause is mended.

    Takes letters that are open, or those of --status. Each goes with the header __dateline.replays, its number; one
    that fails again is a new letter, whose replays go on counting. Letters that come while this runs are not taken.

    Exit code 1 where one of them was not sent: which, and why, is told.

    Examples: dateline dead replay articles.raw/3/12; dateline dead replay --reason timed_out --rate 5

    dateline dead replay --all --dry-run
    """
    from services.replay.dead import choose
    from services.replay.targets import find_targets

    wanted = wanted_letters(reason, stage, status, since, until, [*(letters or ()), *(ids or ())])
    if not (everything or reason or stage or status or since or until or wanted.ids):
        raise UserError("say which letters: ids, a filter such as --reason, or --all")
    if rate is not None and not rate > 0:
        raise UserError(f"--rate {rate}: it must be above 0")
    settings = start("dead", quiet=True)
    found = read_letters(settings)
    found.require(wanted.ids)
    for alien in found.aliens:
        if wanted.ids and wanted.takes_alien(alien):
            raise UserError(f"{alien.at} is not ours, and cannot be replayed: {alien.why}")
    choice = choose(wanted, found.cases, settings.dead_replays, again=again)
    targets, problems = find_targets(settings.connection, {case.dead.topic for case in choice.send}, found.topic)
    stuck = [(case.id, problems[case.dead.topic]) for case in choice.send if case.dead.topic in problems]
    send = [case for case in choice.send if case.dead.topic in targets]
    _tell_what_does_not_go(choice, stuck, settings.dead_replays)
    failed = len(choice.refused) + len(stuck)
    if dry_run:
        _show_plan(send)
    elif send and not yes and not _agreed(send):
        complain("nothing was sent")
        failed = max(failed, 1)
    else:
        failed += _send(settings, send, targets, found.topic, rate, choice, len(stuck))
    raise typer.Exit(1 if failed else 0)


def _send(
    settings: Settings,
    send: list[Case],
    targets: dict[str, Target],
    deadletter: str,
    rate: float | None,
    choice: Choice,
    stuck: int,
) -> int:
    """Replay them under a progress bar, and tell what became of them; how many have failed. Exits where interrupted."""
    from services.feed.pace import steady
    from services.replay.dead_send import Replay, Result, replay_all
    from services.replay.dead_topic import with_values

    result = Result()
    letters = with_values(settings.connection, deadletter, send)
    try:
        if send:
            with (
                closing(letters),
                closing(Replay(settings.connection, deadletter, result, compression=settings.compression)) as replaying,
                progress_bar("replaying") as bar,
            ):
                replay_all(
                    replaying,
                    letters,
                    targets,
                    wait_turn=steady(rate, time.monotonic, replaying.idle) if rate else lambda: None,
                    on_progress=lambda now: bar.update(
                        now.replayed, len(send), {"replayed": now.replayed, "not sent": len(now.not_sent)}
                    ),
                )
    finally:
        # Also where it breaks off: one has to know what went.
        left = len(send) - result.replayed - len(result.not_sent)
        _name("not sent", result.not_sent)
        _name("replayed, but it stays open: its marker was not written", result.unmarked)
        summary = {
            "replayed": result.replayed,
            "refused": len(choice.refused),
            "passed_over": len(choice.passed_over),
            "not_sent": len(result.not_sent) + left + stuck,
        }
        show_summary(summary | ({"interrupted": True} if result.interrupted else {}))
    if result.interrupted:
        raise typer.Exit(130)
    if left:
        why = "Kafka no longer answers" if result.away else f"{deadletter} no longer holds them"
        complain(f"{left:,} more were not sent: {why}")
    return left + len(result.not_sent) + len(result.unmarked)


def _tell_what_does_not_go(choice: Choice, stuck: list[tuple[str, str]], most: int) -> None:
    """Each that is refused and why, and how many are not open, on standard error."""
    limit = f"the most are {most:,} ({PREFIX}DEAD_REPLAYS); --again replays it all the same"
    _name("refused", [(case.id, f"{case.replays:,} replays are behind it, {limit}") for case in choice.refused])
    _name("not sent", stuck)
    if choice.passed_over:
        counts = Counter(case.status.value for case in choice.passed_over)
        words = ", ".join(f"{count:,} {status}" for status, count in counts.items())
        line = f"passed over: {words}; without --status, only open letters are replayed"
        console(stderr=True).print(line, soft_wrap=True)


def _name(what: str, letters: list[tuple[str, str]]) -> None:
    """Letters and why, a line each, on standard error; all of them, for what is not named is not known."""
    for letter, why in letters:
        line = Text.assemble((f"{what} ", "yellow"), text_shown(letter), ": ", text_shown(why))
        console(stderr=True).print(line, soft_wrap=True)


def _show_plan(send: list[Case]) -> None:
    """What would be sent: a table for people, JSON Lines for programs."""
    from services.cli.dead_table import record, show, write_json

    records = [record(case) | {"replay": case.replays + 1, "to": case.dead.topic} for case in send]
    if piped():
        write_json(records, sys.stdout)
        return
    console().print(f"would be replayed: {_where(send) or 'none'}\n")
    if records:
        show(records, console(), None)


def _agreed(send: list[Case]) -> bool:
    """Whether whoever sits at the terminal wants that; a program has decided already."""
    return not sys.stdin.isatty() or typer.confirm(f"Replay {_where(send)}?", err=True)


def _where(send: list[Case]) -> str:
    """How many letters go where: ``3 letters onto articles.raw``."""
    counts = Counter(case.dead.topic for case in send)
    return ", ".join(
        f"{count:,} {'letter' if count == 1 else 'letters'} onto {text_shown(topic)}" for topic, count in counts.items()
    )
