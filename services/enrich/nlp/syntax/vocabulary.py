"""Sets of words, written as a reader reads them."""

from __future__ import annotations


def vocabulary(words: str) -> frozenset[str]:
    """The words of a text, without order."""
    return frozenset(words.split())


def in_order(words: str) -> tuple[str, ...]:
    """The words of a text, one after another."""
    return tuple(words.split())
