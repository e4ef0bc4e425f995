from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from schemas.events import Place
from services.enrich.nlp.places import Gazetteer, find_places
from services.enrich.nlp.syntax.tree import read_tree
from services.enrich.nlp.text.datelines import find_furniture


def places_in(nlp: Language, gazetteer: Gazetteer, text: str) -> tuple[Place, ...]:
    return find_places(read_tree(nlp(text)), gazetteer, find_furniture(text))


def test_find_places_keeps_to_one_place_of_a_name_throughout_an_article(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "A gunman was shot in Paris, Texas, on Monday. The mayor said that schools in Paris would stay shut."
    assert [place.admin1 for place in places_in(nlp, gazetteer, text) if place.text == "Paris"] == ["Texas", "Texas"]


def test_find_places_lists_where_an_article_was_filed(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Ferry runs aground\n\nPORTLAND, Maine (AP) — A ferry with 40 people ran aground on Monday, the police said."
    assert [(place.text, place.admin1) for place in places_in(nlp, gazetteer, text)][:2] == [
        ("PORTLAND", "Maine"),
        ("Maine", "Maine"),
    ]


def test_find_places_tells_a_name_by_the_dateline(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Bomb kills six\n\nBEIRUT (Reuters) - A bomb in the city of Tripoli killed six people, officials said."
    assert [place.country for place in places_in(nlp, gazetteer, text) if place.text == "Tripoli"] == ["LBN"]


def test_find_places_leaves_out_the_places_of_bylines(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Talks end\n\nThe talks ended in Oslo on Monday.\n\nReporting by Jane Roe in London; Editing by Tom Poe"
    assert [place.text for place in places_in(nlp, gazetteer, text)] == ["Oslo"]


def test_find_places_gives_what_it_does_not_know_with_nothing_filled_in(nlp: Language, gazetteer: Gazetteer) -> None:
    (place, *_) = places_in(nlp, gazetteer, "Villagers gathered in Wakwakistan on Monday.")
    assert (place.text, place.name, place.country, place.latitude) == ("Wakwakistan", None, None, None)


def test_find_places_knows_the_country_of_a_village_that_the_text_puts_there(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    village = places_in(nlp, gazetteer, "Ten people were killed in Qana, Lebanon, on Sunday.")[0]
    assert (village.text, village.name, village.country) == ("Qana", None, "LBN")


def test_find_places_takes_no_small_town_for_a_name_that_nothing_else_points_to(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    # There is a Palín in Guatemala.
    assert not any(place.country == "GTM" for place in places_in(nlp, gazetteer, "Supporters cheered in Palin."))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "🙂 🙂 in 🙂",
        "IN IN IN PARIS, TEXAS, IN, OF,",
        "in " * 3000,
        "Paris, " * 1500,
        "在北京, Пари́ж in Москва",
    ],
)
def test_find_places_survives_text_that_is_none(nlp: Language, gazetteer: Gazetteer, text: str) -> None:
    for place in places_in(nlp, gazetteer, text):
        assert text[place.start : place.end] == place.text


_PIECES = st.sampled_from(
    [
        "Paris",
        "Texas",
        ",",
        "in",
        "the",
        "Georgia",
        "of",
        "city",
        "Gaza",
        "U.S.",
        "'s",
        "said",
        "province",
        "\n\n",
        "St.",
        "—",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PIECES | st.text(max_size=6), max_size=25).map(" ".join))
def test_find_places_offsets_cut_the_text_in_order(nlp: Language, gazetteer: Gazetteer, text: str) -> None:
    places = places_in(nlp, gazetteer, text)
    assert [text[place.start : place.end] for place in places] == [place.text for place in places]
    assert all(one.end <= other.start for one, other in pairwise(places))
