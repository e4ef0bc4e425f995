"""Objects that stand elsewhere: relative pronouns, towns taken for adverbs, "had them removed", "shot dead"."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.coding import Act, acts


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The minister, against whom Togo had brought charges, resigned.", Act("Togo", "ACCUSE", "The minister")),
        ("Iran, with which Oman has signed a treaty, rejected it.", Act("Oman", "SUPPORT", "Iran")),
        ("Rebels attacked Goma.", Act("Rebels", "ASSAULT", "Goma")),
        ("President shot dead at home in Bogota", Act("", "ASSAULT", "President")),
    ],
)
def test_objects_are_found_where_they_stand(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)


def test_objects_some_of_whom_are_those_before(nlp: Language) -> None:
    assert Act("the rebels", "ASSAULT", "the port") in acts(
        nlp, "Most of the rebels, some of whom had attacked the port, surrendered."
    )
