"""Ships by their names: "the destroyer USS Laurel" is of the navy whose prefix it bears; a merchant ship is nobody's.

Of a prefix that two navies have, the text says which it is.
"""

from __future__ import annotations

from services.enrich.nlp.actors.drafts import Reading, Span, add_span, head_of
from services.enrich.nlp.actors.entries import DatedSector, Name, Sort

_NAVIES = {
    "USS": "USA", "USNS": "USA", "USCGC": "USA", "HMS": "GBR", "HMAS": "AUS", "HMCS": "CAN", "HMNZS": "NZL",
    "HNLMS": "NLD", "HDMS": "DNK", "HNoMS": "NOR", "HSwMS": "SWE", "ROKS": "KOR", "BRP": "PHL", "KRI": "IDN",
    "TCG": "TUR", "PNS": "PAK", "BNS": "BGD", "SLNS": "LKA", "ORP": "POL", "BAP": "PER",
    "HTMS": "THA", "LÉ": "IRL", "INS": "",
}  # fmt: skip
_OF_INS = ("IND", "ISR")
_LONGEST = 3  # words of a name


def find_ships(reading: Reading) -> None:
    """Turn the names of warships, with the word for the ship before them, into names of their navy's."""
    tree = reading.tree
    for token in reading.capitals:
        country = _NAVIES.get(tree.words[token])
        if country is None or token + 1 >= len(tree) or not tree.words[token + 1][0].isupper():
            continue
        if not country:
            likely = [code for code in _OF_INS if code in reading.evident]
            country = likely[0] if len(likely) == 1 else ""
        last = token + 1
        while last < len(tree) and last - token <= _LONGEST and tree.words[last][0].isupper():
            last += 1
        name = Name(tree.cut(token, last - 1), Sort.BODY, country or None, (DatedSector("MIL"),), frozenset({"force"}))
        first = token
        if token and "force" in _kinds(reading, token - 1) and tree.words[token - 1].islower():
            first = token - 1
        for span in {id(found): found for at in range(first, last) if (found := reading.span_at.get(at))}.values():
            reading.spans.remove(span)
            for at in range(span.first, span.last):
                reading.span_at.pop(at, None)
        add_span(reading, Span(first, last, head_of(tree, first, last), "ORG", name))


def _kinds(reading: Reading, token: int) -> frozenset[str]:
    noun = reading.lexicon.bare_nouns.get(reading.tree.lowers[token])
    return noun.kinds if noun is not None else frozenset()
