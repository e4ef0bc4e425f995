"""What was found in an article, and why, in words: of each event its sentence with marks, its fields, its path. Pure.

Says only what the record and the lexicon say; how it looks is for services/cli/explanation.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.enriched import EnrichedArticle
from schemas.events import (
    Actor,
    Attribution,
    DateMention,
    Event,
    Interval,
    Modality,
    Participant,
    Place,
    PloverType,
    Polarity,
    Tense,
)
from services.enrich.nlp.acts.frames import Frame, FrameLexicon
from services.enrich.nlp.confidence import DOUBTS, evidence_of, is_nearest
from services.enrich.path_words import governors, in_words
from services.phrases import event_phrase, period

SOURCE, TARGET, OBJECT, TRIGGER = "S", "T", "O", "V"

_CLASSES = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
_SHIFTS = {
    PloverType.AGREE: "to say that one will is to agree",
    PloverType.CONCEDE: "to announce that one will is to concede",
    PloverType.THREATEN: "to say that one will is to threaten",
    PloverType.REJECT: "to say that one will not is to reject",
}
_STANDS: Mapping[Polarity | Modality | Tense, str] = {
    Polarity.NEGATED: "it is said not to be so",
    Modality.PLANNED: "it is to come, and somebody means it to",
    Modality.POSSIBLE: "it may be",
    Modality.HYPOTHETICAL: "it depends on a condition",
    Modality.REQUESTED: "it is asked for",
    Tense.HISTORICAL: "it is background to the news",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the sentence, by its own offsets, that has a role: S, T, O, or V for the words of the act."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class ExplainedEvent:
    """One event: in a line, in its sentence, and field by field; a field has one line or more."""

    id: str
    phrase: str
    sentence: str
    marks: tuple[Mark, ...]
    fields: tuple[tuple[str, tuple[str, ...]], ...]


def explain(article: EnrichedArticle, frames: FrameLexicon) -> list[ExplainedEvent]:
    """The article's events, in order; `frames` are the lexicon's, for their examples."""
    actors = {actor.id: actor for actor in article.actors}
    evidence = evidence_of(article.events, article.text, article.sentences, frames)
    return [
        _event(article, event, actors, frames.by_rule.get(event.rule), known)
        for event, known in zip(article.events, evidence, strict=True)
    ]


def _event(
    article: EnrichedArticle,
    event: Event,
    actors: Mapping[str, Actor],
    frame: Frame | None,
    evidence: Sequence[str],
) -> ExplainedEvent:
    sentence = article.sentences[event.sentence]
    marks = [
        Mark(span.start - sentence.start, span.end - sentence.start, role)
        for role, spans in (
            (SOURCE, event.sources), (TARGET, event.targets), (OBJECT, event.objects), (TRIGGER, [event.trigger]),
        )
        for span in spans
        if sentence.start <= span.start and span.end <= sentence.end
    ]  # fmt: skip
    return ExplainedEvent(
        id=event.id,
        phrase=event_phrase(event, article.actors),
        sentence=article.text[sentence.start : sentence.end],
        marks=tuple(marks),
        fields=tuple((name, tuple(lines)) for name, lines in _fields(article, event, actors, frame, evidence)),
    )


def _fields(
    article: EnrichedArticle,
    event: Event,
    actors: Mapping[str, Actor],
    frame: Frame | None,
    evidence: Sequence[str],
) -> Iterator[tuple[str, list[str]]]:
    yield "act", [event.type.value]
    yield "PLOVER", [_shift(event)]
    if event.mode:
        yield "mode", [event.mode]
    if event.contexts:
        yield "contexts", [", ".join(event.contexts)]
    if event.cameo:
        yield "CAMEO", [event.cameo]
    yield "class", [f"{event.quad_class}, {_CLASSES[event.quad_class]}; score {event.score:g}"]
    yield "who", [_who(one, actors) for one in event.sources] or ["the text does not say"]
    yield "whom", [_who(one, actors) for one in event.targets] or ["nobody in particular"]
    if event.objects:
        yield "with", [_who(one, actors) for one in event.objects]
    for name, value in (("polarity", event.polarity), ("modality", event.modality), ("tense", event.tense)):
        yield name, [_standing(value, event.path)]
    yield "says so", [_said(said, actors, article.text) for said in event.attribution] or ["the paper itself"]
    yield "when", [date_words(event.date.text, event.date, article) if event.date else "the text does not say"]
    yield "where", [place_words(event.place) if event.place else "the text does not say"]
    yield "confidence", [confidence_words(event, evidence)]
    yield "rule", [f"{event.rule} ({frame.origin})" if frame else event.rule]
    if frame and frame.example:
        yield "as in", [frame.example]
    yield "path", in_words(event.path)


def confidence_words(event: Event, evidence: Sequence[str]) -> str:
    """The confidence, and what lowers it: ``0.62: nobody is said to do it``."""
    if is_nearest(event):
        return f"{event.confidence:.2f}: no frame holds, it is the nearest for the pair"
    doubts = "; ".join(DOUBTS[name] for name in evidence if name in DOUBTS)
    return f"{event.confidence:.2f}{f': {doubts}' if doubts else ''}"


def _shift(event: Event) -> str:
    if event.plover is event.type:
        return f"{event.plover.value}, the same"
    why = _SHIFTS.get(event.plover, "it lies in the future")
    return f"{event.plover.value}: {why}; it is {event.polarity.value} and {event.modality.value}"


def _standing(value: Polarity | Modality | Tense, path: str) -> str:
    because = governors(path, value.value)
    words = _STANDS.get(value)
    gloss = f": {words}" if words else ""
    return f"{value.value}{gloss}{', under ' + ' and '.join(because) if because else ''}"


def _who(one: Participant, actors: Mapping[str, Actor]) -> str:
    actor = actors.get(one.actor or "")
    if actor is None:
        return f"{one.text} (no actor)"
    stands = "" if one.text == actor.name else f": “{one.text}”"
    return f"{actor_words(actor)}{stands}"


def actor_words(actor: Actor) -> str:
    """Name, code, kind and role: ``Recep Tayyip Erdogan (TUR GOV, person; President)``."""
    about = ", ".join(word for word in (actor.code or actor.country or "no code", actor.kind.value) if word)
    role = f"; {actor.role}" if actor.role else ""
    known = f"; known as {actor.known_as}" if actor.known_as and actor.known_as != actor.name else ""
    return f"{actor.name} ({about}{role}{known})"


def _said(said: Attribution, actors: Mapping[str, Actor], text: str) -> str:
    actor = actors.get(said.speaker or "")
    who = actor_words(actor) if actor else "somebody who is no actor"
    return f"{who}: “{' '.join(text[said.start : said.end].split())}”"


def date_words(text: str, date: Interval | DateMention, article: EnrichedArticle) -> str:
    """What stands there, and the time that it means: ``“Monday”: 2026-05-04``."""
    start, end = (date.start, date.end) if isinstance(date, Interval) else (date.from_, date.to)
    unknown = "cannot be told" if article.published_at else "cannot be told, as the article has no date"
    return f"“{text}”: {period(start, end) or unknown}"


def place_words(place: Place) -> str:
    """What stands there, and where that is: ``“Donetsk”: Donetsk, Donetsk Oblast, UKR (48.02 N, 37.80 E; ...)``."""
    if place.name is None and place.country is None:
        return f"“{place.text}”: not in the gazetteer"
    parts = dict.fromkeys(part for part in (place.name, place.admin1, place.country) if part)
    known: list[str] = []
    if place.latitude is not None and place.longitude is not None:
        north = f"{abs(place.latitude):.2f} {'N' if place.latitude >= 0 else 'S'}"
        known.append(f"{north}, {abs(place.longitude):.2f} {'E' if place.longitude >= 0 else 'W'}")
    if place.geonames_id is not None:
        known.append(f"GeoNames {place.geonames_id}")
    about = f" ({'; '.join(known)})" if known else ""
    return f"“{place.text}”: {', '.join(parts)}{about}"
