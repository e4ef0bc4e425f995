from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.events import Polarity
from services.errors import UserError
from services.selection import (
    MOST_ALTERNATIVES,
    MOST_CHARS,
    Coded,
    Named,
    actor_of,
    alternatives,
    country_of,
    named_of,
    word_of,
)

NAMES = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=12)


@pytest.mark.parametrize(("value", "codes"), [("RUS", ("RUS",)), ("GOV", ("GOV",)), ("RUS GOV", ("RUS", "GOV"))])
def test_selection_takes_three_capitals_for_codes(value: str, codes: tuple[str, ...]) -> None:
    assert actor_of("actor", value) == Coded(codes)


@pytest.mark.parametrize("value", ["Rus", "NATO", "UN", "RUS gov", "RUS, GOV"])
def test_selection_takes_all_else_for_names(value: str) -> None:
    assert isinstance(actor_of("actor", value), Named)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("russia", "Russia's foreign ministry"),
        ("Foreign Ministry", "Russia’s foreign ministry"),
        ("al shabaab", "Al-Shabaab"),
        ("Al-Shabaab", "the al-Shabaab group"),
        ("Ukrain*", "Ukrainian forces"),
        ("UN", "the UN"),
        ("Élysée", "ÉLYSÉE palace"),
    ],
)
def test_selection_of_a_name_asks_for_its_words(value: str, name: str) -> None:
    assert named_of("actor", value).matches([name])


@pytest.mark.parametrize(
    ("value", "name"),
    [("UN", "United Kingdom"), ("US", "Russia"), ("Ukrain", "Ukraine"), ("ministry foreign", "foreign ministry")],
)
def test_selection_of_a_name_wants_whole_words_in_order(value: str, name: str) -> None:
    assert not named_of("actor", value).matches([name])


def test_selection_of_a_name_looks_at_all_names_that_are_known() -> None:
    assert named_of("actor", "Sberbank").matches([None, "the bank", "Sberbank"])


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_selection_of_a_name_finds_the_name_itself(words: list[str]) -> None:
    name = " ".join(words)

    assert named_of("actor", name).matches([name])


@pytest.mark.parametrize(
    ("codes", "expected"), [(("RUS",), True), (("RUS", "MIL"), True), (("MIL",), True), (("RUS", "BUS"), False)]
)
def test_selection_by_codes_wants_them_all(codes: tuple[str, ...], expected: bool) -> None:
    assert Coded(codes).matches("RUS", ("GOV", "MIL")) is expected


def test_selection_of_a_word_minds_no_capitals() -> None:
    assert word_of(Polarity, "polarity", "NEGATED") is Polarity.NEGATED


def test_selection_names_the_field_and_the_words_that_there_are() -> None:
    with pytest.raises(UserError, match="^polarity: 'no' is none of affirmed, negated$"):
        word_of(Polarity, "polarity", "no")


def test_selection_of_a_country_wants_its_code() -> None:
    assert country_of("country", "ukr") == "UKR"
    with pytest.raises(UserError, match="country: 'Ukraine' is no country code; write its three letters, as UKR"):
        country_of("country", "Ukraine")


def test_selection_has_alternatives_by_commas() -> None:
    assert alternatives("--type", "AID, AGREE") == ("AID", "AGREE")


@pytest.mark.parametrize("value", ["", "AID,", " , ", "x" * (MOST_CHARS + 1), "x," * MOST_ALTERNATIVES + "x"])
def test_selection_refuses_values_that_are_empty_or_out_of_bounds(value: str) -> None:
    with pytest.raises(UserError, match="^--type: "):
        alternatives("--type", value)
