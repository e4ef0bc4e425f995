from __future__ import annotations

from pathlib import Path

import pytest

from services.enrich.nlp.places import Gazetteer
from services.enrich.nlp.places.lexicon import rows
from services.enrich.nlp.places.names import fold
from services.errors import LexiconError


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zürich", "ZURICH"), ("Saint Louis", "St. Louis"), ("Ivano-Frankivsk", "Ivano Frankivsk"), ("Łódź", "Lodz")],
)
def test_names_written_in_several_ways_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_gazetteer_has_a_country_with_code_middle_and_id(gazetteer: Gazetteer) -> None:
    (mali,) = gazetteer.countries("MLI")
    assert (mali.name, mali.kind, mali.latitude, mali.geonames_id) == ("Mali", "country", 17.3, 2453866)


def test_gazetteer_gives_the_middle_of_its_cities_to_a_region_that_has_none_of_its_own(gazetteer: Gazetteer) -> None:
    (borno,) = gazetteer.find("Borno")
    assert borno.latitude is not None
    assert borno.longitude is not None
    assert 10 < borno.latitude < 14
    assert 11 < borno.longitude < 15


def test_gazetteer_knows_other_spellings_but_no_translations(gazetteer: Gazetteer) -> None:
    assert {entry.name for entry in gazetteer.find("Teheran")} == {"Tehran"}
    assert gazetteer.find("White House") == ()


def test_gazetteer_lists_a_city_under_its_name_without_the_arabic_article(gazetteer: Gazetteer) -> None:
    assert {entry.country for entry in gazetteer.find("Fallujah")} == {"IRQ"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Atlantis | 31.0\n", "areas.psv, line 1: 2 columns, there must be 5"),
        ("# seas\nAtlantis | north | 0.0 | |\n", "areas.psv, line 2: 'north', '0.0' are no degrees"),
        ("Atlantis | 91.0 | 0.0 | |\n", "areas.psv, line 1: there is no place at"),
    ],
)
def test_lexicon_refuses_a_line_and_says_where_it_is(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "areas.psv").write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        [row.degrees(1) for row in rows("areas.psv", 5, tmp_path)]
