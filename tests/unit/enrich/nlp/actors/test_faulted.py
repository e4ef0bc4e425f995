"""The reason of a reproach or a punishment tells of those who are blamed."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.actors.reading import read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norway condemned Eritrea after it jailed two monks.", "Eritrea"),
        ("Norway imposed sanctions on Eritrea after it jailed two monks.", "Eritrea"),
        ("Norway thanked Eritrea after it had evacuated its embassy.", "Norway"),
        ("Norway condemned Eritrea because it felt threatened.", "Norway"),
    ],
)
def test_faulted_are_meant_by_the_pronoun_of_the_reason(nlp: Language, text: str, name: str) -> None:
    reading = read(nlp, text)
    assert reading.behind("it") == name


def test_faulted_have_what_the_reproach_says_is_theirs(nlp: Language) -> None:
    text = "The Norwegian premier blamed the crisis on Peter Novak of Malta, arguing that his party had expected it."
    reading = read(nlp, text)
    assert any(span.text == "his" for span in reading.of("Peter Novak").mentions)
