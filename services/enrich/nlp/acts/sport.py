"""Which sentences are about sport: there a city or a country is a team, and who beats and shoots harms nobody.

A sentence needs a word that nothing else has, and another that sport has too; a text that has many such sentences is
about sport from end to end. The words are in lexicon/sport.psv.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from services.enrich.nlp.lexicon.lines import full_rows, other_columns
from services.enrich.nlp.syntax.tree import Tree
from services.errors import LexiconError

FILE = Path(__file__).parents[1] / "lexicon" / "sport.psv"
SURE, LIKELY = "sure", "likely"
_HEADING = f"{SURE} or {LIKELY} | words | example"

_SHARE = 0.25  # of its sentences that make a text one about sport
_SHARE_BY_TITLE = 0.12
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class SportWords:
    """One entry: words that are surely, or likely, of sport."""

    sure: bool
    words: tuple[str, ...]
    example: str
    origin: str


def read_sport(path: Path = FILE) -> Iterator[SportWords]:
    """Yield the entries in order. Raises LexiconError with file and line."""
    for origin, (how, words, example) in full_rows(path, _HEADING):
        if how not in (SURE, LIKELY):
            raise other_columns(origin, _HEADING)
        yield SportWords(how == SURE, tuple(words.split()), example, origin)


@cache
def sport_words(path: Path = FILE) -> tuple[frozenset[str], frozenset[str]]:
    """Those that are sure, and those that are likely. Raises LexiconError with file and line."""
    found: tuple[set[str], set[str]] = set(), set()
    for entry in read_sport(path):
        for word in entry.words:
            if word in found[0] or word in found[1]:
                raise LexiconError(f"{entry.origin}: {word!r} is there already")
            found[not entry.sure].add(word)
    return frozenset(found[0]), frozenset(found[1])


def sport_sentences(tree: Tree) -> frozenset[int]:
    """Numbers of the sentences that are about sport."""
    surely, likely_too = sport_words()
    sure = [0] * len(tree.sentences)
    likely = [0] * len(tree.sentences)
    found = False
    lowers = tree.lowers
    for token, lower in enumerate(lowers):
        if lower == "-" and 0 < token < len(lowers) - 1:
            lower = "-".join(lowers[token - 1 : token + 2 : 2])  # "semi-final"
        if lower in surely:
            sure[tree.sentence[token]] += 1
            found = True
        elif lower in likely_too:
            likely[tree.sentence[token]] += 1
    if not found:
        return frozenset()
    about = {number for number, words in enumerate(sure) if words and words + likely[number] > 1}
    if len(about) >= _FEWEST:
        # Sentences that alone would not tell count in a text where others do.
        near = sum(bool(words) or likely[number] > 1 for number, words in enumerate(sure))
        if near >= (_SHARE_BY_TITLE if sure[0] and sure[0] + likely[0] > 1 else _SHARE) * len(sure):
            return frozenset(range(len(sure)))
    return frozenset(about)
