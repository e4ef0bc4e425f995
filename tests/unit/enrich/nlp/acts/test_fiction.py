from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.acts.fiction import fiction_sentences
from services.enrich.nlp.syntax.tree import read_tree


@pytest.mark.parametrize(
    "text",
    [
        "The novel follows a lieutenant who kills his general in Kazan.",
        "In the film, a policeman kidnaps the daughter of a senator.",
        "The play's hero shoots the governor in the second act.",
    ],
)
def test_fiction_sentences_knows_a_story(nlp: Language, text: str) -> None:
    assert fiction_sentences(read_tree(nlp(text))) == {0}


@pytest.mark.parametrize(
    "text",
    [
        "Malaysia banned the film on Monday.",
        "The minister was shot in a film studio in Lagos.",
        "The book told how the army killed the priests.",
    ],
)
def test_fiction_sentences_leaves_what_is_real(nlp: Language, text: str) -> None:
    assert fiction_sentences(read_tree(nlp(text))) == frozenset()
