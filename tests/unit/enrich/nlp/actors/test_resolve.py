from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.actors.reading import read


@pytest.mark.parametrize(
    ("text", "mention", "code"),
    [
        ("Kenyan soldiers crossed the river.", "Kenyan soldiers", "KEN MIL"),
        ("Kenya's parliament passed the bill.", "Kenya's parliament", "KEN LEG"),
        ("Judges in Lima freed two reporters.", "Judges", "PER JUD"),
        ("The governor of the Bank of England resigned.", "governor", "GBR GOV"),
        ("Moscow said it would answer.", "Moscow", "RUS GOV"),
        ("Former Malian ministers met in Dakar.", "Former Malian ministers", "MLI ELI"),
        ("Boko Haram fighters burned a village.", "Boko Haram fighters", "NGA REB"),
        ("The Malawi Teachers Union called a strike.", "Malawi Teachers Union", "MWI LAB"),
        ("Clerics in Qom condemned the film.", "Clerics", "IRN REL"),
    ],
)
def test_resolve_gives_an_actor_country_and_sector(nlp: Language, text: str, mention: str, code: str) -> None:
    assert read(nlp, text).code(mention) == code


def test_resolve_leaves_the_country_open_where_the_text_does(nlp: Language) -> None:
    assert read(nlp, "The soldiers crossed the river.").of("soldiers").country is None


def test_resolve_joins_name_surname_title_and_pronoun(nlp: Language) -> None:
    text = "Prime Minister Ana Duarte of Portugal resigned on Monday. Duarte said that she was tired."
    texts = [mention.text for mention in read(nlp, text).of("Ana Duarte").mentions]
    assert texts == ["Ana Duarte", "Duarte", "she"]


def test_resolve_takes_a_role_from_an_apposition(nlp: Language) -> None:
    actor = read(nlp, "Rui Duarte, the Angolan energy minister, left for Oslo.").of("Rui Duarte")
    assert (actor.code, actor.role) == ("AGO GOV", "Angolan energy minister")


def test_resolve_takes_a_president_of_a_company_for_business(nlp: Language) -> None:
    actor = read(nlp, "Ana Duarte, the president of Samsung, declined to comment.").of("Ana Duarte")
    assert actor.code == "KOR BUS"


def test_resolve_looks_through_a_thing_to_who_has_it(nlp: Language) -> None:
    found = read(nlp, "Norway condemned the ruling of the Belarusian court.")
    assert found.behind("ruling") == "Belarusian court"


def test_resolve_looks_through_no_act_whose_doer_is_not_known_to_whom_it_is_done(nlp: Language) -> None:
    assert read(nlp, "Norway condemned their attack on Kenya.").behind("attack") is None


def test_resolve_gives_the_kinds_of_an_actor(nlp: Language) -> None:
    found = read(nlp, "Kenyan soldiers crossed the river.")
    assert found.actors.kinds(found.token("soldiers")) == {"person", "force", "group"}


def test_resolve_gives_the_actor_of_an_entity(nlp: Language) -> None:
    found = read(nlp, "Norway condemned Belarus.")
    assert [found.actors.entity_actor(number) for number in range(len(found.tree.entities))] == ["a0", "a1"]


@pytest.mark.parametrize(
    "text",
    [
        "They drank beer in the house that he built.",
        "The shot hit him in the head.",
        "Rain cut the power in the valley.",
        "It starts at 9:00 PM.",
    ],
)
def test_resolve_takes_no_thing_for_an_actor(nlp: Language, text: str) -> None:
    names = read(nlp, text).names()
    assert not {"house", "head", "power", "PM"} & set(names)
