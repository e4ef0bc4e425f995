from __future__ import annotations

from schemas.events import Event, Polarity, Span
from services.evaluate.difference import difference
from services.evaluate.listing import Line, listing, mistakes
from services.evaluate.records import Outcome
from services.evaluate.run import Run, run
from tests.unit.evaluate.coded import TEXT, event, gold, label, record, row

ACCUSE = label("ACCUSE", "Kenya", "Somalia", trigger="accused", polarity="affirmed")
RIGHT = event(TEXT, "ACCUSE", "Kenya", "Somalia", "accused")
EXTRA = event(TEXT, "AID", "Uganda", "", "talk")


def lines(old: tuple[Event, ...], new: tuple[Event, ...]) -> list[Line]:
    text = gold(TEXT, ACCUSE)
    return list(listing(difference(*(run([text], [Outcome(text.document, record(TEXT, *e))]) for e in (old, new)))))


def test_listing_begins_with_the_summary() -> None:
    assert lines((), (RIGHT,))[0] == Line(0, "bold", "1 event changed: 1 gained (1 right)")


def test_listing_has_each_event_with_its_sentence() -> None:
    assert lines((), (RIGHT,))[1:3] == [
        Line(0, "green", '+ right ACCUSE: Kenya -> Somalia, "accused" (r) [a1]'),
        Line(4, "dim", TEXT),
    ]


def test_listing_shows_a_wrong_event_that_is_lost_as_good_news() -> None:
    assert lines((EXTRA,), ())[1] == Line(0, "green", '- extra AID: Uganda -> nobody, "talk" (r) [a1]')


def test_listing_shows_each_field_that_differs() -> None:
    denied = RIGHT.model_copy(update={"polarity": Polarity.NEGATED})
    assert lines((RIGHT,), (denied,))[2] == Line(4, "red", "polarity: affirmed -> negated, which is wrong")


def test_listing_ends_with_the_figures_that_moved() -> None:
    assert lines((), (RIGHT,))[-1] == Line(0, "", "unmarked: F1 with arguments: 0.000 -> 1.000")


def test_listing_of_a_row_has_root_and_what_it_is_taken_for() -> None:
    asked = row(TEXT, "ACCUSE", "Kenya", "Somalia")
    runs = [run([asked], [Outcome(asked.document, record(TEXT, *events))]) for events in ((), (RIGHT,))]
    assert Line(0, "green", "~ ACCUSE: NONE -> ACCUSE [a1]") in listing(difference(*runs))


def test_listing_names_texts_that_were_not_compared() -> None:
    text = gold(TEXT, ACCUSE)
    old = run([text], [Outcome(text.document, record(TEXT))])
    assert Line(0, "yellow", "1 text in the old run alone: a1") in listing(difference(old, Run(figures={})))


def test_listing_of_what_was_written_blind_counts_changes_and_shows_none() -> None:
    text = gold(TEXT, ACCUSE, part="blind")
    runs = [run([text], [Outcome(text.document, record(TEXT, *events))]) for events in ((), (RIGHT,))]
    words = [line.words for line in listing(difference(*runs))]
    assert words[:2] == ["1 event changed: 1 gained (1 right)", "1 of them in texts written blind, which are not shown"]
    assert not any(TEXT in line or "Kenya" in line for line in words)


def listed(*events: Event, **fields: str) -> list[Line]:
    text = gold(TEXT, ACCUSE, **fields)
    return list(mistakes(run([text], [Outcome(text.document, record(TEXT, *events))])))


def test_listing_mistakes_are_what_was_missed_and_what_is_wrong() -> None:
    assert listed(EXTRA) == [
        Line(0, "bold", f"a1: {TEXT}"),
        Line(4, "red", 'missed ACCUSE: Kenya -> Somalia, "accused"'),
        Line(4, "yellow", 'extra AID: Uganda -> nobody, "talk" (r)'),
    ]


def test_listing_mistakes_name_the_fields_of_a_right_event_that_are_wrong() -> None:
    found = listed(RIGHT.model_copy(update={"polarity": Polarity.NEGATED}))
    assert found[1].words == 'right ACCUSE: Kenya -> Somalia, "accused" (r); wrong: polarity'


def test_listing_mistakes_of_a_text_that_is_all_right_are_none() -> None:
    assert listed(RIGHT) == []


def test_listing_mistakes_in_what_was_written_blind_are_not_told() -> None:
    assert listed(EXTRA, part="blind") == []


def test_listing_mistakes_in_an_article_come_with_their_sentences() -> None:
    article = f"Rain\n\n{TEXT}"
    text = gold(article, id="b")
    sentences = (Span(start=0, end=4), Span(start=6, end=len(article)))
    coded = record(article, event(article, "AID", "Uganda", "", "talk", sentence=1), sentences=sentences)
    assert [(line.indent, line.words) for line in mistakes(run([text], [Outcome(text.document, coded)]))] == [
        (0, "b: Rain"),
        (4, 'extra AID: Uganda -> nobody, "talk" (r)'),
        (8, TEXT),
    ]


def test_listing_mistakes_have_the_rows_that_are_wrong() -> None:
    asked = row(TEXT, "REQUEST", "Kenya", "Somalia")
    found = list(mistakes(run([asked], [Outcome(asked.document, record(TEXT, RIGHT))])))
    assert found == [Line(0, "", "REQUEST taken for ACCUSE [a1]"), Line(4, "dim", TEXT)]
