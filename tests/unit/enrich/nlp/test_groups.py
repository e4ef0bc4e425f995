from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.enrich.nlp.groups import group_mentions


def groups(*mentions: tuple[str, str]) -> list[str]:
    return [group for group, _ in group_mentions(mentions)]


def names(*mentions: tuple[str, str]) -> list[str]:
    return [name for _, name in group_mentions(mentions)]


def test_groups_a_surname_joins_its_full_name() -> None:
    assert groups(("PERSON", "Ines Duarte"), ("GPE", "Lisbon"), ("PERSON", "Duarte")) == ["g1", "g2", "g1"]


def test_groups_a_surname_before_its_full_name_joins_too() -> None:
    assert groups(("PERSON", "Duarte"), ("PERSON", "Ines Duarte")) == ["g1", "g1"]


def test_groups_a_surname_that_two_people_bear_stays_alone() -> None:
    mentions = (("PERSON", "Ines Duarte"), ("PERSON", "Rui Duarte"), ("PERSON", "Duarte"))
    assert groups(*mentions) == ["g1", "g2", "g3"]


def test_groups_a_middle_initial_makes_no_other_person() -> None:
    assert groups(("PERSON", "Ines Duarte"), ("PERSON", "Ines M. Duarte")) == ["g1", "g1"]


def test_groups_the_fullest_mention_names_all() -> None:
    assert names(("PERSON", "Duarte's"), ("PERSON", "Ines Duarte")) == ["Ines Duarte", "Ines Duarte"]


def test_groups_an_acronym_joins_what_it_stands_for() -> None:
    mentions = (("ORG", "the Lindmouth Harbour Board"), ("ORG", "LHB"))
    assert group_mentions(mentions) == [("g1", "Lindmouth Harbour Board")] * 2


def test_groups_stops_in_an_acronym_do_not_matter() -> None:
    assert groups(("GPE", "the United States"), ("GPE", "U.S."), ("GPE", "US")) == ["g1", "g1", "g1"]


def test_groups_an_acronym_of_two_bodies_stays_alone() -> None:
    mentions = (("ORG", "Lindmouth Harbour Board"), ("ORG", "Lakeside Housing Bureau"), ("ORG", "LHB"))
    assert groups(*mentions) == ["g1", "g2", "g3"]


def test_groups_the_same_words_under_two_labels_are_two_things() -> None:
    assert groups(("GPE", "Washington"), ("PERSON", "Washington")) == ["g1", "g2"]


def test_groups_a_small_word_is_no_acronym() -> None:
    assert groups(("ORG", "IT"), ("ORG", "it")) == ["g1", "g2"]


@given(st.lists(st.tuples(st.sampled_from(["PERSON", "ORG", "GPE", "DATE"]), st.text(min_size=1, max_size=20))))
def test_groups_number_from_one_in_order_and_share_one_name(mentions: list[tuple[str, str]]) -> None:
    result = group_mentions(mentions)
    first_seen = list(dict.fromkeys(group for group, _ in result))
    assert first_seen == [f"g{number}" for number in range(1, len(first_seen) + 1)]
    assert len(set(result)) == len(first_seen)
