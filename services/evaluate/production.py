"""Over-production: events that nobody labelled, by length of text, and in sentences that hold none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.evaluate.figures import ratio
from services.evaluate.overlap import places_overlap
from services.evaluate.pairing import ScoredText, Verdict

_WRONG = frozenset({Verdict.EXTRA, Verdict.TYPE})


def over_production(texts: Iterable[ScoredText]) -> dict[str, Any]:
    """Events coded and not labelled: in all, per 1,000 words, and per sentence without a labelled event."""
    words = extra = empty = in_empty = 0
    for text in texts:
        words += text.gold.document.words
        extra += sum(judged.verdict in _WRONG for judged in text.judged)
        sentences, events = _empty_sentences(text)
        empty += sentences
        in_empty += events
    per_thousand = ratio(1000 * extra, words)
    return {
        "events": extra,
        "words": words,
        "per_1000_words": per_thousand,
        "empty_sentences": empty,
        "events_in_empty": in_empty,
        "per_empty_sentence": ratio(in_empty, empty),
    }


def _empty_sentences(text: ScoredText) -> tuple[int, int]:
    """How many sentences hold no labelled event, and how many events were coded in them.

    A text of kind sentence is one, however the model divides it. The sentences of an article can only be told where
    every label has its trigger.
    """
    if text.gold.kind == "sentence":
        return (0, 0) if text.gold.events else (1, len(text.judged))
    events = text.gold.events
    if text.record is None or not all(event.trigger for event in events):
        return 0, 0
    triggers = [place for event in events for place in event.trigger]
    empty = {
        number
        for number, sentence in enumerate(text.record.sentences)
        if not places_overlap(((sentence.start, sentence.end),), triggers)
    }
    extra = (judged.event.sentence for judged in text.judged if judged.verdict in _WRONG)
    return len(empty), sum(sentence in empty for sentence in extra)
