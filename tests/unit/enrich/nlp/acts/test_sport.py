from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.acts.sport import sport_sentences
from services.enrich.nlp.syntax.tree import read_tree


@pytest.mark.parametrize(
    "text",
    [
        "Peru beat Chile in the playoff on Sunday.",
        "The coach praised his players.",
        "The striker won it with two goals.",
        "Peru beat Chile in the semi-final.",
    ],
)
def test_sport_sentences_knows_sport(nlp: Language, text: str) -> None:
    assert sport_sentences(read_tree(nlp(text))) == {0}


@pytest.mark.parametrize(
    "text",
    [
        "Peru beat Chile to a seat on the council.",
        "The goal of the talks is a final accord.",
        "A coach full of pilgrims hit a mine.",
        "Soccer is banned in the province, the militants said.",
    ],
)
def test_sport_sentences_leaves_politics(nlp: Language, text: str) -> None:
    assert not sport_sentences(read_tree(nlp(text)))


def test_sport_sentences_takes_all_of_a_text_that_is_about_sport(nlp: Language) -> None:
    text = (
        "Lima United reach the semifinals after a penalty shootout. The goalkeeper saved two goals for his team. "
        "Then the town attacked. The striker scored in the final minutes of the game."
    )
    assert sport_sentences(read_tree(nlp(text))) == {0, 1, 2, 3}
