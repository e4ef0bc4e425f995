"""``dateline feed`` and ``dateline replay``: articles from files, and from the seeds, onto articles.raw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from schemas.topics import RAW
from services.cli.progress import progress_bar
from services.cli.start import start, topic_name
from services.cli.summary import exit_if_all_refused, finish, show_refusal, show_summary
from services.errors import UserError
from services.health import Health, serving
from services.settings import Settings
from services.telemetry import Telemetry

if TYPE_CHECKING:
    from services.feed.send import Progress as FeedProgress
    from services.feed.sources import Refusal

Paths = Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.", show_default=False)]
Rate = Annotated[float | None, typer.Option(help="Articles a second, at most.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Stop after so many.")]
Strict = Annotated[bool, typer.Option(help="Stop at the first record that is no article.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(rich_help_panel="Articles in")(feed)
    app.command(rich_help_panel="Articles in")(replay)


def feed(
    paths: Paths,
    rate: Rate = None,
    limit: Limit = None,
    strict: Strict = False,
    source: Annotated[str, typer.Option(help="Source of records that name none.")] = "",
    name: Annotated[str, typer.Option("--feed", help="Name of the feed; the file's if not given.")] = "",
    encoding: Annotated[str | None, typer.Option(help="Encoding of all files; found out if not given.")] = None,
    form: Annotated[str | None, typer.Option("--format", help="jsonl, json or text; told by the suffix.")] = None,
    dry_run: Annotated[bool, typer.Option(help="Check all records, send none.")] = False,
) -> None:
    """Put articles on the topic: text, JSON, JSON Lines, any of them with .gz, and folders of these.

    Records that are no articles are named with file, line and reason. Exit code 1 if there were such records alone.

    Example: dateline feed news/ --rate 50
    """
    from services.feed.articles import Reading, articles, open_sources
    from services.feed.files import STDIN, Format
    from services.feed.run import feed as run_feed
    from services.feed.send import Sending
    from services.feed.sources import Refusal as Refused

    settings = start("feed", quiet=True)
    reading = Reading(
        max_article_bytes=settings.max_article_bytes,
        source=source,
        feed=name,
        encoding=encoding,
        form=_form(form, Format),
    )
    hint = ""

    def on_refused(refusal: Refusal) -> None:
        nonlocal hint
        show_refusal(refusal)
        if STDIN in paths and form is None and refusal.reason.startswith("not JSON"):
            hint = "; plain text is read with --format text"

    if dry_run:
        good = bad = 0
        sources = open_sources(paths, reading)
        for item in articles(sources, reading):
            if isinstance(item, Refused):
                bad += 1
                on_refused(item)
            else:
                good += 1
        files = {"skipped_files": sources.skipped_files, "skipped_names": sources.skipped_names}
        show_summary({"articles": good, "refused": bad, **(files if sources.skipped_files else {})})
        exit_if_all_refused(good, bad, "nothing would be sent", hint)
        raise typer.Exit(1 if bad and strict else 0)
    sending = Sending(settings.feed_in_flight, settings.compression, rate=rate, limit=limit, strict=strict)
    with feeding(settings) as (telemetry, on_progress):
        summary = run_feed(
            paths,
            connection=settings.connection,
            topic=topic_name(settings, RAW),
            telemetry=telemetry,
            reading=reading,
            sending=sending,
            on_progress=on_progress,
            on_refused=on_refused,
        )
    finish(summary, hint)


def replay(
    seed: Annotated[str, typer.Argument(help="A feed of the folder seeds: wire or broken; seeds means wire.")],
    rate: Rate = None,
    speed: Annotated[float | None, typer.Option(help="Times as fast as published: 86400 is a day a second.")] = None,
    limit: Limit = None,
    strict: Strict = False,
    verbatim: Annotated[bool, typer.Option(help="Send each line as it is, unchecked, as others might.")] = False,
) -> None:
    """Put a seed feed on the topic again, at a rate or at the pace of its own dates.

    Example: dateline replay seeds --speed 86400
    """
    from services.feed.articles import Reading
    from services.feed.run import feed as run_feed
    from services.feed.send import Sending
    from services.feed.verbatim import feed_verbatim
    from services.replay.pace import by_publication
    from services.replay.seeds import find_seed, seeds_folder

    settings = start("feed", quiet=True)
    if verbatim and speed is not None:
        raise UserError("--verbatim reads no dates, so there is no --speed to follow: give a --rate")
    path = find_seed(seeds_folder(), "wire" if seed == "seeds" else seed)
    sending = Sending(settings.feed_in_flight, settings.compression, rate=rate, limit=limit, strict=strict)
    with feeding(settings) as (telemetry, on_progress):
        common: dict[str, Any] = {
            "connection": settings.connection,
            "topic": topic_name(settings, RAW),
            "telemetry": telemetry,
            "sending": sending,
            "on_progress": on_progress,
            "on_refused": show_refusal,
        }
        if verbatim:
            summary = feed_verbatim([path], **common)
        else:
            reading = Reading(max_article_bytes=settings.max_article_bytes)
            pace = None if speed is None else by_publication(speed)
            summary = run_feed([path], reading=reading, pace=pace, **common)
    finish(summary)


@contextmanager
def feeding(settings: Settings) -> Iterator[tuple[Telemetry, Callable[[FeedProgress], None]]]:
    """Metrics served and a progress bar shown while a feed runs."""
    # A feed may wait for hours, for its pace or for whoever writes to its standard input: silence is no fault.
    telemetry, health = Telemetry("feed"), Health(stuck_after=float("inf"))
    health.waiting_for = None
    page = serving(telemetry, health, settings.metrics_host, settings.feed_metrics_port, "DATELINE_FEED_METRICS_PORT")
    with page, progress_bar("feeding") as bar:
        bar.say(f"waiting for Kafka at {settings.kafka_bootstrap}")

        def on_progress(now: FeedProgress) -> None:
            health.beat()
            bar.update(now.read_bytes, now.total_bytes, {"sent": now.sent, "refused": now.refused})

        yield telemetry, on_progress


def _form(form: str | None, formats: Any) -> Any:
    if form is None:
        return None
    try:
        return formats(form)
    except ValueError as unknown:
        raise UserError(f"--format {form}: it must be {', '.join(formats)}") from unknown
