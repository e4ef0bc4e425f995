from __future__ import annotations

import pytest

from schemas.events import PloverType, Span
from services.evaluate.pairing import Verdict, as_plover, score_text
from tests.unit.evaluate.coded import TEXT, event, gold, label, record, scored, verdicts

ACCUSE = label("ACCUSE", "Kenya", "Somalia", trigger="accused")
REQUEST = label("REQUEST", "Uganda", "Somalia", trigger="urged")


@pytest.mark.parametrize(
    ("kind", "source", "target", "verdict"),
    [
        ("ACCUSE", "Kenya", "Somalia", Verdict.RIGHT),
        ("ACCUSE", "Somalia", "Kenya", Verdict.SWAPPED),
        ("ACCUSE", "Uganda", "Somalia", Verdict.ARGUMENTS),
        ("REJECT", "Kenya", "Somalia", Verdict.TYPE),
    ],
)
def test_pairing_verdict_says_how_far_an_event_is_right(kind: str, source: str, target: str, verdict: Verdict) -> None:
    assert verdicts(scored(TEXT, [ACCUSE], [event(TEXT, kind, source, target, "accused")])) == [verdict]


def test_pairing_leaves_an_event_that_nobody_labelled() -> None:
    found = scored(TEXT, [ACCUSE], [event(TEXT, "AID", "Uganda", "", "talk")])
    assert (verdicts(found), len(found.missed)) == ([Verdict.EXTRA], 1)


def test_pairing_takes_another_act_of_the_same_source_for_no_confusion() -> None:
    assert verdicts(scored(TEXT, [REQUEST], [event(TEXT, "AID", "Uganda", "", "talk")])) == [Verdict.EXTRA]


def test_pairing_is_one_to_one() -> None:
    twice = [event(TEXT, "ACCUSE", "Kenya", "Somalia", "lying"), event(TEXT, "ACCUSE", "Kenya", "Somalia", "accused")]
    assert verdicts(scored(TEXT, [ACCUSE], twice)) == [Verdict.EXTRA, Verdict.RIGHT]


def test_pairing_prefers_arguments_that_agree() -> None:
    labels = [label("REQUEST", "Kenya", "Somalia"), label("REQUEST", "Uganda", "Somalia")]
    events = [event(TEXT, "REQUEST", "Uganda", "Somalia"), event(TEXT, "REQUEST", "Kenya", "Somalia")]
    assert verdicts(scored(TEXT, labels, events)) == [Verdict.RIGHT, Verdict.RIGHT]


def test_pairing_of_an_optional_event_is_neither_wanted_nor_wrong() -> None:
    found = scored(TEXT, [ACCUSE | {"optional": True}], [event(TEXT, "ACCUSE", "Kenya", "Somalia", "accused")])
    assert (verdicts(found), found.missed) == ([Verdict.OPTIONAL], ())


def test_pairing_misses_no_optional_event() -> None:
    assert scored(TEXT, [ACCUSE | {"optional": True}, REQUEST], []).missed == gold(TEXT, REQUEST).events


def test_pairing_gives_a_required_event_what_an_optional_one_could_have_too() -> None:
    labels = [ACCUSE | {"optional": True}, ACCUSE]
    found = scored(TEXT, labels, [event(TEXT, "ACCUSE", "Kenya", "Somalia", "accused")])
    assert (verdicts(found), found.missed) == ([Verdict.RIGHT], ())


def test_pairing_needs_the_same_sentence_or_shared_words() -> None:
    sentences = (Span(start=0, end=TEXT.index(" and")), Span(start=TEXT.index("and"), end=len(TEXT)))
    other = event(TEXT, "ACCUSE", "Uganda", "", "urged", sentence=1)
    assert verdicts(scored(TEXT, [label("ACCUSE", "Kenya", trigger="accused")], [other], sentences=sentences)) == [
        Verdict.EXTRA
    ]


def test_pairing_of_a_text_without_a_record_misses_what_is_required() -> None:
    found = score_text(gold(TEXT, ACCUSE, REQUEST | {"optional": True}), None)
    assert [event.label.type for event in found.missed] == [PloverType.ACCUSE]


def test_pairing_as_plover_goes_by_the_types_after_the_shift() -> None:
    labelled = gold(TEXT, label("AID", "Uganda", "Somalia", plover="AGREE"))
    coded = event(TEXT, "CONSULT", "Uganda", "Somalia", "talk", plover=PloverType.AGREE)
    assert verdicts(as_plover(score_text(labelled, record(TEXT, coded)))) == [Verdict.RIGHT]
