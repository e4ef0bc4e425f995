"""Headlines with an infinitive: "Ghana to expel envoys - source"."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.coding import only


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Ghana to expel Togolese diplomats", []),
        ("Ghana to expel Togolese diplomats - source", ["source"]),
        ("Ghana to expel Togolese diplomats: minister", ["minister"]),
        ("Ghana to expel Togolese diplomats, says minister", ["says"]),
    ],
)
def test_headlines_tell_what_is_to_come_and_who_says_so(nlp: Language, text: str, cues: list[str]) -> None:
    event = only(nlp, text)
    assert ([one.text for one in event.sources], [one.text for one in event.targets]) == (
        ["Ghana"],
        ["Togolese diplomats"],
    )
    assert (event.modality.value, [said.cue for said in event.attribution]) == ("planned", cues)


def test_headlines_of_several_have_them_all(nlp: Language) -> None:
    event = only(nlp, "Ghana, Togo to hold talks on border")
    assert [one.text for one in event.sources] == ["Ghana", "Togo"]
