"""``dateline explain``: what the coder makes of a sentence or an article, and why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.progress import waiting
from services.cli.start import console, start
from services.cli.summary import exit_if_all_refused, show_refusal
from services.errors import Poison, UserError

if TYPE_CHECKING:
    from schemas.enriched import EnrichedArticle
    from services.enrich.near_misses import NearMiss
    from services.enrich.nlp.pair import Pair
    from services.feed.record import Accepted
    from services.feed.sources import Refusal
    from services.settings import Settings

_STDIN = "-"


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

    Example: dateline explain "Kenya denied on Monday that its troops had shelled a hospital." --published 2026-03-04
    """
    settings = start("explain", quiet=True)
    moment = _moment(published)
    given = list(_articles(text, file, moment, settings))
    with waiting("loading the model"):
        coder = _Coder(settings)
    explained = refused = 0
    for one in given:
        record = coder.record(one, source, target)
        if record is None:
            refused += 1
            continue
        explained += 1
        _show(coder, record, as_json=as_json)
    exit_if_all_refused(explained, refused, "nothing was explained")


def _show(coder: _Coder, record: EnrichedArticle, *, as_json: bool) -> None:
    from services.cli.explanation import show
    from services.enrich.explain import explain as explained
    from services.subscribe.render import safe_json

    events = explained(record, coder.frames.frames)
    # Of one sentence, it is asked why there is nothing in it; of a whole article nobody wants to know that.
    alone = not events and record.skipped is None and len(record.sentences) == 1
    misses = coder.near_misses(record.text) if alone else []
    if as_json:
        found = {
            "article": record.model_dump(mode="json", by_alias=True),
            "events": [asdict(event) for event in events],
            "near_misses": [asdict(miss) for miss in misses],
        }
        typer.echo(safe_json(json.dumps(found, ensure_ascii=False)))
        return
    show(record, events, misses, console())


class _Coder:
    """Enrichment in this process, to the very record that a worker makes."""

    def __init__(self, settings: Settings) -> None:
        from services.enrich.handle import Handler
        from services.enrich.nlp.coder import load_knowledge
        from services.enrich.nlp.language import LanguageDetector
        from services.enrich.nlp.pipeline import load_pipeline

        knowledge = load_knowledge()
        self.frames = knowledge.frames
        self._nlp = load_pipeline(settings.model)
        self._handler = Handler(self._nlp, LanguageDetector(), knowledge, settings.max_text_chars)

    def record(self, given: Accepted | Refusal, source: str | None, target: str | None) -> EnrichedArticle | None:
        """The record of one article; None where there is none, which is told on standard error.

        Raises UserError where source or target are not in its text.
        """
        from schemas.enriched import EnrichedArticle
        from services.enrich.outcome import Message
        from services.feed.sources import Refusal

        if isinstance(given, Refusal):
            show_refusal(given)
            return None
        pair = _pair(given, source, target)
        (outcome,) = self._handler.handle([Message(given.value)], [pair])
        if isinstance(outcome, Poison):
            show_refusal(Refusal(given.place, f"{outcome.reason.value}: {outcome.message}"))
            return None
        return EnrichedArticle.model_validate_json(outcome.value)

    def near_misses(self, text: str) -> list[NearMiss]:
        """What in a text without an event might have been one."""
        from services.enrich.near_misses import near_misses

        return near_misses(self._nlp(text), self.frames)


def _pair(given: Accepted, source: str | None, target: str | None) -> Pair | None:
    """Where the two that are asked about stand in the article's text."""
    from services.enrich.nlp.normalise import article_text
    from services.enrich.nlp.pair import Pair

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


def _articles(
    text: str | None, file: Path | None, published: datetime | None, settings: Settings
) -> Iterator[Accepted | Refusal]:
    """What is to be explained. Raises UserError where that is nothing, or two things."""
    from services.feed.articles import Reading, articles, open_sources
    from services.feed.files import SUFFIXES, Format
    from services.feed.record import to_article
    from services.feed.sources import Record, Refusal

    if (text is None) == (file is None):
        raise UserError('give a text in quotes, --file FILE, or - for standard input: dateline explain "..."')
    limit = settings.max_article_bytes
    if text is not None and text != _STDIN:
        if len(text) < 1000 and "\n" not in text and " " not in text and Path(text).is_file():
            raise UserError(f"{text} is a file: write --file {text}")
        # A few words tell no language: whoever asks wants them read.
        record = Record("the text", {"body": text, "language": "en"}, "explain")
        found = iter([to_article(record, fetched_at=datetime.now(UTC), max_article_bytes=limit)])
    else:
        path = file or Path(_STDIN)
        suffixes = [suffix for suffix in path.suffixes if suffix != ".gz"][-1:]
        form = SUFFIXES.get(suffixes[0].lower(), Format.TEXT) if suffixes else Format.TEXT
        reading = Reading(max_article_bytes=limit, form=form)
        found = articles(open_sources([path], reading), reading)
    for one in found:
        if isinstance(one, Refusal) or published is None:
            yield one
        else:
            yield _published(one, published)


def _published(given: Accepted, moment: datetime) -> Accepted:
    from services.feed.record import Accepted

    article = given.article.model_copy(update={"published_at": moment})
    return Accepted(given.place, article, article.model_dump_json().encode())


def _moment(text: str | None) -> datetime | None:
    from services.feed.dates import NotADate, instant

    try:
        return None if text is None else instant(text)
    except NotADate as wrong:
        raise UserError(f"--published {text}: {wrong}") from wrong
