from __future__ import annotations

from schemas.events import Span
from services.evaluate.pairing import score_text
from services.evaluate.production import over_production
from tests.unit.evaluate.coded import TEXT, event, gold, label, record, scored

ACCUSE = label("ACCUSE", "Kenya", "Somalia", trigger="accused")
EXTRA = event(TEXT, "AID", "Uganda", "", "talk")


def test_production_counts_what_nobody_labelled_per_1000_words() -> None:
    found = over_production([scored(TEXT, [ACCUSE], [event(TEXT, "ACCUSE", "Kenya", "Somalia", "accused"), EXTRA])])
    assert (found["events"], found["words"], found["per_1000_words"]) == (1, 11, 90.9091)


def test_production_counts_events_in_sentences_without_any() -> None:
    found = over_production([scored(TEXT, [], [EXTRA]), scored(TEXT, [], []), scored(TEXT, [ACCUSE], [EXTRA])])
    assert (found["empty_sentences"], found["events_in_empty"], found["per_empty_sentence"]) == (2, 1, 0.5)


def test_production_takes_a_sentence_with_an_optional_event_for_no_empty_one() -> None:
    assert over_production([scored(TEXT, [ACCUSE | {"optional": True}], [EXTRA])])["empty_sentences"] == 0


def article(*labels: dict[str, object]) -> dict[str, object]:
    text = "Abe met Bo.\n\nIt rained. Cy fell."
    sentences = (Span(start=0, end=11), Span(start=13, end=23), Span(start=24, end=len(text)))
    events = [event(text, "CONSULT", "Abe", "Bo", "met"), event(text, "ASSAULT", "Cy", "", "fell", sentence=2)]
    return over_production([score_text(gold(text, *labels), record(text, *events, sentences=sentences))])


def test_production_tells_empty_sentences_of_an_article_by_the_triggers() -> None:
    found = article(label("CONSULT", "Abe", "Bo", trigger="met"))
    assert (found["empty_sentences"], found["events_in_empty"]) == (2, 1)


def test_production_of_an_article_without_triggers_tells_no_empty_sentences() -> None:
    assert article(label("CONSULT", "Abe", "Bo"))["empty_sentences"] == 0
