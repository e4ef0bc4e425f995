"""Names of one or many words, found in a text at the speed of a look-up per word.

A name is found where the text has its very letters and a word starts and ends there; a name of four letters and more
is found in all capitals too, as headlines have it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

from services.enrich.nlp.tree import Tree

Found = TypeVar("Found")

_FIRST = re.compile(r"[^\s'’]+?(?=\s|['’]s|$|-[^\W\d_])")
_SHORTEST_IN_CAPITALS = 4
_ACRONYMS = frozenset({"SWAT", "NICE"})  # which are no valley and no city


class NameIndex(Generic[Found]):
    """Texts of names and what they stand for; fill it with `add`, then call `find` on any number of texts."""

    def __init__(self) -> None:
        self._written: dict[str, Found] = {}  # as the lexicon has them
        self._entries: dict[str, Found] = {}  # and with their variants
        self._lengths: dict[str, set[int]] = defaultdict(set)
        self._sorted: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, text: str) -> Found | None:
        """What this very text stands for."""
        return self._entries.get(text)

    def add(self, text: str, entry: Found) -> Found | None:
        """Add a name as it is written; what the same text already stands for wins, and is returned."""
        before = self._written.setdefault(text, entry)
        if before is not entry:
            return before
        # What is written so beats what is a variant of something else.
        self._add(text, entry, beats=True)
        for variant in _variants(text):
            self._add(variant, entry)
        return None

    def _add(self, text: str, entry: Found, *, beats: bool = False) -> None:
        found = _FIRST.match(text)
        if found and (beats or text not in self._entries):
            self._entries[text] = entry
            for first in {found.group(), found.group().rstrip(".")}:
                self._lengths[first].add(len(text))
            self._sorted.clear()

    def find(self, tree: Tree) -> Iterator[tuple[int, int, Found]]:
        """The longest names from left to right: first token, last token + 1, and what it stands for."""
        if not self._sorted:
            self._sorted = {first: tuple(sorted(lengths, reverse=True)) for first, lengths in self._lengths.items()}
        entries, sorted_lengths, text, starts, ends = self._entries, self._sorted, tree.text, tree.starts, tree.ends
        free = 0
        for token, lengths in enumerate(map(sorted_lengths.get, tree.words)):
            if lengths is None or token < free:
                continue
            start = starts[token]
            for length in lengths:
                entry = entries.get(text[start : start + length])
                if entry is None:
                    continue
                # A cut at the end of the text is shorter than what was asked for.
                last, end = token, min(start + length, len(text))
                while last < len(ends) - 1 and ends[last] < end:
                    last += 1
                if ends[last] == end:
                    free = last + 1
                    yield token, free, entry
                    break


def _variants(text: str) -> set[str]:
    plain = {text, text.replace("'", "’")}
    plain |= {_without_accents(variant) for variant in plain}
    capitals = {variant.upper() for variant in plain if len(variant) >= _SHORTEST_IN_CAPITALS}
    return plain | (capitals - _ACRONYMS)


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
