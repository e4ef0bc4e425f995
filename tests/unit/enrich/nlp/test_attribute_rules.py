from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from services.enrich.nlp.attribute_rules import RememberedMatches, remember_matches

SEEDS = Path(__file__).parents[4] / "seeds" / "wire.jsonl"
TEXTS = [json.loads(line)["body"] for line in SEEDS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def ruler(nlp: Language) -> AttributeRuler:
    found = nlp.get_pipe("attribute_ruler")
    assert isinstance(found, AttributeRuler)
    return found


def both(ruler: AttributeRuler, doc: Doc) -> tuple[list[object], list[object]]:
    return RememberedMatches(ruler)(doc), AttributeRuler.match(ruler, doc)


def test_attribute_rules_match_as_spacy_does_in_all_seeds(nlp: Language, ruler: AttributeRuler) -> None:
    remembered = RememberedMatches(ruler)
    docs = list(nlp.pipe(TEXTS))
    assert [remembered(doc) for doc in docs] == [AttributeRuler.match(ruler, doc) for doc in docs]


@pytest.mark.parametrize(
    "text",
    [
        "There are none.",
        "I'm gonna go, let's; ain't it? You gotta.",
        "  \n\t two  spaces ",
        "That is the one that he gets.",
    ],
)
def test_attribute_rules_match_as_spacy_does_where_rules_span_tokens(
    nlp: Language, ruler: AttributeRuler, text: str
) -> None:
    remembered, own = both(ruler, nlp(text))
    assert remembered == own


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=80))
def test_attribute_rules_match_as_spacy_does_in_any_text(nlp: Language, ruler: AttributeRuler, text: str) -> None:
    remembered, own = both(ruler, nlp(text))
    assert remembered == own


def test_attribute_rules_of_any_form_match_as_spacy_does(nlp: Language) -> None:
    own = AttributeRuler(nlp.vocab)
    own.add([[{"LOWER": {"REGEX": "^ha"}}]], {"LEMMA": "h"})
    own.add([[{"ORTH": "Harbour"}], [{"LOWER": "board"}, {"OP": "?"}]], {"LEMMA": "b"})
    own.add([[{"LOWER": {"NOT_IN": ["board", "the"]}}]], {"LEMMA": "n"})
    doc = nlp("The Harbour board has met.")
    expected = own.match(doc)
    remember_matches(own)
    assert own.match(doc) == expected
    assert len(expected) > 5


def test_attribute_rules_remember_combinations_and_not_words(nlp: Language, ruler: AttributeRuler) -> None:
    remembered = RememberedMatches(ruler)
    remembered(nlp(" ".join(["The Zorblax met."] * 3)))
    before = len(remembered._known)
    remembered(nlp(" ".join(f"The Zorblax{number} met." for number in range(200))))
    assert len(remembered._known) - before < 100
