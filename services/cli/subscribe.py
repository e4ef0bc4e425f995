"""``dateline subscribe``: enriched articles as they come, as a table for people and as JSON Lines for programs."""

from __future__ import annotations

import shutil
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.topics import ENRICHED
from services.cli.progress import waiting
from services.cli.start import piped, start, topic_name
from services.errors import UserError

if TYPE_CHECKING:
    from services.subscribe.where import Where


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Articles out")(subscribe)


def subscribe(
    group: Annotated[str | None, typer.Option(help="Share the topic with others of this group, and resume.")] = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="Begin with what was put there since, as 2026-03-01 or 2026-03-01T06:00+01:00; UTC if no offset."
        ),
    ] = None,
    offset: Annotated[str | None, typer.Option(help="Begin at earliest, latest, or this offset everywhere.")] = None,
    where: Annotated[
        str | None,
        typer.Option(help="Only articles with an event that fulfils this, as 'type=ASSAULT,COERCE country=UKR'."),
    ] = None,
    until_end: Annotated[bool, typer.Option("--until-end", help="Stop at what is the end now.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="Stop after so many.")] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines on a terminal too.")] = False,
    table: Annotated[bool, typer.Option("--table", help="A table in a pipe too.")] = False,
) -> None:
    """Follow the enriched articles, from the first that Kafka still has.

    --where has conditions with blanks between them, and one event fulfils all.
    = takes alternatives by commas, != wants none of them;
    quad_class, score and confidence can be compared, as confidence>=0.6.

    Fields of events: type, plover, mode, polarity, modality, tense,
    quad_class, score, confidence, source, target, actor, speaker, country,
    place. Fields of articles: language, publisher, feed.

    An actor is a code (in double quotes for its blank: "RUS GOV"), a country
    (RUS), a sector (MIL) or words of a name (Erdogan, Ukrain*).

    Examples: dateline subscribe -n 10; dateline subscribe --offset latest; dateline subscribe --until-end | jq .title

    dateline subscribe --where 'type=ASSAULT country=UKR polarity=affirmed'
    """
    from services.subscribe.client import subscribe as follow
    from services.subscribe.render import write_json_lines, write_rows

    if json and table:
        raise UserError("--json and --table: give one of them")
    settings = start("subscribe", quiet=True)
    wanted = _filter(where)
    articles = follow(
        settings.connection,
        topic=topic_name(settings, ENRICHED),
        group=group,
        since=moment(since),
        offset=int(offset) if offset and offset.isdecimal() else offset,
        where=wanted,
        until_end=until_end,
        max_articles=limit,
    )
    try:
        with ExitStack() as stack:
            with waiting(f"waiting for Kafka at {settings.kafka_bootstrap}"):
                stack.enter_context(articles)
            if json or (piped() and not table):
                write_json_lines(articles, sys.stdout)
            else:
                width = None if piped() else shutil.get_terminal_size().columns
                write_rows(articles, sys.stdout, width, wanted.ids if wanted else lambda _: ())
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _filter(text: str | None) -> Where | None:
    from services.subscribe.where import parse_where

    try:
        return None if text is None else parse_where(text)
    except UserError as wrong:
        raise UserError(f"--where: {wrong}") from wrong


def moment(text: str | None, option: str = "--since") -> datetime | None:
    """The moment that `text` names, in UTC if it has no offset. Raises UserError naming the option."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{option} {text[:60]}: write a date, or date and time, as 2026-03-01T06:00Z") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
