"""What stands before a name: "Mr", a title, a country; and names that are found by their title alone."""

from __future__ import annotations

from services.enrich.nlp.actors.drafts import Reading, Span, add_span, head_of
from services.enrich.nlp.syntax.tree import Tree

_GENDERS = {
    "mr": "m", "mr.": "m", "sir": "m", "lord": "m",
    "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f", "lady": "f", "dame": "f", "madam": "f",
}  # fmt: skip
_HONORIFICS = frozenset({*_GENDERS, "dr", "dr.", "prof", "prof.", "sheikh", "ayatollah", "mullah", "rev", "rev."})
_LONGEST = 5  # words of a name
_BESIDE = 6  # words before a name


def honorific_gender(tree: Tree, first: int) -> str:
    """What "Mr" or "Mrs" before a name says."""
    return _GENDERS.get(tree.lowers[first - 1], "") if first else ""


def titled(reading: Reading, first: int) -> bool:
    """Whether the word before is "Mr" or a title such as "President"."""
    if not first:
        return False
    before = reading.tree.lowers[first - 1]
    if before in _HONORIFICS:
        return True
    if reading.tree.pos[first - 1] == "VERB":
        return False  # "accused Novak"
    nouns = reading.lexicon.nouns.get(before)
    return nouns is not None and any("person" in noun.kinds for _, noun in nouns)


def find_titled(reading: Reading) -> None:
    """Names after a title: a wrong label is mended, and words that the model missed become names."""
    tree = reading.tree
    for span in reading.spans:
        if span.entry is None and span.label != "PERSON" and titled(reading, span.first):
            title = span.first - 1
            if tree.deps[title] in ("compound", "nmod") and span.first <= tree.heads[title] < span.last:
                span.label = "PERSON"
    added = False
    for first in reading.capitals:
        token = first - 1
        lower = tree.lowers[token] if first else ""
        if tree.sentence[first] in reading.headlines:
            continue  # "President Signs Bill"
        if lower in _HONORIFICS or lower in reading.lexicon.nouns:
            last = first
            while last < len(tree) and last - first < _LONGEST and tree.pos[last] == "PROPN" and _free(reading, last):
                last += 1
            if last > first and titled(reading, first) and tree.words[token][0].isupper():
                add_span(reading, Span(first, last, head_of(tree, first, last), "PERSON"))
                added = True
    if added:
        reading.spans.sort(key=lambda span: span.first)


def _free(reading: Reading, token: int) -> bool:
    tree = reading.tree
    return (
        token not in reading.span_at
        and tree.words[token][0].isupper()
        and tree.entity[token] < 0
        and tree.lowers[token] not in reading.lexicon.nouns
        and tree.lowers[token] not in _HONORIFICS
    )


def country_beside(reading: Reading, span: Span) -> str | None:
    """The country that the phrase of a short name tells: "Kenyan President Odinga", "Odinga of Kenya"."""
    tree = reading.tree
    after = reading.span_at.get(span.last + 1)
    if span.last < len(tree) and tree.lowers[span.last] == "of" and after is not None:
        return after.entry.country if after.entry is not None else None
    for token in range(span.first - 1, max(span.first - _BESIDE, -1), -1):
        if token in reading.demonyms:
            return reading.demonyms[token].country
        before = reading.span_at.get(token)
        if before is not None and before.entry is not None and before.label != "PERSON":
            return before.entry.country
        if tree.pos[token] not in ("NOUN", "PROPN", "ADJ", "PART") or token in reading.span_at:
            return None
    return None
