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

from services.enrich.nlp.syntax.tree import Tree

Found = TypeVar("Found")

_FIRST = re.compile(r"(?:[^\s'’]|['’](?!s\b)(?=\w))+?(?=\s|['’]s\b|['’](?!\w)|$|-[^\W\d_])")
_SHORTEST_IN_CAPITALS = 4
_TOLD_BY = 2  # signs after the first word
_ACRONYMS = frozenset({"SWAT", "NICE"})  # which are no valley and no city


class NameIndex(Generic[Found]):
    """Texts of names and what they stand for; fill it with `add`, then call `find` on any number of texts."""

    def __init__(self) -> None:
        self._written: dict[str, Found] = {}  # as the lexicon has them
        self._entries: dict[str, Found] = {}  # and with their variants
        # By the first word, and by the two signs after it: how long the names are that go on so.
        self._lengths: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._sorted: dict[str, dict[str, tuple[int, ...]]] = {}

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
                after = text[len(first) : len(first) + _TOLD_BY] if len(text) >= len(first) + _TOLD_BY else ""
                for signs in {after, after.upper()}:
                    self._lengths[first][signs].add(len(text))
            self._sorted.clear()

    def find(self, tree: Tree) -> Iterator[tuple[int, int, Found]]:
        """The longest names from left to right: first token, last token + 1, and what it stands for."""
        if not self._sorted:
            self._sorted = {first: _longest_first(lengths) for first, lengths in self._lengths.items()}
        entries, known, text, starts, ends = self._entries, self._sorted, tree.text, tree.starts, tree.ends
        free = 0
        for token in [token for token, word in enumerate(tree.words) if word in known]:
            if token < free:
                continue
            start, after = starts[token], ends[token]
            lengths = known[tree.words[token]]
            for length in lengths.get(text[after : after + _TOLD_BY]) or lengths[""]:
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


def _longest_first(lengths: dict[str, set[int]]) -> dict[str, tuple[int, ...]]:
    """The lengths by the signs that follow the first word; those of the first word alone are tried everywhere."""
    alone = lengths.setdefault("", set())
    return {signs: tuple(sorted(found | alone, reverse=True)) for signs, found in lengths.items()}


def _variants(text: str) -> set[str]:
    plain = {text, text.replace("'", "’")}
    plain |= {_without_accents(variant) for variant in plain}
    capitals = {variant.upper() for variant in plain if len(variant) >= _SHORTEST_IN_CAPITALS}
    return plain | (capitals - _ACRONYMS)


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
