from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.enrich.nlp.text.datelines import find_furniture
from services.enrich.nlp.text.parsed_text import parsed_text


def test_parsed_text_blanks_what_is_no_prose() -> None:
    text = "Talks end\n\nOSLO, Jan 5 (Reuters) - Norway met Sweden."
    read = parsed_text(text, find_furniture(text))
    assert "OSLO" not in read
    assert read.endswith("Norway met Sweden.")


def test_parsed_text_calms_a_shouted_headline() -> None:
    assert parsed_text("NORWAY'S ARMY BLAMES UN FOR DELAY", ()) == "Norway's Army Blames UN For Delay"


def test_parsed_text_leaves_names_in_capitals_alone() -> None:
    text = "The IAEA and the WHO met.\nASEAN"
    assert parsed_text(text, ()) == text


@given(st.text(max_size=300))
def test_parsed_text_has_the_length_of_the_text(text: str) -> None:
    assert len(parsed_text(text, find_furniture(text))) == len(text)
