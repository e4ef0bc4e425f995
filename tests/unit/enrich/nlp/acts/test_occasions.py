"""Who speaks or signs on the occasion of a visit or of talks takes part in them."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.coding import Act, acts


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Fiji's premier, on a visit to Tonga, thanked the nurses.", Act("Fiji's premier", "CONSULT", "Tonga")),
        (
            "During a visit to Tonga, the Danish minister promised tents.",
            Act("the Danish minister", "CONSULT", "Tonga"),
        ),
        ("Oman and Chad agreed in a call with Norway to open the road.", Act("Oman + Chad", "CONSULT", "Norway")),
        ("The premier said after talks with Norway that the road was open.", Act("The premier", "CONSULT", "Norway")),
    ],
)
def test_occasions_have_those_who_speak_there(nlp: Language, text: str, act: Act) -> None:
    assert act in acts(nlp, text)
