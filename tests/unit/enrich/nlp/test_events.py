"""Which mentions are of one act."""

from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.events import Acts
from tests.unit.enrich.nlp.coding import coded, only


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Norway condemned Belarus. Norway denounced Belarus.", 1),
        ("Norway condemned Belarus. Belarus condemned Norway.", 2),
        ("Norway condemned Belarus. Norway may condemn Belarus.", 2),
        ("Norway condemned Belarus on 1 May. Norway condemned Belarus on 2 May.", 2),
        ("Norway condemned Belarus on 1 May. Norway condemned Belarus.", 1),
        ("Norway condemned Belarus. Norway condemned Belarus on 1 May.", 1),
    ],
)
def test_events_are_of_one_act_where_nothing_tells_them_apart(nlp: Language, text: str, acts: int) -> None:
    assert len(coded(nlp, text).events) == acts


def test_events_without_whom_are_of_one_act_only_with_the_same_word(nlp: Language) -> None:
    event = only(nlp, "Norway condemned Belarus.").model_copy(update={"targets": ()})
    other = event.model_copy(update={"trigger": event.trigger.model_copy(update={"lemma": "denounce"})})
    acts = Acts()
    assert [acts.add(one) for one in (event, other, event)] == [True, True, False]
