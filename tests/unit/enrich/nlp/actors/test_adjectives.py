from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.actors.reading import read


@pytest.mark.parametrize(
    ("word", "country"), [("Russian", "Russia"), ("US", "United States"), ("Ukrainian", "Ukraine")]
)
def test_adjectives_name_a_state_each(nlp: Language, word: str, country: str) -> None:
    found = read(nlp, "Russian, US and Ukrainian representatives met in Riyadh.")
    behind = found.actors.behind(found.token(word))
    assert behind is not None
    assert found.record(behind[1]).known_as == country


def test_adjectives_before_a_thing_stand_for_their_state(nlp: Language) -> None:
    found = read(nlp, "Israel struck Iranian nuclear sites.")
    assert found.behind("sites") == "Iran"


@pytest.mark.parametrize(
    ("text", "word", "state"),
    [
        ("The village was lost in a Turkish-backed offensive.", "offensive", "Turkey"),
        ("He approved of the U.S.-led strikes.", "strikes", "United States"),
    ],
)
def test_adjectives_joined_to_a_participle_stand_for_their_state(
    nlp: Language, text: str, word: str, state: str
) -> None:
    assert read(nlp, text).behind(word) == state


def test_adjectives_alone_before_an_actor_make_no_actor_of_the_state(nlp: Language) -> None:
    assert read(nlp, "A Kenyan minister resigned.").names() == ["Kenyan minister"]


def test_adjectives_alone_before_an_actor_answer_with_a_state_of_the_article(nlp: Language) -> None:
    assert read(nlp, "Kenya is calm. A Kenyan minister resigned.").behind("Kenyan") == "Kenya"


def test_adjectives_of_continents_name_no_state(nlp: Language) -> None:
    found = read(nlp, "European sanctions hurt the port.")
    assert found.of("European").country is None
    assert found.of("European").kind == "group"


def test_adjectives_share_what_several_states_have(nlp: Language) -> None:
    found = read(nlp, "Peruvian and Chilean marines clashed with smugglers.")
    assert (found.code("Peruvian"), found.code("Chilean")) == ("PER MIL", "CHL MIL")
