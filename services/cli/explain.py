"""``dateline explain``: what the coder makes of a sentence or an article, and why."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.coding import LocalCoder
from services.cli.explain_input import given_articles
from services.cli.progress import waiting
from services.cli.start import console, start
from services.cli.summary import exit_if_all_refused, show_refusal
from services.errors import Poison, UserError

if TYPE_CHECKING:
    from schemas.enriched import EnrichedArticle
    from services.enrich.nlp.acts.pair import Pair
    from services.feed.record import Accepted
    from services.feed.sources import Refusal


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Look at it")(explain)


def explain(
    text: Annotated[
        str | None, typer.Argument(help="A sentence or a few, in quotes; - for an article on standard input.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", help="An article: title, blank line, body; or JSON as for feed.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="When it was published, as 2026-03-04: gives “on Monday” a meaning.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Words of the text: what did these do? Without an event, the nearest is shown.")
    ] = None,
    target: Annotated[str | None, typer.Option(help="Words of the text: what was done to these?")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A line of JSON: the record, and the explanation.")] = False,
) -> None:
    """Code a sentence or an article here and now, and explain each event: the text marked, then field by field why.

    Where there is no event, it names the rules that came near, and which condition failed.

    Example: dateline explain "Kenya denied on Monday that its troops had shelled a hospital." --published 2026-03-04
    """
    settings = start("explain", quiet=True)
    moment = _moment(published)
    given = list(given_articles(text, file, moment, settings.max_article_bytes))
    with waiting("loading the model"):
        coder = LocalCoder(settings)
    explained = refused = 0
    for one in given:
        record = _record(coder, one, source, target)
        if record is None:
            refused += 1
            continue
        explained += 1
        _show(coder, record, as_json=as_json)
    exit_if_all_refused(explained, refused, "nothing was explained")


def _show(coder: LocalCoder, record: EnrichedArticle, *, as_json: bool) -> None:
    from services.cli.explanation import show
    from services.enrich.explain import explain as explained
    from services.subscribe.render import safe_json

    events = explained(record, coder.frames)
    misses = coder.near_misses(record) if not events and record.skipped is None else []
    if as_json:
        found = {
            "article": record.model_dump(mode="json", by_alias=True),
            "events": [asdict(event) for event in events],
            "near_misses": [asdict(miss) for miss in misses],
        }
        typer.echo(safe_json(json.dumps(found, ensure_ascii=False)))
        return
    show(record, events, misses, console())


def _record(
    coder: LocalCoder, given: Accepted | Refusal, source: str | None, target: str | None
) -> EnrichedArticle | None:
    """The record of one article; None where there is none, which is told on standard error.

    Raises UserError where source or target are not in its text.
    """
    from services.feed.sources import Refusal

    if isinstance(given, Refusal):
        show_refusal(given)
        return None
    (record,) = coder.records([given.value], [_pair(given, source, target)])
    if isinstance(record, Poison):
        show_refusal(Refusal(given.place, f"{record.reason.value}: {record.message}"))
        return None
    return record


def _pair(given: Accepted, source: str | None, target: str | None) -> Pair | None:
    """Where the two that are asked about stand in the article's text."""
    from services.enrich.nlp.acts.pair import Pair
    from services.enrich.nlp.text.normalise import article_text

    if source is None and target is None:
        return None
    text = article_text(given.article.title, given.article.body)
    places = []
    for name, words in (("source", source), ("target", target)):
        found = [place.span() for place in re.finditer(re.escape(words), text)] if words else []
        if words is not None and not found:
            raise UserError(f"--{name} {words}: these words are not in the text of {given.place}")
        places.append(found)
    return Pair(*places)


def _moment(text: str | None) -> datetime | None:
    from services.feed.dates import NotADate, instant

    try:
        return None if text is None else instant(text)
    except NotADate as wrong:
        raise UserError(f"--published {text}: {wrong}") from wrong
