"""What is provided for anybody is no act of anybody."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.coding import coded


@pytest.mark.parametrize(
    "text",
    [
        "The decree requires ministers to consult the supreme court.",
        "Governors would be held responsible if they broke the agreement.",
    ],
)
def test_laws_no_event_where_anybody_is_meant(nlp: Language, text: str) -> None:
    assert not coded(nlp, text).events


@pytest.mark.parametrize(
    "text",
    [
        "The decree requires the army to withdraw from Homs.",
        "The governors would be held responsible if they broke the agreement.",
    ],
)
def test_laws_event_where_somebody_is_meant(nlp: Language, text: str) -> None:
    assert list(coded(nlp, text).events)
