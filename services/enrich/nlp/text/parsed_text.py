"""What the parser reads in place of the text: of the same length, so that all offsets hold.

Furniture is blanked: a dateline would be taken for the subject of the sentence after it. Lines all in capitals are
written as a headline is: in capitals, the parser sees names only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.enrich.nlp.text.datelines import Furniture
from services.enrich.nlp.text.markup import without_markup
from services.enrich.nlp.text.unstopped_lines import with_stops

# Shouted lines have at least so many letters, and no small ones; a name alone is none.
_LETTERS, _WORDS = 12, 3
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_KEPT = frozenset(
    "US USA UN EU UK NATO UAE IMF WHO ECOWAS ASEAN AU BBC CNN DRC CIA FBI IAEA ICC NGO LGBT EU'S US'S UN'S".split()
)


def parsed_text(text: str, furniture: Sequence[Furniture]) -> str:
    """The text with spaces for its furniture, and without shouting."""
    for stretch in furniture:
        text = text[: stretch.start] + " " * (stretch.end - stretch.start) + text[stretch.end :]
    text = without_markup(text)
    if any(_is_shouted(line) for line in text.split("\n")):
        text = "\n".join(_calm(line) if _is_shouted(line) else line for line in text.split("\n"))
    return with_stops(text)


def _is_shouted(line: str) -> bool:
    if not line.isupper() or line.count(" ") < _WORDS - 1:
        return False
    return sum(map(str.isalpha, line)) >= _LETTERS


def _calm(line: str) -> str:
    calm = _WORD.sub(lambda word: word[0] if word[0] in _KEPT else word[0][0] + word[0][1:].lower(), line)
    # Some capitals have small letters of another length.
    return calm if len(calm) == len(line) else line
