from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from services.enrich.nlp.text.normalise import article_text, normalise


def test_normalise_makes_all_line_ends_line_feeds() -> None:
    assert normalise("one\r\ntwo\rthree\u2028four\x85five") == "one\ntwo\nthree\nfour\nfive"


def test_normalise_keeps_one_blank_line_between_paragraphs() -> None:
    assert normalise("first  \n \n\n\n second") == "first\n\nsecond"


def test_normalise_puts_one_plain_space_for_any_run_of_spaces() -> None:
    assert normalise("10\u00a0000 \t\u2009people") == "10 000 people"


def test_normalise_drops_what_shows_nothing() -> None:
    assert normalise("\ufeffco\u00adop\u200beration\x00\x07 \u202emoc\u202c") == "cooperation moc"


def test_normalise_keeps_the_joiners_that_scripts_and_emoji_need() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert normalise(family) == family


def test_normalise_composes_accents() -> None:
    assert normalise("Sa\u0303o Tome\u0301") == "São Tomé"


@given(st.text())
def test_normalise_done_again_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_normalise_leaves_composed_text_without_edges(text: str) -> None:
    result = normalise(text)
    assert unicodedata.is_normalized("NFC", result)
    assert result == result.strip(" \n")


def test_article_text_is_title_blank_line_body() -> None:
    assert article_text("A title\nin two lines", "The body.") == "A title in two lines\n\nThe body."


def test_article_text_of_a_headline_is_the_headline() -> None:
    assert article_text("Only a headline", " \n") == "Only a headline"


def test_article_text_without_title_is_the_body() -> None:
    assert article_text("", "Only a body.") == "Only a body."
