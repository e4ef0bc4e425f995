"""``dateline events``: the coded events in the store, as a table for people, and as JSON Lines or CSV for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from schemas.events import Modality, PloverType, Polarity, Tense
from services.cli.start import console, piped, require_store, start
from services.cli.subscribe import moment
from services.errors import UserError
from services.selection import actor_of, alternatives, country_of, word_of

if TYPE_CHECKING:
    from services.sink.filters import Wanted

ValueT = TypeVar("ValueT")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Articles out")(events)


def events(
    type_: Annotated[
        str | None, typer.Option("--type", help="The act: ASSAULT, or several by commas, as all these take.")
    ] = None,
    plover: Annotated[
        str | None, typer.Option(help="The type after PLOVER's shift: a planned ASSAULT is THREATEN.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Who: 'RUS GOV', RUS, MIL, or words of a name, as Ukrain*.")
    ] = None,
    target: Annotated[str | None, typer.Option(help="Whom, likewise.")] = None,
    actor: Annotated[str | None, typer.Option(help="Either of them, likewise.")] = None,
    country: Annotated[str | None, typer.Option(help="Of who, of whom or of where it happened: UKR.")] = None,
    polarity: Annotated[str | None, typer.Option(help=f"{', '.join(Polarity)}.")] = None,
    modality: Annotated[str | None, typer.Option(help=f"{', '.join(Modality)}.")] = None,
    tense: Annotated[str | None, typer.Option(help=f"{', '.join(Tense)}.")] = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="Dated then or later, or if undated published so; as 2026-03-01 or 2026-03-01T06:00+01:00, else UTC."
        ),
    ] = None,
    until: Annotated[str | None, typer.Option(help="Likewise before this moment; of a date, to its end.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100_000, help="How many at most.")] = 100,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines on a terminal too.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV, with the columns of the view event_rows.")] = False,
    table: Annotated[bool, typer.Option("--table", help="A table in a pipe too.")] = False,
) -> None:
    """Show the coded events of the store: who did what to whom, where, when, and who says so.

    Those of the newest articles come first. The date of an event is the time it means: 2026 is in every week of it.

    Example: dateline events --type ASSAULT,COERCE --country UKR --polarity affirmed

    Example: dateline events --source 'RUS GOV' --since 2026-03-01 --csv > events.csv
    """
    from services.cli.event_table import show, write_csv, write_json
    from services.sink.events import find_events
    from services.sink.stores.url import reading

    if json + csv + table > 1:
        raise UserError("--json, --csv and --table: give one of them")
    in_force = start("events", quiet=True)
    wanted = _wanted(type_, plover, source, target, actor, country, polarity, modality, tense, since, until)
    require_store(in_force)
    with reading(in_force.store) as connection:
        found = find_events(connection, wanted, limit)
    if csv:
        write_csv(found, sys.stdout)
    elif json or (piped() and not table):
        write_json(found, sys.stdout)
    else:
        show(found, console(), limit)


def _wanted(
    type_: str | None,
    plover: str | None,
    source: str | None,
    target: str | None,
    actor: str | None,
    country: str | None,
    polarity: str | None,
    modality: str | None,
    tense: str | None,
    since: str | None,
    until: str | None,
) -> Wanted:
    """The filter that was asked for. Raises UserError naming the option."""
    from services.sink.filters import Wanted

    wanted = Wanted(
        types=_each("--type", type_, lambda option, value: word_of(PloverType, option, value)),
        plovers=_each("--plover", plover, lambda option, value: word_of(PloverType, option, value)),
        sources=_each("--source", source, actor_of),
        targets=_each("--target", target, actor_of),
        actors=_each("--actor", actor, actor_of),
        countries=_each("--country", country, country_of),
        polarities=_each("--polarity", polarity, lambda option, value: word_of(Polarity, option, value)),
        modalities=_each("--modality", modality, lambda option, value: word_of(Modality, option, value)),
        tenses=_each("--tense", tense, lambda option, value: word_of(Tense, option, value)),
        since=moment(since),
        until=end_of(until),
    )
    if wanted.since and wanted.until and wanted.until <= wanted.since:
        raise UserError(f"--until {until}: is not after --since {since}")
    return wanted


def _each(option: str, value: str | None, read: Callable[[str, str], ValueT]) -> tuple[ValueT, ...]:
    return () if value is None else tuple(read(option, one) for one in alternatives(option, value))


def end_of(until: str | None) -> datetime | None:
    """The moment that is no longer meant: of a date, the end of its day. Raises UserError."""
    found = moment(until, "--until")
    if found is None or until is None or len(until.strip()) > len("2026-03-01"):
        return found
    try:
        return found + timedelta(days=1)
    except OverflowError as error:
        raise UserError(f"--until {until}: is beyond all dates") from error
