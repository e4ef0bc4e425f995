"""Gives the parser a stop where a line ends a sentence without one: titles, list lines, captions, table rows.

The parser would join such a line with the sentence after it, whose first word then starts no clause. The stop stands in
place of the line feed. Lines that a writer wrapped in the middle of a sentence are joined.
"""

from __future__ import annotations

import re
from itertools import pairwise

from services.enrich.nlp.text.markup import BREAK

# Not after what the tokeniser keeps together with its stop: initials, "Co.", "Jan."
_ABBREVIATED = (
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Adm Bros Co co Corp Dr Gen Gov Inc Jr Ltd Lt Mr Mrs Ms Prof Rep"
    " Rev Sen St vs Calif Fla Ga Ill Ind Kan Mass Mich Minn Miss Pa Va Wis Mt Messrs"
).split()
_LAST = re.compile(r"(?:[^\W_A-Z]|[A-Z]{2}|(?<=[^\W_])[)\]%”’\"])$")
_ABBREVIATION = re.compile(rf"(?<!\w)(?:{'|'.join(_ABBREVIATED)})$")
_FURTHER = re.compile(
    r"(?<!\w)(?:of|the|a|an|and|or|to|in|on|for|with|by|from|at|as|that|who|which|is|was|has|his|her|its)$"
)
_STARTS = re.compile(r"[\"“‘'(\[]?[A-Z0-9]")
_WIDTH = 40
"""Characters from which on the longest line of a block may be a wrapped one."""
_LONGEST = 200
_BLOCK = re.compile(r"\n[ \n]*\n|\n$")


def with_stops(text: str) -> str:
    """The text with stops in place of line feeds, of the same length."""
    if "\n" not in text:
        return text
    pieces: list[str] = []
    start = 0
    for gap in _BLOCK.finditer(text):
        block = text[start : gap.start()]
        pieces.append(_lines(block) if "\n" in block else block)
        between, start = gap[0], gap.end()
        # A break stands where a blank line was, for a sentence to start after it.
        pieces.append(f".{BREAK}{between[2:]}" if len(between) > 1 and _is_open(block) else between)
    block = text[start:]
    pieces.append(_lines(block) if "\n" in block else block)
    return "".join(pieces)


def _is_open(line: str) -> bool:
    """Whether a line ends with a word, and a stop may stand behind it."""
    end = line[-12:]
    return _LAST.search(end) is not None and _ABBREVIATION.search(end) is None


def _lines(block: str) -> str:
    """A block of lines; where one begins with a small letter, or all are filled, they were wrapped."""
    lines = block.split("\n")
    if any(line[:1].islower() for line in lines[1:]):
        return lines[0] + "".join(_wrap(line) + following for line, following in pairwise(lines))
    width = max(map(len, lines))
    return lines[0] + "".join(_end(line, following, width) + following for line, following in pairwise(lines))


def _wrap(line: str) -> str:
    """A space in the middle of a sentence, where a line feed would part what belongs together."""
    return " " if line[-1:].isalnum() or line[-1:] == "," else "\n"


def _end(line: str, following: str, width: int) -> str:
    if len(line) > _LONGEST or not _is_open(line) or _FURTHER.search(line) or not _STARTS.match(following):
        return _wrap(line)
    if width >= _WIDTH and len(line) + 1 + len(following.split(" ", 1)[0]) > width:
        return _wrap(line)  # the next word had no room there
    # With no room for a space, the tokeniser parts only letters from a stop.
    return "." if line[-1].islower() and following[0].isupper() else BREAK
