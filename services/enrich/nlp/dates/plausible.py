"""What merely looks like a date: names ("the Sunday Times", "Theresa May"), counts ("2000 men"), quarters of a game."""

from __future__ import annotations

from services.enrich.nlp.dates.meaning import Bounded, Day, Holiday, Meaning, Months, PartOf, Shifted, Unknown, Year
from services.enrich.nlp.syntax.tree import Tree
from services.enrich.nlp.syntax.vocabulary import vocabulary

_NAMES = frozenset({"PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "FAC", "LAW", "NORP"})
_COUNTS = frozenset({"MONEY", "QUANTITY", "PERCENT", "CARDINAL"})
_BEFORE = vocabulary(
    "in since by until till during from of before after around circa between and to through early late mid year fiscal "
    "back for"
)
_BUSINESS = vocabulary(
    "profit loss sale revenue earning earnings result income growth gdp economy output inflation export import company "
    "bank price demand unemployment spending investment dividend forecast"
)
_SIGNS = frozenset("$€£¥#")
_TREATIES = frozenset({"agreement", "accord", "accords"})


def is_date(tree: Tree, meaning: Meaning, token: int, start: int, end: int) -> bool:
    """Whether ``text[start:end]``, which begins in `token` and can mean this, is a date where it stands."""
    number = tree.entity[token]
    label = ""
    if number >= 0:
        label, first, last = tree.entities[number]
        outside = tree.starts[first] < start or tree.ends[last - 1] > end
        if label in _NAMES and (outside or isinstance(meaning, Day | Year)) and not _has_day(meaning):
            return False
    match meaning:
        case Unknown():
            return number >= 0
        case Year(count=1):
            return _is_year(tree, token, label, start)
        case Day(day=None, year=None, shift=None, year_by=None):
            return _is_month(tree, token, label)
        case Months(year=None, shift=None, year_by=None):
            # "A fourth-quarter lead": sport has quarters too.
            first, last = tree.sentences[tree.sentence[token]]
            return label == "DATE" and not _BUSINESS.isdisjoint(tree.lemmas[first:last])
        case Shifted():
            # CBS This Morning, USA Today.
            return not (token and tree.words[token][0].isupper() and tree.pos[token - 1] == "PROPN")
        case Holiday():
            return not _TREATIES & set(tree.lowers[token + 1 : token + 4])
    return True


def _has_day(meaning: Meaning) -> bool:
    while isinstance(meaning, Bounded | PartOf):
        meaning = meaning.whole
    return isinstance(meaning, Day) and meaning.day is not None


def _is_month(tree: Tree, token: int, label: str) -> bool:
    """A month without day and year: by the model or the word before, and no surname."""
    if token and tree.pos[token - 1] == "PROPN" and tree.deps[token - 1] == "compound":
        return False
    return label == "DATE" or (token > 0 and tree.lowers[token - 1] in _BEFORE)


def _is_year(tree: Tree, token: int, label: str, start: int) -> bool:
    """A bare number of four digits: by the model, or by the word before where it counts nothing."""
    before = tree.text[start - 1] if start else " "
    if label in _COUNTS or before in _SIGNS or before.isalnum():
        return False
    if label in {"DATE", "EVENT"}:
        return True
    return token > 0 and tree.lowers[token - 1] in _BEFORE and tree.deps[token] != "nummod"
