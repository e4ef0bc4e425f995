"""``dateline eval``: the event coder held against labels, and one run against another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from services.cli.coding import LocalCoder
from services.cli.progress import Bar, progress_bar
from services.cli.start import console, piped, start
from services.errors import Poison, UserError

if TYPE_CHECKING:
    from schemas.enriched import EnrichedArticle
    from services.evaluate.gold import LabelledPair
    from services.evaluate.listing import Line
    from services.evaluate.records import Coder, Outcome
    from services.evaluate.run import Run
    from services.settings import Settings

_SHOWN = 10  # texts that were not read are named, so many at most


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("eval", rich_help_panel="Look at it")(evaluate)


def evaluate(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="GOLD...", help="JSON Lines of labels, or folders of them.")
    ] = None,
    coded: Annotated[
        Path | None, typer.Option(help="Score these records, as annotate writes them; else the texts are coded now.")
    ] = None,
    save: Annotated[Path | None, typer.Option(help="Keep the run in this file, for --diff.")] = None,
    diff: Annotated[
        tuple[Path, Path] | None,
        typer.Option(metavar="OLD NEW", help="Show what differs between two saved runs, or two outputs of annotate."),
    ] = None,
    mistakes: Annotated[
        bool, typer.Option("--mistakes", help="List what was missed and what is wrong, but for what was written blind.")
    ] = False,
    untold: Annotated[
        bool, typer.Option("--untold", help="Do not tell the coder the pairs of labels that have one.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on a terminal too.")] = False,
) -> None:
    """Score the event coder on labelled texts: a table for people, JSON for programs.

    A line of labels: {"id": "s1", "text": "Kenya accused Somalia of ...", "events": [{"type": "ACCUSE", "sources":
    [{"text": "Kenya", "country": "KEN"}], "targets": [{"text": "Somalia"}], "polarity": "affirmed"}]}

    Example: dateline eval labels.jsonl --save new.json; dateline eval --diff old.json new.json
    """
    if diff is not None:
        if paths or coded or save or mistakes:
            raise UserError("--diff: compares two runs, and takes no labels, --coded, --save or --mistakes")
        _show_difference(*diff, as_json=as_json)
        return
    if not paths:
        raise UserError("no labels to score on were given: name JSON Lines, or use --diff OLD NEW")
    made = _run(paths, coded, untold=untold)
    if save is not None:
        from services.evaluate.run import save_run

        save_run(made, save)
    _show_not_read(made.figures["not_read"])
    _show_run(made, mistakes=mistakes, as_json=as_json)


def _run(paths: Sequence[Path], coded: Path | None, *, untold: bool) -> Run:
    """Score the labels of `paths` against the records in `coded`, or else against what the coder makes of them now."""
    from services.enrich.nlp.text.normalise import article_text
    from services.evaluate.gold import gold_of
    from services.evaluate.reading import read_labels
    from services.evaluate.records import coded_here, coded_in_file
    from services.evaluate.run import run

    settings = start("eval", quiet=True)
    golds = [gold_of(read, article_text) for read in read_labels(paths)]
    if not golds:
        raise UserError(f"{', '.join(map(str, paths))}: holds no line of labels")
    documents = [gold.document for gold in golds]
    with progress_bar("coding") as bar:
        if coded is None:
            bar.say("loading the model")
            outcomes = coded_here(documents, _coder(settings, untold=untold))
        else:
            outcomes = coded_in_file(documents, coded)
        made = run(golds, _counted(outcomes, len(documents), bar))
    if coded is not None and len(made.figures["not_read"]) == len(golds):
        raise UserError(f"--coded {coded}: has no record of any of the labelled texts")
    return made


def _show_run(made: Run, *, mistakes: bool, as_json: bool) -> None:
    from services.evaluate.listing import mistakes as listed
    from services.evaluate.report import show_run

    lines = list(listed(made)) if mistakes else []
    if as_json or piped():
        shown = {"mistakes": [" " * line.indent + line.words for line in lines]} if mistakes else {}
        typer.echo(json.dumps(made.figures | shown))
        return
    show_run(made, console())
    _show_lines(lines)


def _coder(settings: Settings, *, untold: bool) -> Coder:
    from services.enrich.nlp.acts.pair import Pair

    local = LocalCoder(settings)

    def coder(values: Sequence[bytes], pairs: Sequence[LabelledPair | None]) -> list[EnrichedArticle | Poison]:
        return local.records(values, [Pair(*pair) if pair is not None and not untold else None for pair in pairs])

    return coder


def _counted(outcomes: Iterable[Outcome], total: int, bar: Bar) -> Iterator[Outcome]:
    for done, outcome in enumerate(outcomes, 1):
        bar.update(done, total, {"texts": done})
        yield outcome


def _show_not_read(texts: Sequence[dict[str, str]]) -> None:
    """Texts that gave nothing count as if nothing had been found in them: that should not go unseen."""
    from services.subscribe.render import visible

    errors = console(stderr=True)
    for text in texts[:_SHOWN]:
        errors.print(Text.assemble(("not read ", "yellow"), visible(f"{text['id']}: {text['reason']}")), soft_wrap=True)
    if len(texts) > _SHOWN:
        errors.print(Text(f"and {len(texts) - _SHOWN:,} more", "yellow"))


def _show_difference(old: Path, new: Path, *, as_json: bool) -> None:
    from services.evaluate.difference import difference
    from services.evaluate.listing import listing
    from services.evaluate.run import read_run

    start("eval", quiet=True)
    found = difference(read_run(old), read_run(new))
    if as_json or piped():
        shown = found.model_copy(update={"changes": found.shown})
        typer.echo(json.dumps({"summary": found.summary(), **shown.model_dump(mode="json")}))
        return
    _show_lines(listing(found))


def _show_lines(lines: Iterable[Line]) -> None:
    """Texts come from anywhere: what in them could command a terminal is shown, not obeyed."""
    from services.subscribe.render import visible

    for line in lines:
        console().print(Text(" " * line.indent + visible(line.words), line.style), soft_wrap=True)
