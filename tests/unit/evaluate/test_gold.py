from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import UserError
from tests.unit.evaluate.coded import gold, label, row


def test_gold_words_stand_for_each_of_their_places() -> None:
    found = gold("Iran hit back. Iran said so.", label("ASSAULT", "Iran"))
    assert found.events[0].sources[0].places == ((0, 4), (15, 19))


def test_gold_words_with_a_start_stand_for_that_place() -> None:
    found = gold("Iran hit back. Iran said so.", label("ASSAULT", sources=[{"text": "Iran", "start": 15}]))
    assert found.events[0].sources[0].places == ((15, 19),)


def test_gold_words_are_whole_words() -> None:
    with pytest.raises(UserError, match=r"gold.jsonl:1: events.0.targets.0: 'Iran' is not in the text"):
        gold("Iranian police left.", label("RETREAT", targets=["Iran"]))


def test_gold_start_must_be_where_the_words_are() -> None:
    with pytest.raises(UserError, match=r"gold.jsonl:1: events.0.trigger: 'left' is not at 3"):
        gold("They left.", {"type": "RETREAT", "trigger": {"text": "left", "start": 3}})


def test_gold_places_are_those_of_the_normalised_text() -> None:
    text = "  He  met\u00a0 Abe, and  he met Bo."
    found = gold(text, {"type": "CONSULT", "trigger": {"text": "met", "start": text.rindex("met")}})
    (place,) = found.events[0].trigger
    assert found.document.text[: place[0]] == "He met Abe, and he "


def test_gold_title_and_body_are_one_text_with_a_blank_line() -> None:
    found = gold("", label("CONSULT", sources=[{"text": "Abe", "start": 10}]), title="Abe met.", body="Abe left.")
    assert (found.document.text, found.events[0].sources[0].places) == ("Abe met.\n\nAbe left.", ((10, 13),))


@pytest.mark.parametrize(("text", "kind"), [("One sentence.", "sentence"), ("Title\n\nAnd a body.", "article")])
def test_gold_kind_is_article_where_there_are_lines(text: str, kind: str) -> None:
    assert gold(text).kind == kind


def test_gold_row_span_that_is_not_in_the_text_has_no_place() -> None:
    found = row("Abe sent aid.", "AID", "Abe", "a recipient")
    assert (found.source, found.target) == (((0, 3),), ())


@given(st.text("ab \u00a0\n\u200b", min_size=1, max_size=12), st.data())
def test_gold_start_finds_its_words_in_any_text(before: str, data: st.DataObject) -> None:
    after = data.draw(st.text("ab \u00a0\n\u200b", max_size=12))
    text = f"{before} Zoë {after}"
    words = {"text": "Zoë", "start": len(before) + 1}
    found = gold(text, {"type": "AID", "trigger": words})
    assert [found.document.text[start:end] for start, end in found.events[0].trigger] == ["Zoë"]
