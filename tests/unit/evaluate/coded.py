"""Labels and hand-made records of one text, in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas.enriched import EnrichedArticle
from schemas.events import Actor, ActorKind, Event, Modality, Participant, PloverType, Polarity, Span, Tense, Trigger
from services.enrich.nlp.text.normalise import article_text
from services.evaluate.gold import GoldRow, GoldText, gold_of
from services.evaluate.labels import LabelledLine, RowLine
from services.evaluate.pairing import ScoredText, Verdict, score_text
from services.evaluate.reading import Read
from tests.articles import at, plain_article

TEXT = "Kenya accused Somalia of lying, and Uganda urged Somalia to talk."


def event(text: str, kind: str, source: str = "", target: str = "", trigger: str = "", **fields: Any) -> Event:
    """A coded event; several participants are divided by a bar. Each is the actor of its own name."""
    sources, targets = (
        tuple(Participant(**at(text, name), actor=name) for name in names.split("|") if name)
        for names in (source, target)
    )
    made: dict[str, Any] = {
        "id": f"{kind}{source}{target}{trigger}", "type": PloverType(kind), "plover": PloverType(kind),
        "quad_class": 1, "score": 0, "sources": sources, "targets": targets,
        "trigger": Trigger(**at(text, trigger or text.split()[1]), lemma="x"), "sentence": 0,
        "polarity": Polarity.AFFIRMED, "modality": Modality.ACTUAL, "tense": Tense.PAST, "confidence": 0.8,
        "rule": "r", "path": "p",
    }  # fmt: skip
    return Event(**(made | fields))


def actor(name: str, country: str | None = None, *sectors: str, **fields: Any) -> Actor:
    return Actor(id=name, name=name, kind=ActorKind.STATE, country=country, sectors=sectors, **fields)


def record(text: str, *events: Event, actors: Sequence[Actor] = (), **fields: Any) -> EnrichedArticle:
    """An enriched article of one sentence, if not told otherwise; actors that are not given are of no country."""
    known = {one.id: one for one in actors}
    for participant in (who for one in events for who in (*one.sources, *one.targets)):
        known.setdefault(participant.actor or "", actor(participant.text))
    found: dict[str, Any] = {"sentences": (Span(start=0, end=len(text)),), "events": events}
    return plain_article("a1", 1, text, **(found | {"actors": tuple(known.values())} | fields))


def gold(text: str, *events: dict[str, Any], **fields: Any) -> GoldText:
    line = LabelledLine.model_validate({"text": text, "events": events, **fields})
    made = gold_of(Read("gold.jsonl:1", fields.get("id", "a1"), line), article_text)
    assert isinstance(made, GoldText)
    return made


def row(text: str, root: str, source: str | None = None, target: str | None = None) -> GoldRow:
    line = RowLine.model_validate({"text": text, "source": source, "target": target, "root": root})
    made = gold_of(Read("rows.jsonl:1", "a1", line), article_text)
    assert isinstance(made, GoldRow)
    return made


def label(kind: str, source: str = "", target: str = "", **fields: Any) -> dict[str, Any]:
    """A label with both roles given; several participants are divided by a bar."""
    roles = {"sources": source.split("|") if source else [], "targets": target.split("|") if target else []}
    return {"type": kind, **roles, **fields}


def scored(text: str, labels: list[dict[str, Any]], events: list[Event], **fields: Any) -> ScoredText:
    return score_text(gold(text, *labels), record(text, *events, **fields))


def verdicts(text: ScoredText) -> list[Verdict]:
    return [judged.verdict for judged in text.judged]


def written(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
