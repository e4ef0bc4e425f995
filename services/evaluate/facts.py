"""A coded event as a saved run keeps it: what two runs are compared by, with the verdict of the labels on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from schemas.enriched import EnrichedArticle
from schemas.events import Actor, Attribution, Event, Participant, TextSpan
from services.evaluate.attributes import actor_checks, event_checks
from services.evaluate.gold import GoldEvent
from services.evaluate.pairing import FOUND, Judged, Verdict

_Offset = Annotated[int, Field(ge=0)]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class KeptWords(_Kept):
    """Words of the text: code points, half-open."""

    start: _Offset
    end: _Offset
    text: str


class KeptActor(KeptWords):
    """A participant with the code of its actor."""

    country: str | None = None
    sectors: tuple[str, ...] = ()


class Fact(_Kept):
    """One event; `sentence` are the words of its sentence. Labels decide `verdict` and which fields are `wrong`."""

    type: str
    plover: str
    mode: str | None
    sources: tuple[KeptActor, ...]
    targets: tuple[KeptActor, ...]
    trigger: KeptWords
    polarity: str
    modality: str
    tense: str
    attribution: tuple[str, ...]
    date: str | None
    confidence: float
    rule: str
    sentence: str
    verdict: Verdict | None = None
    wrong: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether type and arguments are right."""
        return self.verdict is Verdict.RIGHT


COMPARED = ("type", "plover", "mode", "polarity", "modality", "tense", "attribution", "date")
"""Fields of a fact that a change of is told by name; participants are compared apart."""


def fact(event: Event, record: EnrichedArticle, judged: Judged | None = None) -> Fact:
    """What is kept of an event of `record`."""
    actors = {actor.id: actor for actor in record.actors}
    return Fact(
        type=event.type.value,
        plover=event.plover.value,
        mode=event.mode,
        sources=_actors(event.sources, actors),
        targets=_actors(event.targets, actors),
        trigger=_words(event.trigger),
        polarity=event.polarity.value,
        modality=event.modality.value,
        tense=event.tense.value,
        attribution=tuple(_who(said, actors) for said in event.attribution),
        date=event.date.text if event.date else None,
        confidence=event.confidence,
        rule=event.rule,
        sentence=_sentence(event, record),
        verdict=judged.verdict if judged else None,
        wrong=_wrong(judged, actors) if judged else (),
    )


def in_words(gold: GoldEvent) -> str:
    """A labelled event in words, as a coded one is told."""
    who = (", ".join(actor.label.text for actor in role) or "nobody" for role in (gold.sources, gold.targets))
    trigger = f', "{gold.label.trigger.text}"' if gold.label.trigger else ""
    return f"{gold.label.type.value}: {' -> '.join(who)}{trigger}"


def _actors(participants: Sequence[Participant], actors: Mapping[str, Actor]) -> tuple[KeptActor, ...]:
    kept = []
    for participant in participants:
        actor = actors.get(participant.actor or "")
        country, sectors = (actor.country, actor.sectors) if actor else (None, ())
        words = _words(participant).model_dump()
        kept.append(KeptActor(**words, country=country, sectors=sectors))
    return tuple(kept)


def _words(span: TextSpan) -> KeptWords:
    return KeptWords(start=span.start, end=span.end, text=span.text)


def _who(said: Attribution, actors: Mapping[str, Actor]) -> str:
    actor = actors.get(said.speaker or "")
    return f"{actor.name} ({said.cue})" if actor else said.cue


def _sentence(event: Event, record: EnrichedArticle) -> str:
    sentence = record.sentences[event.sentence]
    return record.text[sentence.start : sentence.end].strip()


def _wrong(judged: Judged, actors: Mapping[str, Actor]) -> tuple[str, ...]:
    if judged.verdict not in FOUND or judged.gold is None or judged.arguments is None:
        return ()
    checks = [*event_checks(judged.gold, judged.event, actors), *actor_checks(judged.arguments, actors)]
    return tuple(dict.fromkeys(name for name, right in checks if not right))
