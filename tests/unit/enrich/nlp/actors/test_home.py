from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.actors.lexicon import load_actor_lexicon
from services.enrich.nlp.actors.resolve import find_actors
from services.enrich.nlp.syntax.tree import read_tree


def country(nlp: Language, text: str, mention: str, *, filed: str | None = None, **places: str) -> str | None:
    """Country of the actor with a mention; `places` are words of the text and their countries."""
    located = [(text.index(word), code) for word, code in places.items()]
    actors = find_actors(read_tree(nlp(text)), None, load_actor_lexicon(), located, filed)
    found = [record for record in actors.records if any(span.text == mention for span in record.mentions)]
    assert len(found) == 1
    return found[0].country


def test_home_gives_police_and_crowds_the_country_where_they_act(nlp: Language) -> None:
    text = "Police fired at marchers in Trujillo, and Norway condemned it."
    assert country(nlp, text, "Police", Trujillo="PER") == "PER"


def test_home_gives_the_government_the_country_that_a_text_is_on(nlp: Language) -> None:
    text = "Ghana will vote in May. The government promised a quiet election in Ghana."
    assert country(nlp, text, "government") == "GHA"


def test_home_takes_the_country_where_a_text_was_filed_of_two(nlp: Language) -> None:
    text = "Ghana met Togo. Ghana thanked Togo. The ministers went home."
    assert country(nlp, text, "ministers", filed="ACCRA") == "GHA"
    assert country(nlp, text, "ministers") is None


def test_home_leaves_a_place_that_somebody_goes_to_out(nlp: Language) -> None:
    text = "Kenya said that judges had fled to Lusaka."
    assert country(nlp, text, "judges", Lusaka="ZMB") is None


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Diplomats met in Lusaka.", "Diplomats"),
        ("Western officials met in Lusaka.", "Western officials"),
        ("Pirates attacked a tanker off Lusaka.", "Pirates"),
        ("The North's ministers met in Lusaka.", "North's ministers"),
    ],
)
def test_home_gives_none_to_who_may_be_from_elsewhere(nlp: Language, text: str, mention: str) -> None:
    assert country(nlp, text, mention, Lusaka="ZMB") is None


def test_home_gives_an_office_the_country_of_the_court_that_judges_it(nlp: Language) -> None:
    text = "Zambia's army deposed the president, and Botswana and Malawi closed their borders."
    assert country(nlp, text, "president") == "ZMB"


def test_home_does_not_take_a_paper_for_where_it_happens(nlp: Language) -> None:
    assert country(nlp, "The president told Newsweek that the mayor had lied.", "president") is None


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("The government condemned Malta.", "government"),
        ("The army attacked Chad.", "army"),
        ("The minister met the Ghanaian ambassador.", "minister"),
        ("Soldiers killed three Malian farmers.", "Soldiers"),
    ],
)
def test_home_is_not_the_country_of_the_other_side(nlp: Language, text: str, mention: str) -> None:
    assert country(nlp, text, mention) is None
