from __future__ import annotations

import pytest
from spacy.language import Language

from tests.unit.enrich.nlp.actors.reading import read


@pytest.mark.parametrize(
    ("published", "code", "role"),
    [
        ("2007-03-01", "DEU GOV", "chancellor"),
        ("2022-03-01", "DEU ELI", "former chancellor"),
        ("2004-03-01", "DEU OPP", "opposition leader"),
    ],
)
def test_people_hold_the_office_of_the_day(nlp: Language, published: str, code: str, role: str) -> None:
    actor = read(nlp, "Angela Merkel spoke in Rome.", published).of("Angela Merkel")
    assert (actor.code, actor.role) == (code, role)


def test_people_of_one_name_are_told_apart_by_the_day(nlp: Language) -> None:
    text = "George Bush spoke in Rome."
    known = [read(nlp, text, day).of("George Bush").known_as for day in ("1991-02-01", "2005-02-01")]
    assert known == ["George H.W. Bush", "George W. Bush"]


def test_people_who_bear_the_name_long_before_the_office_are_others(nlp: Language) -> None:
    assert read(nlp, "Emmanuel Macron scored twice.", "1994-02-01").of("Emmanuel Macron").known_as is None


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Energy Secretary Chris Wright visited the plant.", "Chris Wright"),
        ("The plumber Chris Wright visited the plant.", None),
    ],
)
def test_people_of_common_names_need_their_title(nlp: Language, text: str, known: str | None) -> None:
    assert read(nlp, text, "2025-06-01").of("Chris Wright").known_as == known


def test_people_known_by_surname_need_a_sign_of_their_country(nlp: Language) -> None:
    with_sign = read(nlp, "Brown promised help. Britain is to send tents.", "2009-03-01")
    without = read(nlp, "Brown sang in the choir of his school.", "2009-03-01")
    assert with_sign.of("Brown").known_as == "Gordon Brown"
    assert all(record.known_as is None for record in without.actors.records)


def test_people_with_a_particle_are_one(nlp: Language) -> None:
    found = read(nlp, "Marine Le Pen spoke in Lille. Le Pen promised lower taxes.", "2019-05-01")
    assert [mention.text for mention in found.of("Le Pen").mentions] == ["Marine Le Pen", "Le Pen"]


def test_people_of_one_given_name_are_told_apart_by_their_country(nlp: Language) -> None:
    found = read(nlp, "Swedish King Harald met Norway's King Harald in Paris.")
    kings = [record for record in found.actors.records if "Harald" in record.name]
    assert [king.country for king in kings] == ["SWE", "NOR"]


def test_people_share_a_short_given_name_and_the_full_one(nlp: Language) -> None:
    found = read(nlp, "Fred Larsen spoke in Oslo. Frederick Larsen left for Rome.")
    assert [mention.text for mention in found.of("Fred Larsen").mentions] == ["Fred Larsen", "Frederick Larsen"]


def test_people_known_by_surname_are_whom_the_text_is_about(nlp: Language) -> None:
    text = "Marta Lopez won. Marta Lopez beat Ana Cruz. Marta Lopez thanked her brother, Juan Lopez. Lopez sang."
    assert "Lopez" in [mention.text for mention in read(nlp, text).of("Marta Lopez").mentions]
