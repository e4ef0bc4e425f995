"""How sure an event is, as a probability that its type and who takes part in it are right.

A sum over what speaks for and against it: a base, a weight for its type, and one for each doubt that its record shows.
The weights are fitted to labelled texts by services/cli/calibrate.py and stand in lexicon/confidence.psv. A doubt never
raises it, and it is never quite certain. It is a function of the record and the lexicon: who has both can explain it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.events import Event, Modality, Participant, PloverType, Span, Tense
from services.enrich.nlp.acts.frames import FrameLexicon
from services.enrich.nlp.lexicon.lines import columns, entries
from services.errors import LexiconError

FILE = Path(__file__).parent / "lexicon" / "confidence.psv"
NEAREST = 0.5
"""Of labelled pairs for which no frame holds, the nearest one is right for about half."""
LEAST, MOST = 0.05, 0.95
BASE = "base"
DOUBTS: Mapping[str, str] = {
    "no source": "nobody is said to do it",
    "no target": "nobody is said to have it done to them",
    "source unknown": "who does it is no actor that is known",
    "target unknown": "whom it is done to is no actor that is known",
    "looked through": "an actor takes part through what is theirs",
    "pronoun": "a pronoun takes part",
    "far": "who takes part stands far from the word",
    "bare noun": "a noun tells of it, without a verb of its own",
    "no frame": "it is told without a frame of the lexicon",
    "wide frame": "its frame asks for little",
    "reported": "somebody else says so",
    "not fact": "it is possible, asked for, or depends on something",
    "ongoing": "it is going on",
    "long sentence": "its sentence is long",
    "company": "its sentence tells of other acts too",
}
"""What may speak against an event, in words. Types are evidence as well, for or against."""

_WIDE, _FAR, _LONG = 10, 8, 20  # weight of a frame; words
_PRONOUNS = frozenset("he she it they him her them i we us you me this that these those who which".split())
_THROUGH = re.compile(r"; [ST] [^;]* through ['\"]")
_UNSURE = frozenset({Modality.POSSIBLE, Modality.HYPOTHETICAL, Modality.REQUESTED})


@dataclass(frozen=True, slots=True)
class Confidence:
    """The fitted weights, in log-odds, by evidence; `base` is what an event without any has."""

    base: float
    weights: Mapping[str, float]

    def of(self, evidence: Iterable[str]) -> float:
        """The probability, between LEAST and MOST; evidence without a weight counts nothing."""
        odds = self.base + sum(self.weights.get(name, 0.0) for name in evidence)
        return min(max(1 / (1 + math.exp(-odds)), LEAST), MOST)


def load_confidence(path: Path = FILE) -> Confidence:
    """Read the weights.

    Raises LexiconError with file and line for a name that is unknown, twice or missing, and for a doubt that would
    raise confidence.
    """
    weights: dict[str, float] = {}
    known = {BASE, *DOUBTS, *PloverType}
    for number, line in entries(path):
        name, weight, *_ = [*columns(line), ""]
        try:
            weights[name] = _checked(name, float(weight), known - weights.keys())
        except ValueError as wrong:
            raise LexiconError(f"{path.name}:{number}: {wrong}") from wrong
    if missing := known - weights.keys():
        raise LexiconError(f"{path.name}: has no weight of {', '.join(sorted(missing))}")
    return Confidence(weights.pop(BASE), weights)


def _checked(name: str, weight: float, wanted: set[str]) -> float:
    if name not in wanted:
        raise ValueError(f"{name!r} is no evidence, or is there already")
    if not math.isfinite(weight) or (name in DOUBTS and weight > 0):
        raise ValueError(f"{weight} is no weight of {name!r}; a doubt has 0 or less")
    return weight


def with_confidence(
    events: Sequence[Event], text: str, sentences: Sequence[Span], frames: FrameLexicon, model: Confidence
) -> tuple[Event, ...]:
    """The events of one text, each with its confidence."""
    found = evidence_of(events, text, sentences, frames)
    sure = (NEAREST if is_nearest(event) else model.of(known) for event, known in zip(events, found, strict=True))
    return tuple(
        event.model_copy(update={"confidence": round(value, 3)}) for event, value in zip(events, sure, strict=True)
    )


def is_nearest(event: Event) -> bool:
    """Whether no frame holds, and this is the nearest for a pair that is known."""
    return event.path.startswith("nearest frame")


def evidence_of(
    events: Sequence[Event], text: str, sentences: Sequence[Span], frames: FrameLexicon
) -> list[tuple[str, ...]]:
    """What is to be weighed of each event of one text: its type and its doubts."""
    company = Counter(event.sentence for event in events)
    return [
        (event.type.value, *_doubts(event, text, sentences[event.sentence], frames, alone=company[event.sentence] == 1))
        for event in events
    ]


def _doubts(event: Event, text: str, sentence: Span, frames: FrameLexicon, *, alone: bool) -> Iterator[str]:
    for role, participants in (("source", event.sources), ("target", event.targets)):
        if not participants:
            yield f"no {role}"
        elif not any(one.actor for one in participants):
            yield f"{role} unknown"
    everybody = (*event.sources, *event.targets)
    if _THROUGH.search(event.path):
        yield "looked through"
    if any(one.text.lower() in _PRONOUNS for one in everybody):
        yield "pronoun"
    if any(_words_between(event, role, text) >= _FAR for role in (event.sources, event.targets) if role):
        yield "far"
    if event.path.startswith("noun ") and "; light verb " not in event.path:
        yield "bare noun"
    frame = frames.by_rule.get(event.rule)
    if frame is None:
        yield "no frame"
    elif frame.weight <= _WIDE:
        yield "wide frame"
    if event.attribution:
        yield "reported"
    if event.modality in _UNSURE:
        yield "not fact"
    if event.tense is Tense.ONGOING:
        yield "ongoing"
    if len(text[sentence.start : sentence.end].split()) >= _LONG:
        yield "long sentence"
    if not alone:
        yield "company"


def _words_between(event: Event, role: Sequence[Participant], text: str) -> int:
    """Words from the trigger to the nearest of a role."""
    gaps = (
        text[event.trigger.end : one.start] if one.start >= event.trigger.end else text[one.end : event.trigger.start]
        for one in role
    )
    return min(len(gap.split()) for gap in gaps)
