"""Dates against sentences whose answers were written down first; docs/decisions/0010 quotes the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from spacy.language import Language

from services.enrich.nlp.dates import find_dates
from services.enrich.nlp.syntax.tree import read_tree

GOLD = Path(__file__).parent / "gold.psv"
_BRACKET = re.compile(r"\[([^]]+)\]")

Dated = tuple[str, str, str]  # text, from, to


class Case(NamedTuple):
    published: datetime
    text: str
    expected: tuple[Dated, ...]


def cases() -> Iterator[Case]:
    for line in GOLD.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        day, marked, intervals = (part.strip() for part in line.split("|"))
        texts = _BRACKET.findall(marked)
        bounds = [tuple(interval.strip().split("/")) for interval in intervals.split(";") if interval.strip()]
        expected = tuple((text, *bound) for text, bound in zip(texts, bounds, strict=True))
        yield Case(datetime.fromisoformat(day).replace(hour=10, tzinfo=UTC), _BRACKET.sub(r"\1", marked), expected)


def found_in(nlp: Language, case: Case) -> tuple[Dated, ...]:
    tree = read_tree(nlp(case.text))
    return tuple((date.text, _day(date.from_), _day(date.to)) for date in find_dates(tree, case.published))


def _day(instant: datetime | None) -> str:
    return "-" if instant is None else instant.date().isoformat()


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.text)
def test_gold_dates_are_found_and_resolved(nlp: Language, case: Case) -> None:
    assert found_in(nlp, case) == case.expected
