from __future__ import annotations

from typing import Any

import pytest

from schemas.events import Event, Modality, Participant, PloverType, Polarity, Tense
from services.enrich.explain import Mark, explain
from services.enrich.nlp.acts.frames import FrameLexicon, parse_frame
from tests.articles import TEXT, at, rich_article

ARTICLE = rich_article()
FRAME = parse_frame(PloverType.CONSULT, "S meet T", "", "040", "", "S[The king] met T[the envoy].", "consult.psv:7")


def event(**changes: Any) -> Event:
    sources = (Participant(**at(TEXT, "Ilma Vasko"), actor="p1"),)
    targets = (Participant(**at(TEXT, "envoys of Orland"), actor="p2"),)
    return ARTICLE.events[0].model_copy(update={"sources": sources, "targets": targets} | changes)


def fields(**changes: Any) -> dict[str, tuple[str, ...]]:
    (explained,) = explain(rich_article(events=(event(**changes),)), FrameLexicon([FRAME]))
    return dict(explained.fields)


def test_explain_marks_who_what_whom_in_the_sentence() -> None:
    (explained,) = explain(rich_article(events=(event(),)), FrameLexicon([]))

    cut = {mark.role: explained.sentence[mark.start : mark.end] for mark in explained.marks}
    assert cut == {"S": "Ilma Vasko", "T": "envoys of Orland", "O": "Orland", "V": "met"}


def test_explain_marks_nothing_outside_of_the_sentence() -> None:
    (explained,) = explain(ARTICLE, FrameLexicon([]))  # whose source and target are marked in the title

    assert {mark.role for mark in explained.marks} == {"O", "V"}
    assert all(
        isinstance(mark, Mark) and 0 <= mark.start < mark.end <= len(explained.sentence) for mark in explained.marks
    )


def test_explain_says_who_with_code_and_role() -> None:
    shown = fields(targets=ARTICLE.events[0].targets)

    assert shown["who"] == ("Ilma Vasko (NOR GOV, person; Foreign minister)",)
    assert shown["whom"] == ("envoys of Orland (no code, group): “envoys”",)
    assert shown["with"] == ("Orland (no actor)",)


def test_explain_names_the_doubts_that_lower_confidence() -> None:
    assert fields()["confidence"] == ("0.75: it is told without a frame of the lexicon; somebody else says so",)
    assert fields(path="nearest frame for the pair; verb 'met'")["confidence"] == (
        "0.75: no frame holds, it is the nearest for the pair",
    )


def test_explain_says_that_nobody_is_named() -> None:
    shown = fields(sources=(), targets=(), objects=(), attribution=(), date=None, place=None)

    assert [shown[name] for name in ("who", "whom", "says so", "when", "where")] == [
        ("the text does not say",),
        ("nobody in particular",),
        ("the paper itself",),
        ("the text does not say",),
        ("the text does not say",),
    ]


def test_explain_says_when_and_where() -> None:
    shown = fields()

    assert shown["when"] == ("“3 May”: 2024-05-03",)
    assert shown["where"] == ("“Torvik”: Torvik, NOR (60.50 N, 5.25 E; GeoNames 31)",)


@pytest.mark.parametrize(
    ("type_", "plover", "polarity", "shown"),
    [
        (
            "ASSAULT",
            "THREATEN",
            "affirmed",
            "THREATEN: to say that one will is to threaten; it is affirmed and planned",
        ),
        ("AID", "AGREE", "affirmed", "AGREE: to say that one will is to agree; it is affirmed and planned"),
        ("AID", "REJECT", "negated", "REJECT: to say that one will not is to reject; it is negated and planned"),
        ("AID", "AID", "negated", "AID, the same"),
    ],
)
def test_explain_says_why_the_type_shifts(type_: str, plover: str, polarity: str, shown: str) -> None:
    found = fields(
        type=PloverType(type_), plover=PloverType(plover), polarity=Polarity(polarity), modality=Modality.PLANNED
    )

    assert found["PLOVER"] == (shown,)


def test_explain_names_the_words_that_make_it_less_than_a_fact() -> None:
    shown = fields(
        polarity=Polarity.NEGATED,
        tense=Tense.HISTORICAL,
        path="verb 'met'; under 'denied' (deny that+: negated said)",
    )

    assert shown["polarity"] == ("negated: it is said not to be so, under “denied” (deny that+)",)
    assert shown["modality"] == ("actual",)
    assert shown["tense"] == ("historical: it is background to the news",)
    assert shown["path"][0] == "The verb “met” carries the act."


def test_explain_shows_the_rule_with_its_place_and_example() -> None:
    shown = fields(rule=FRAME.rule)

    assert shown["rule"] == ("CONSULT: S meet T (consult.psv:7)",)
    assert shown["as in"] == ("S[The king] met T[the envoy].",)


def test_explain_shows_a_rule_that_is_in_no_lexicon_without_an_example() -> None:
    shown = fields(rule="REJECT: S will not ...")

    assert shown["rule"] == ("REJECT: S will not ...",)
    assert "as in" not in shown
