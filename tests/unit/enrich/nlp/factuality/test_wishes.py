"""What is asked for, or refused: the mode that the words of the wish tell."""

from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.acts.predications import verbal
from services.enrich.nlp.factuality.wishes import mode_of_wish
from tests.unit.enrich.nlp.engine import frames, start

FRAMES = frames("CONSULT: S n:talk with T", "RETREAT: S n:withdrawal from T")


@pytest.mark.parametrize(
    ("text", "verb", "mode"),
    [
        ("Zambia asked Malawi to send tents.", "asked", "assist"),
        ("Zambia asked Malawi to free the sailors.", "asked", "yield"),
        ("Zambia asked Malawi not to burn the trees.", "asked", "yield"),
        ("Zambia asked Malawi to repeal the law.", "asked", "change"),
        ("Zambia asked Malawi to step down.", "asked", "change"),
        ("Zambia asked Malawi to resume talks.", "asked", "meet"),
        ("Zambia asked Malawi for tanks.", "asked", "assist"),
        ("Zambia demanded a withdrawal.", "demanded", "yield"),
        ("Zambia asked Malawi to think.", "asked", None),
    ],
)
def test_wishes_read_the_mode_from_what_is_wanted(nlp: Language, text: str, verb: str, mode: str | None) -> None:
    read = start(nlp, text, FRAMES)
    assert mode_of_wish(read.tree, read.kinds, verbal(read.grammar, read.token(verb))) == mode
