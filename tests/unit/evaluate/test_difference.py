from __future__ import annotations

import pytest

from schemas.events import Event, Modality, PloverType, Polarity
from services.evaluate.changes import Field
from services.evaluate.difference import Difference, difference
from services.evaluate.facts import fact
from services.evaluate.records import Outcome
from services.evaluate.run import KeptText, Run, run
from tests.unit.evaluate.coded import TEXT, actor, event, gold, label, record, row

ACCUSE = label("ACCUSE", "Kenya", "Somalia", trigger="accused", polarity="affirmed")
RIGHT = event(TEXT, "ACCUSE", "Kenya", "Somalia", "accused")
EXTRA = event(TEXT, "AID", "Uganda", "", "talk")
DENIED = RIGHT.model_copy(update={"polarity": Polarity.NEGATED})


def labelled(*events: Event) -> Run:
    text = gold(TEXT, ACCUSE)
    return run([text], [Outcome(text.document, record(TEXT, *events, actors=(actor("Kenya", "KEN", "GOV"),)))])


def compared(old: tuple[Event, ...], new: tuple[Event, ...]) -> Difference:
    return difference(labelled(*old), labelled(*new))


def only_field(old: Event, new: Event) -> Field:
    ((field,),) = (change.fields for change in compared((old,), (new,)).changes)
    return field


@pytest.mark.parametrize(
    ("old", "new", "summary"),
    [
        ((), (), "0 events changed"),
        ((RIGHT,), (RIGHT.model_copy(update={"confidence": 0.1, "rule": "r2"}),), "0 events changed"),
        ((), (RIGHT, EXTRA), "2 events changed: 2 gained (1 right)"),
        ((RIGHT, EXTRA), (RIGHT,), "1 event changed: 1 lost (0 right)"),
        ((RIGHT,), (DENIED, EXTRA), "2 events changed: 1 gained (0 right), 1 differs in polarity"),
        (
            (RIGHT,),
            (DENIED.model_copy(update={"modality": Modality.PLANNED}),),
            "1 event changed: 1 differs in polarity and modality",
        ),
    ],
)
def test_difference_says_in_a_line_what_changed(old: tuple[Event, ...], new: tuple[Event, ...], summary: str) -> None:
    assert compared(old, new).summary() == summary


def test_difference_without_labels_says_nothing_of_right() -> None:
    coded = record(TEXT, RIGHT)
    texts = [KeptText(id="a", part="unmarked", text=TEXT, events=events) for events in ((), (fact(RIGHT, coded),))]
    old, new = (Run(figures={}, texts=(text,)) for text in texts)
    assert difference(old, new).summary() == "1 event changed: 1 gained"


@pytest.mark.parametrize(
    ("old", "new", "turned"),
    [
        (DENIED, RIGHT, Field(name="polarity", old="negated", new="affirmed", turned="right")),
        (RIGHT, DENIED, Field(name="polarity", old="affirmed", new="negated", turned="wrong")),
        (
            RIGHT,
            event(TEXT, "ACCUSE", "Kenya", "Uganda", "accused"),
            Field(name="targets", old="Somalia", new="Uganda", turned="wrong"),
        ),
        (RIGHT, RIGHT.model_copy(update={"mode": "allege"}), Field(name="mode", old="none", new="allege")),
    ],
)
def test_difference_tells_whether_a_field_is_right_now(old: Event, new: Event, turned: Field) -> None:
    assert only_field(old, new) == turned


def test_difference_of_a_type_is_no_loss_and_gain() -> None:
    other = RIGHT.model_copy(update={"type": PloverType.REJECT})
    assert only_field(other, RIGHT) == Field(name="type", old="REJECT", new="ACCUSE", turned="right")


def test_difference_of_codes_of_the_same_actor() -> None:
    text = gold(TEXT, label("ACCUSE", sources=[{"text": "Kenya", "country": "KEN"}]))
    old, new = (
        run([text], [Outcome(text.document, record(TEXT, RIGHT, actors=(actor("Kenya", country),)))])
        for country in (None, "KEN")
    )
    (change,) = difference(old, new).changes
    assert change.fields == (Field(name="actor codes", old="-", new="KEN", turned="right"),)


def test_difference_knows_an_event_by_its_participants_where_the_word_is_another() -> None:
    assert compared((RIGHT,), (event(TEXT, "ACCUSE", "Kenya", "Somalia", "lying"),)).changes == ()


def test_difference_has_the_figures_of_both() -> None:
    assert compared((), (RIGHT,)).figures["unmarked: F1"] == (0.0, 1.0)


def test_difference_names_texts_that_are_in_one_run_alone() -> None:
    found = difference(labelled(RIGHT), Run(figures={}))
    assert (found.changes, found.only_old, found.only_new) == ((), ("a1",), ())


def test_difference_of_rows_tells_what_is_right_now() -> None:
    asked = row(TEXT, "ACCUSE", "Kenya", "Somalia")
    old, new = (run([asked], [Outcome(asked.document, record(TEXT, *events))]) for events in ((), (RIGHT,)))
    assert difference(old, new).summary() == "0 events changed\n1 row changed: 1 right now, 0 right before"
