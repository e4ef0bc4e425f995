"""All of a run: labels and records in, figures out, and what is kept of it to hold another run against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from schemas.enriched import EnrichedArticle
from services.errors import UserError
from services.evaluate.calibration import calibrations
from services.evaluate.facts import Fact, fact, in_words
from services.evaluate.figures import confusion, macro, participants, tally_by_type, total
from services.evaluate.gold import UNMARKED, GoldRow, GoldText
from services.evaluate.pairing import ScoredText, as_plover, score_text
from services.evaluate.production import over_production
from services.evaluate.reading import checked, json_lines, parsed
from services.evaluate.records import Outcome
from services.evaluate.rows import ScoredRow, row_figures, score_row

BLIND = "blind"
PARTS = ("seen", BLIND, UNMARKED)
KINDS = ("sentence", "article")
RUN_BYTES = 256 * 1024 * 1024


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class KeptText(_Kept):
    """A text of a run with its coded events, and in words those that were missed; the part is that of its label."""

    id: str
    part: str
    text: str
    events: tuple[Fact, ...]
    missed: tuple[str, ...] = ()


class KeptRow(_Kept):
    """A row of a run."""

    id: str
    text: str
    root: str
    taken_for: str


class Run(_Kept):
    """A run as it is saved; `figures` are those that ``--json`` shows."""

    form: Literal[1] = 1
    figures: dict[str, Any]
    texts: tuple[KeptText, ...] = ()
    rows: tuple[KeptRow, ...] = ()


def run(golds: Sequence[GoldText | GoldRow], outcomes: Iterable[Outcome]) -> Run:
    """Score the labels against the outcomes, which are in the same order."""
    texts: list[ScoredText] = []
    rows: list[ScoredRow] = []
    without: list[dict[str, str]] = []
    made: dict[str, str | None] = {}
    for gold, outcome in zip(golds, outcomes, strict=True):
        if outcome.record is not None:
            made = made or outcome.record.produced_by.model_dump(include={"dateline", "model", "coder", "ontology"})
        if outcome.reason:
            without.append({"id": outcome.document.id, "reason": outcome.reason})
        if isinstance(gold, GoldRow):
            rows.append(score_row(gold, outcome.record))
        else:
            texts.append(score_text(gold, outcome.record))
    figures: dict[str, Any] = {"made_by": made, "not_read": without, "parts": parts(texts)}
    if rows:
        figures["rows"] = row_figures(rows)
    return Run(figures=figures, texts=tuple(map(_kept_text, texts)), rows=tuple(map(_kept_row, rows)))


def parts(texts: Sequence[ScoredText]) -> dict[str, Any]:
    """Figures of each part apart: what was written blind says most."""
    members = {part: [text for text in texts if text.gold.part == part] for part in PARTS}
    return {part: section(found) for part, found in members.items() if found}


def section(texts: Sequence[ScoredText]) -> dict[str, Any]:
    """All figures of some texts."""
    tallies = tally_by_type(texts)
    shifted = tally_by_type(map(as_plover, texts))
    kinds = {kind: [text for text in texts if text.gold.kind == kind] for kind in KINDS}
    return {
        "texts": {kind: len(found) for kind, found in kinds.items()},
        "all": total(tallies.values()).as_dict(),
        "macro": macro(tallies),
        "types": {kind: tally.as_dict() for kind, tally in tallies.items()},
        "plover_types": {"all": total(shifted.values()).as_dict(), "macro": macro(shifted)},
        "kinds": {kind: total(tally_by_type(found).values()).as_dict() for kind, found in kinds.items() if found},
        "participants": participants(texts),
        "confusion": confusion(texts),
        "over_production": over_production(texts),
        "calibration": calibrations(texts),
    }


def save_run(made: Run, path: Path) -> None:
    """Write a run. Raises UserError where the file cannot be written."""
    try:
        path.write_text(made.model_dump_json() + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(f"--save {path}: {error.strerror}") from error


def read_run(path: Path) -> Run:
    """A saved run; or a file of enriched articles as a run without labels. Raises UserError for anything else."""
    try:
        with path.open("rb") as opened:
            first = opened.readline(RUN_BYTES + 1)
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from error
    if len(first) > RUN_BYTES:
        raise UserError(f"{path}: is larger than {RUN_BYTES} bytes")
    value = parsed(str(path), first)
    if isinstance(value, dict) and "figures" in value:
        return checked(str(path), Run, value)
    records = (checked(place, EnrichedArticle, line) for place, _, line in json_lines(path))
    return Run(figures={}, texts=tuple(map(_text_of_record, records)))


def _kept_text(text: ScoredText) -> KeptText:
    record, document = text.record, text.gold.document
    events = () if record is None else tuple(fact(judged.event, record, judged) for judged in text.judged)
    missed = tuple(map(in_words, text.missed))
    return KeptText(id=document.id, part=text.gold.part, text=document.text, events=events, missed=missed)


def _text_of_record(record: EnrichedArticle) -> KeptText:
    events = tuple(fact(event, record) for event in record.events)
    return KeptText(id=record.id, part=UNMARKED, text=record.text, events=events)


def _kept_row(row: ScoredRow) -> KeptRow:
    document = row.gold.document
    return KeptRow(id=document.id, text=document.text, root=row.gold.root, taken_for=row.taken_for)
