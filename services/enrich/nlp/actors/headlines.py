"""Lines in which capitals say nothing, as headlines and bylines; and names made of ordinary words.

There the model takes verbs and common nouns for names ("Team Pushes"). Such a line is trusted for names of the lexicon
and for names that the rest of the text bears out; nowhere is a name made of ordinary words alone.
"""

from __future__ import annotations

from bisect import bisect_left

from services.enrich.nlp.actors.drafts import Reading, Span
from services.enrich.nlp.syntax.tree import Tree

_SHARE = 0.7  # of the longer words have a capital
_FEWEST = 3  # words that tell
_FEWEST_IN_BODY = 5
_SHORTEST = 4  # letters of a word that tells
_STOPS = frozenset({".", "!", "?"})  # a headline in the body has none
_LONGEST = 60  # tokens of a headline
_TITLE, _LONGEST_TITLE = 80, 800  # tokens and characters in which a title ends


def find_headlines(reading: Reading) -> None:
    """Fill `headlines`."""
    tree = reading.tree
    words = tree.words
    title_end = _title_end(tree)
    for number, (first, last) in enumerate(tree.sentences):
        in_title = first < title_end
        if not in_title and _ends_small(words, first, last):
            continue
        stopped = not in_title and any(_is_stop(tree, token) for token in range(max(first, last - 3), last))
        told = [word for word in words[first:last] if len(word) >= _SHORTEST and word[0].isalpha()]
        if len(told) < (_FEWEST if in_title else _FEWEST_IN_BODY):
            continue
        capitals = sum([word[0].isupper() for word in told])
        if capitals < _SHARE * len(told):
            continue
        if (in_title or (last - first <= _LONGEST and not stopped)) or all(word.isupper() for word in told):
            reading.headlines.add(number)


def sift_names(reading: Reading) -> None:
    """Drop names that are none: made of ordinary words, or in a headline and nowhere else."""
    suspects: list[Span] = []
    kept: list[Span] = []
    borne_out: set[str] = set()
    tree = reading.tree
    for span in reading.spans:
        if span.entry is not None or span.holders:
            kept.append(span)
        elif _is_ordinary(reading, span):
            _drop(reading, span)
        elif tree.sentence[span.first] in reading.headlines:
            suspects.append(span)
        else:
            kept.append(span)
            borne_out.update(tree.lowers[span.first : span.last])
    for span in suspects:
        kept += _borne_out(reading, span, borne_out)
    kept.sort(key=lambda span: span.first)
    reading.spans[:] = kept


def _ends_small(words: list[str], first: int, last: int) -> bool:
    """Whether the last word has no capital: the last of a headline has, of other sentences seldom."""
    for token in range(last - 1, max(first, last - 5) - 1, -1):
        if words[token][0].isalpha():
            return words[token][0].islower()
    return False


def _is_stop(tree: Tree, token: int) -> bool:
    """Whether a stop is written there, and not only read by the parser."""
    return tree.words[token] in _STOPS and not tree.text[tree.starts[token]].isspace()


def _title_end(tree: Tree) -> int:
    """The first token after the first blank line, if it is not far; the parser may have read a stop there."""
    end = tree.text.find("\n\n", 0, _LONGEST_TITLE)
    token = bisect_left(tree.starts, end) if end >= 0 else 0
    return token if token < _TITLE else 0


def _is_ordinary(reading: Reading, span: Span) -> bool:
    tree, lexicon = reading.tree, reading.lexicon
    ordinary, nouns = lexicon.ordinary, lexicon.noun_words
    if span.label == "PERSON" and span.last - span.first > 1 and tree.words[span.first] in lexicon.genders:
        return False
    for token in range(span.first, span.last):
        lower = tree.lowers[token]
        if lower not in ordinary and lower not in nouns and lower[0].isalpha():
            return False
    return not (span.label == "ORG" and span.last - span.first > 1 and _names_body(reading, span))


def _names_body(reading: Reading, span: Span) -> bool:
    """Whether a name of an organisation ends with a word for one, or has it before "of"."""
    tree, nouns = reading.tree, reading.lexicon.nouns
    for token in range(span.first, span.last):
        if token + 1 == span.last or tree.lowers[token + 1] in ("of", "for"):
            for key in (tree.lowers[token], tree.lemmas[token]):
                if any("org" in noun.kinds and not noun.private for before, noun in nouns.get(key, ()) if not before):
                    return True
    return False


def _borne_out(reading: Reading, span: Span, words: set[str]) -> list[Span]:
    """What of a headline's name the rest of the text bears out: the longest run of its words that names there have."""
    tree = reading.tree
    runs: list[tuple[int, int]] = []
    first = None
    for token in range(span.first, span.last + 1):
        lower = tree.lowers[token] if token < span.last else ""
        if lower and lower in words and (first is not None or lower not in reading.lexicon.ordinary):
            first = token if first is None else first
        elif first is not None:
            runs.append((first, token))
            first = None
    _drop(reading, span)
    if not runs:
        return _known_surname(reading, span)
    first, last = max(runs, key=lambda run: run[1] - run[0])
    whole = (first, last) == (span.first, span.last)
    kept = Span(first, last, last - 1, span.label, within=span.within if whole else [])
    for token in range(first, last):
        reading.span_at[token] = kept
    return [kept]


def _known_surname(reading: Reading, span: Span) -> list[Span]:
    """Those in office within what the model takes for a headline's name: "Putin Orders", "PUTIN MEETS XI"."""
    tree, lexicon = reading.tree, reading.lexicon
    found: list[Span] = []
    for token in range(span.first, span.last):
        word = tree.words[token]
        if tree.lowers[token] in lexicon.ordinary:
            continue
        in_office = [holder for holder in lexicon.bearers(word) if holder.distance(reading.day) == 0]
        rare = not lexicon.is_common(word)
        if any(holder.country in reading.evident or rare for holder in in_office):
            reading.span_at[token] = Span(token, token + 1, token, "PERSON")
            found.append(reading.span_at[token])
    return found


def _drop(reading: Reading, span: Span) -> None:
    for token in range(span.first, span.last):
        if reading.span_at.get(token) is span:
            del reading.span_at[token]
