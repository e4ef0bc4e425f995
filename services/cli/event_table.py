"""Events of the store as they are shown and written: a table by articles, JSON Lines, CSV.

Texts come from anywhere: whatever in them could command a terminal, or a spreadsheet, is shown and not obeyed.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from services.phrases import act, marks, period
from services.subscribe.render import quiet_pipe, safe_json, visible

if TYPE_CHECKING:
    from services.sink.events import EventRow, Who

SEPARATOR = "; "
NO_CODE = "-"

CSV_COLUMNS = (
    "article_id", "version", "event_id", "type", "plover", "mode", "contexts", "cameo", "quad_class", "score",
    "sources", "source_codes", "targets", "target_codes", "objects", "trigger_text", "polarity", "modality", "tense",
    "speakers", "date_text", "date_from", "date_to", "place_text", "place_name", "place_country", "place_admin1",
    "latitude", "longitude", "confidence", "rule", "path", "title", "url", "publisher", "feed", "language",
    "published_at", "fetched_at",
)  # fmt: skip
"""As in the view ``event_rows``."""

_FORMULA = ("=", "+", "-", "@")
_CODES = frozenset({"source_codes", "target_codes"})


def show(events: Sequence[EventRow], out: Console, limit: int) -> None:
    """A table for people: of each article its title, and its events under it."""
    articles = [list(of_one) for _, of_one in groupby(events, lambda event: (event.article_id, event.version))]
    more = "; there may be more: --limit" if len(events) == limit else ""
    if not events:
        out.print("no such events")
        return
    out.print(_table(header=True))
    for of_one in articles:
        first = of_one[0]
        published = first.seen_at.strftime("%Y-%m-%d %H:%M") + ("" if first.published_at else " (fetched)")
        out.print()
        out.print(
            Text.assemble(
                (visible(first.title) or "(no title)", "bold"), (f"  {visible(first.publisher)}, {published}", "dim")
            )
        )
        table = _table(header=False)
        for event in of_one:
            table.add_row(*cells(event))
        out.print(table)
    out.print(Text(f"\nevents: {len(events):,}; articles: {len(articles):,}{more}", "italic"))


def _table(*, header: bool) -> Table:
    # Each has the same widths, so that the tables of all articles stand under one heading.
    return Table(
        Column("when", width=10), Column("who", ratio=4, overflow="fold"), Column("what", width=11),
        Column("whom", ratio=4, overflow="fold"),
        Column("where", ratio=3, overflow="fold"), Column("says so", ratio=3, overflow="fold"),
        box=None, expand=True, pad_edge=False, padding=(0, 1, 0, 0), show_header=header, header_style="bold",
    )  # fmt: skip


def cells(event: EventRow) -> tuple[Text, Text, Text, Text, Text, Text]:
    """A row of the table: when, who, what, whom, where, who says so."""
    what = Text(act(event.type, event.plover))
    for mark in marks(event.polarity, event.modality):
        what.append(f"\n{mark}", "yellow")
    place = event.place_name or event.place_text
    where = Text.assemble(visible(place), *_code(event.place_country)) if place else Text()
    when = Text(period(event.date_from, event.date_to) or visible(event.date_text or ""))
    return when, _people(event.sources), what, _people(event.targets), where, _people(event.speakers)


def _people(people: Sequence[Who]) -> Text:
    return Text("\n").join(Text.assemble(visible(who.name), *_code(who.code)) for who in people)


def _code(code: str | None) -> list[tuple[str, str]]:
    return [(f" {code}", "dim")] if code else []


def write_json(events: Iterable[EventRow], stream: TextIO) -> None:
    """An event per line, with all that is known of who takes part. Ends quietly when nobody reads on."""
    write_records(map(asdict, events), stream)


def write_csv(events: Iterable[EventRow], stream: TextIO) -> None:
    """A heading and a row per event. Ends quietly when nobody reads on."""
    known = (asdict(event) | _lists(event) for event in events)
    write_cells(CSV_COLUMNS, ([_cell(name, one[name]) for name in CSV_COLUMNS] for one in known), stream)


def write_records(records: Iterable[Mapping[str, Any]], stream: TextIO) -> None:
    """A record per line, as JSON that is safe to print. Ends quietly when nobody reads on."""
    with quiet_pipe(stream):
        for one in records:
            print(safe_json(json.dumps(one, ensure_ascii=False, default=datetime.isoformat)), file=stream)


def write_cells(heads: Sequence[str], rows: Iterable[Sequence[Any]], stream: TextIO) -> None:
    """CSV, a heading and then the rows as they come. Ends quietly when nobody reads on."""
    with quiet_pipe(stream):
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(rows)


def _lists(event: EventRow) -> dict[str, str]:
    """Those who take part in one cell each, as in the view."""
    return {
        "sources": SEPARATOR.join(who.name for who in event.sources),
        "source_codes": SEPARATOR.join(who.code or NO_CODE for who in event.sources),
        "targets": SEPARATOR.join(who.name for who in event.targets),
        "target_codes": SEPARATOR.join(who.code or NO_CODE for who in event.targets),
        "objects": SEPARATOR.join(who.text for who in event.objects),
        "speakers": SEPARATOR.join(who.name for who in event.speakers),
        "contexts": SEPARATOR.join(event.contexts),
    }


def _cell(column: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, str):
        return value
    return visible(value) if column in _CODES else for_spreadsheet(value)


def for_spreadsheet(text: str) -> str:
    """A text for a cell of CSV: with an apostrophe before what a spreadsheet would take for a formula and carry out."""
    shown = visible(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
