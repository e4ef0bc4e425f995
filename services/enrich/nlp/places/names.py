"""How the name of a place is looked up: without accents, case, hyphens, apostrophes and full stops."""

from __future__ import annotations

import unicodedata

# What the decomposition of Unicode leaves, and signs that are written in several ways.
_TABLE = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
        "-": " ", "–": " ", "—": " ", "'": None, "’": None, "‘": None, "ʼ": None, "ʻ": None, "`": None, "´": None,
        ".": None, "\n": " ",
    }
)  # fmt: skip


def fold(name: str) -> str:
    """The key of a name: "Zürich" and "ZURICH" have one, "St. Louis" and "Saint Louis" too."""
    lower = name.lower()
    if not lower.isascii():
        lower = "".join(sign for sign in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(sign))
    key = " ".join(lower.translate(_TABLE).split())
    return f"st {key[6:]}" if key.startswith("saint ") else key
