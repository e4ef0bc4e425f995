"""Places against sentences whose answers were written down first; docs/decisions/0010 quotes the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from spacy.language import Language

from services.enrich.nlp.places import Gazetteer, find_places
from services.enrich.nlp.syntax.tree import read_tree

GOLD = Path(__file__).parent / "gold.psv"
_BRACKET = re.compile(r"\[([^]]+)\]")

Placed = tuple[str, str, str, str]  # text, name, country, region


class Case(NamedTuple):
    text: str
    expected: tuple[Placed, ...]


def cases() -> Iterator[Case]:
    for line in GOLD.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        marked, places = (part.strip() for part in line.split("|"))
        answers = [place.strip().split("/") for place in places.split(";") if place.strip()]
        expected = tuple(
            (text, name, country, region)
            for text, (name, country, region) in zip(_BRACKET.findall(marked), answers, strict=True)
        )
        yield Case(_BRACKET.sub(r"\1", marked), expected)


def found_in(nlp: Language, gazetteer: Gazetteer, case: Case) -> tuple[Placed, ...]:
    return tuple(
        (place.text.removeprefix("the "), place.name or "-", place.country or "-", place.admin1 or "-")
        for place in find_places(read_tree(nlp(case.text)), gazetteer)
    )


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.text)
def test_gold_places_are_found_and_told_apart(nlp: Language, gazetteer: Gazetteer, case: Case) -> None:
    assert found_in(nlp, gazetteer, case) == case.expected
