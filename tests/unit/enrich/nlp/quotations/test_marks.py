"""What stands between quotation marks of all kinds, balanced or not."""

from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.quotations.marks import find_marked
from services.enrich.nlp.syntax.tree import read_tree


def between(nlp: Language, text: str) -> list[str]:
    return [text[marked.start : marked.end] for marked in find_marked(read_tree(nlp(text)))]


@pytest.mark.parametrize(
    "text",
    [
        'She said: "We stay."',
        "She said: “We stay.”",
        "She said: ‘We stay.’",
        "She said: 'We stay.'",
        "She said: «We stay.»",
        "She said: „We stay.“",
        "She said: ”We stay.”",
        "She said: ``We stay.''",
        'She said: " We stay. "',
    ],
)
def test_marks_of_all_kinds_are_paired(nlp: Language, text: str) -> None:
    assert between(nlp, text) == ["We stay."]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("They don't know the farmers' wishes, he said.", []),
        ("'The farmers' wishes don't count,' he said.", ["The farmers' wishes don't count,"]),
        ("‘It’s the ministers’ fault,’ he said.", ["It’s the ministers’ fault,"]),
        ("In the '90s he sang rock 'n' roll.", []),
    ],
)
def test_marks_apostrophes_are_told_from_single_marks(nlp: Language, text: str, inside: list[str]) -> None:
    assert between(nlp, text) == inside


def test_marks_inner_quotation_is_in_the_outer(nlp: Language) -> None:
    text = "\"They told me 'go home' and I left,\" she said."
    outer, inner = find_marked(read_tree(nlp(text)))
    assert (outer.parent, inner.parent, text[inner.start : inner.end]) == (-1, 0, "go home")


def test_marks_quotation_goes_on_over_paragraphs_that_open_anew(nlp: Language) -> None:
    text = "“We are tired.\n\n“We want peace,” she said.\n\n“Now,” she added."
    assert between(nlp, text) == ["We are tired.\n\n“We want peace,", "Now,"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He called it "a great day. The town slept. Nobody woke.', ["a great day."]),
        ('They will leave the town today," he said. The army stayed.', ["They will leave the town today,"]),
        ('"We lost. They left. "We will be back," he said.', ["We lost.", "We will be back,"]),
        ("The wall is 6'2\" high and old.", []),
    ],
)
def test_marks_without_a_partner_reach_no_farther_than_their_sentence(
    nlp: Language, text: str, inside: list[str]
) -> None:
    assert between(nlp, text) == inside
