"""The exact text that every offset of an enriched article refers to.

Title, blank line, body, normalised once: the composed Unicode form (NFC), lines that end in a line feed, one space
between words, one blank line between paragraphs, and none of the characters that show nothing. What was published
stays in the raw article.
"""

from __future__ import annotations

import re
import unicodedata

# Invisible, and of no meaning in text: zero-width space, soft hyphen, byte-order mark, word joiner, and the marks that
# change the direction of what follows. The joiners U+200C and U+200D stay: scripts and emoji need them.
_DROPPED = {0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_LINE_ENDS = {0x0085: "\n", 0x000B: "\n", 0x000C: "\n\n", 0x2028: "\n", 0x2029: "\n\n"}
_CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - {0x09, 0x0A, 0x0D, *_LINE_ENDS}
_SPACES = {0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000}
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_DROPPED | _CONTROLS, None),
    **dict.fromkeys(_SPACES, " "),
    **_LINE_ENDS,
}
_RETURN = re.compile(r"\r\n?")
_RUN_OF_SPACES = re.compile(r" {2,}")
_SPACE_AT_LINE_END = re.compile(r" *\n *")
_BLANK_LINES = re.compile(r"\n{3,}")


def normalise(text: str) -> str:
    """One part of an article, normalised; doing it again changes nothing."""
    text = _RETURN.sub("\n", text.translate(_TABLE))
    text = unicodedata.normalize("NFC", text)
    text = _SPACE_AT_LINE_END.sub("\n", _RUN_OF_SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip(" \n")


def article_text(title: str, body: str) -> str:
    """Title on one line, blank line, body; where one is missing, the other alone."""
    parts = (normalise(title).replace("\n\n", " ").replace("\n", " "), normalise(body))
    return "\n\n".join(part for part in parts if part)
