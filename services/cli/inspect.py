"""``dateline articles`` and ``dateline settings``: what is in the store, and what is set."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import SecretStr
from rich.table import Column, Table
from rich.text import Text

from services.cli.start import console, piped, require_store, start
from services.settings import PREFIX, Settings, read_settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from services.sink.query import Headline

_BEGINNING = 80  # code points of a text without a title


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(rich_help_panel="Articles out")(articles)
    app.command(rich_help_panel="Look at it")(settings)


def articles(
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many, newest first.")] = 20,
) -> None:
    """Show the newest articles of the store with the events and the names in them, and how many there are of all.

    Example: dateline articles -n 50
    """
    from services.sink.query import latest
    from services.sink.stores.url import reading

    in_force = start("articles", quiet=True)
    require_store(in_force)
    with reading(in_force.store) as connection:
        if piped():
            for headline in latest(connection, limit):
                typer.echo(json.dumps(asdict(headline), default=str))
        else:
            console().print(articles_table(connection, limit))


def articles_table(connection: Connection, limit: int) -> Table:
    """The newest articles, with what there is of all."""
    from services.sink.query import counts, latest

    totals = counts(connection)
    labels = ", ".join(f"{count:,} {label}" for label, count in list(totals.entities.items())[:6])
    types = ", ".join(f"{count:,} {plover}" for plover, count in totals.events.items())
    skipped = "".join(f"; not read: {count:,} ({reason})" for reason, count in totals.skipped.items())
    table = Table(
        Column("published", no_wrap=True), Column("source", ratio=1, width=8),
        Column("title", ratio=3), Column("events, and names", ratio=4),
        title=f"Articles: {totals.articles:,}, the newest {min(limit, totals.articles):,} of them here",
        caption=f"Events: {types or 'none'}\nEntities: {labels or 'none'}{skipped}",
        title_justify="left", caption_justify="left", expand=True,
    )  # fmt: skip
    for headline in latest(connection, limit):
        table.add_row(*cells(headline))
    return table


def cells(headline: Headline) -> tuple[Text, Text, Text, Text]:
    """A row of the table: when it was published, its source, its title, the events and the names in it."""
    from services.subscribe.render import visible

    published = headline.time.strftime("%Y-%m-%d %H:%M") + ("" if headline.published_at else "\n(fetched)")
    title = Text(visible(headline.title))
    if not headline.title:
        beginning = visible(headline.beginning)
        whole = len(beginning) <= _BEGINNING
        title = Text(beginning if whole else beginning[:_BEGINNING].rsplit(" ", 1)[0] + " ...", "italic")
    if headline.skipped == "language":
        title.append(f" (language {headline.language or 'unknown'}: not read)", "dim")
    return Text(published), Text(visible(headline.source)), title, _found(headline)


def _found(headline: Headline) -> Text:
    """How many events, the first of them, and under them the names."""
    from services.subscribe.render import visible

    names = Text(", ".join(f"{visible(name)} ({label})" for name, label in headline.top))
    if not headline.events:
        return names
    count = "1 event" if headline.events == 1 else f"{headline.events:,} events"
    acts = [Text(visible(act)) for act in headline.acts]
    names.stylize("dim")
    return Text("\n").join([Text(count, "bold"), *acts, *([names] if names else [])])


def settings() -> None:
    """Show every setting: its variable, the value in force, and what it means.

    Example: dateline settings | grep KAFKA
    """
    in_force = read_settings()
    table = Table("variable", "value", "meaning", box=None, pad_edge=False)
    for name, field in Settings.model_fields.items():
        value = getattr(in_force, name)
        shown = (
            ("(set)" if value.get_secret_value() else "")
            if isinstance(value, SecretStr)
            else ""
            if value is None
            else str(value)
        )
        style = "bold" if name in in_force.model_fields_set else "dim"
        if piped():
            typer.echo(f"{PREFIX}{name.upper()}={shown}")
        else:
            table.add_row(f"{PREFIX}{name.upper()}", Text(shown, style), field.description)
    if not piped():
        console().print(table)
