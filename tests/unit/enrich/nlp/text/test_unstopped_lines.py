"""A line without a stop ends a sentence all the same, unless it was wrapped within one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from services.enrich.nlp.text.markup import BREAK
from services.enrich.nlp.text.unstopped_lines import with_stops
from tests.unit.enrich.nlp.coding import Act
from tests.unit.enrich.nlp.text.test_markup import acts_of


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("It rained\n\nTogo left", f"It rained.{BREAK}Togo left"),
        ("It rained.\n\nTogo left", "It rained.\n\nTogo left"),
        ("It rained\nTogo left", "It rained.Togo left"),
        ("By Carla Jr\n\nTogo left", "By Carla Jr\n\nTogo left"),
    ],
)
def test_unstopped_lines_end_with_a_stop(text: str, read: str) -> None:
    assert with_stops(text) == read


def test_unstopped_lines_that_were_wrapped_are_joined() -> None:
    text = "The delegations of both states came together in\nLagos on Monday for a third round of talks\nthat he led."
    assert with_stops(text) == text.replace("\n", " ")


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_unstopped_lines_do_not_hide_the_act_after_them(nlp: Language, between: str) -> None:
    assert acts_of(nlp, f"It rained{between}Togo condemned Benin") == {Act("Togo", "ACCUSE", "Benin")}


@given(st.lists(st.sampled_from(["Togo", "left", ".", " ", "\n", "\n\n", "Co", "”", "ß", "12"]), max_size=30))
def test_unstopped_lines_keep_the_length(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert len(with_stops(text)) == len(text)
