"""Gives the parser headlines as sentences are written: "Putin Meets Xi In Moscow" as "Putin meets Xi in Moscow".

Where nearly all words of a line have a capital it says nothing, and the parser takes verbs for names. Ordinary words
get small letters; names of states, bodies, people and places keep their capitals. What the rest of the text writes
small is ordinary, what it writes with a capital within a sentence is a name. The text of a record stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from services.enrich.nlp.actors.entries import Name, Sort
from services.enrich.nlp.actors.lexicon import ActorLexicon, load_actor_lexicon
from services.enrich.nlp.places import Gazetteer, load_gazetteer
from services.enrich.nlp.text.markup import BREAK

SENTENCE_CASE = "dateline_sentence_case"
_SHARE = 0.9  # of the longer words have a capital; prepositions and the like need none
_FEWEST, _SHORTEST = 3, 4  # words that tell, and their letters
_LONGEST_NAME = 5  # words
_LINE = re.compile(rf"[^\n{BREAK}]+")
_TOLD = re.compile(rf"[^\W\d_]{{{_SHORTEST},}}")
_WITHIN = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
_CAPITALS = r"[A-Z][\w'’.\-]*(?: [A-Z][\w'’.\-]*){0,2}"
_JOINED = re.compile(rf"({_CAPITALS})(,) ({_CAPITALS}) (to(?= [a-z])|[a-z]+)\b[^,]*[\n{BREAK}]")
_ENDINGS = tuple(pair.split(":") for pair in "ies:y es: es:e s: ied:y ed: ed:e ing: ing:e".split())
_STOPS = frozenset({".", "!", "?"})
_FUNCTION = frozenset(
    "a an the of in on at to for with by from and or but as is are was were be been has have had not no after before"
    " over amid against into near off up down out than that this its his her their our your my it he she they we will"
    " would could should may might must can who what when where why how if about between during under since until per"
    " via all more most new says said".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of words: the lemmas that are verbs, adjectives or adverbs, those that are nouns, and names."""

    verbs: Collection[str]
    others: Collection[str]
    nouns: Collection[str]
    forms: Mapping[str, object]
    lexicon: ActorLexicon
    gazetteer: Gazetteer

    def is_name(self, text: str) -> bool:
        """Whether states, bodies or people have that name."""
        return self.lexicon.names.get(text) is not None

    def is_ordinary(self, word: str) -> bool:
        """Whether a word, written with a capital, is none of a name."""
        lower, lexicon = word.lower(), self.lexicon
        if any(lower in words for words in (lexicon.ordinary, lexicon.noun_words, self.forms, _FUNCTION)):
            return True
        if _is_form(lower, self.verbs):
            return True
        # Of names, lists of lemmas have some as well: "xi" is a number.
        if lexicon.bearers(word) and (word in lexicon.genders or not lexicon.is_common(word)):
            return False
        if lower in self.others:
            return True
        return _is_form(lower, self.nouns) and not (self.gazetteer.find(word) or word in lexicon.genders)


def _is_form(word: str, lemmas: Collection[str]) -> bool:
    if word in lemmas:
        return True
    for ending, base in _ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if stem + base in lemmas or (ending in ("ed", "ing") and stem[-2:-1] == stem[-1:] and stem[:-1] in lemmas):
                return True
    return False


def add_sentence_case(nlp: Language) -> None:
    """Add the component before all others; of the pipeline it asks for the lemmas that its lemmatiser knows."""
    tables: Mapping[str, Mapping[str, Collection[str]]] = {}
    if "lemmatizer" in nlp.pipe_names:
        lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
        if lookups is not None and lookups.has_table("lemma_index"):
            tables = {table: lookups.get_table(table) for table in ("lemma_index", "lemma_exc")}
    index, exceptions = tables.get("lemma_index", {}), tables.get("lemma_exc", {})
    sets = {part: frozenset(index[part]) if part in index else frozenset() for part in ("verb", "noun", "adj", "adv")}
    forms = exceptions.get("verb", {})
    words = Words(
        sets["verb"],
        sets["adj"] | sets["adv"],
        sets["noun"],
        dict.fromkeys(forms),
        load_actor_lexicon(),
        load_gazetteer(),
    )
    Language.component(SENTENCE_CASE, func=SentenceCase(words))
    nlp.add_pipe(SENTENCE_CASE, first=True)


class SentenceCase:
    """Rewrites the words of headlines in a text that is not parsed yet."""

    def __init__(self, words: Words) -> None:
        """`words` tells names from ordinary words."""
        self._words = words

    def __call__(self, doc: Doc) -> Doc:
        """The document, or one of the same length with other capitals."""
        text = doc.text
        lines = [line for line in _LINE.finditer(text) if _is_capitalised(line[0])]
        joined = self._joined(text)
        if not lines and joined is None:
            return doc
        rest = "".join(" " * len(line[0]) if _is_capitalised(line[0]) else line[0] for line in _LINE.finditer(text))
        names = set(_WITHIN.findall(rest))
        small = {word for word in re.findall(r"[a-z]+", rest) if len(word) > 1} if names else set()
        words = [token.text for token in doc]
        starts = [token.idx for token in doc]
        for line in lines:
            tokens = [token for token, start in enumerate(starts) if line.start() <= start < line.end()]
            for token, word in self._mended(words, tokens, names, small):
                words[token] = word
        spaces = [bool(token.whitespace_) for token in doc]
        if joined is None and lines[0].start() == 0:
            joined = self._joined("".join(word + " " * space for word, space in zip(words, spaces, strict=True)))
        if joined is not None and joined in starts:
            words[starts.index(joined)] = "&"
        return Doc(doc.vocab, words=words, spaces=spaces)

    def _joined(self, text: str) -> int | None:
        """Where a headline has a comma for an "and": "Putin, Xi meet"."""
        found = _JOINED.match(text)
        if found is None or (found[4] not in self._words.verbs and found[4] != "to"):
            return None
        one, other = (self._words.lexicon.names.get(found[part]) for part in (1, 3))
        town = one is None or (isinstance(one, Name) and one.sort in (Sort.PLACE, Sort.GOVERNMENT))
        lies = town and isinstance(other, Name) and other.sort is Sort.STATE
        return None if lies else found.start(2)  # a town, and where it lies

    def _mended(
        self, words: list[str], tokens: list[int], names: Collection[str], small: Collection[str]
    ) -> Iterator[tuple[int, str]]:
        kept_to = 0
        for place, token in enumerate(tokens):
            word = words[token]
            if place < kept_to or not word[:1].isupper():
                continue
            length = self._name_length([words[other] for other in tokens[place : place + _LONGEST_NAME]])
            if length:
                kept_to = place + length
                continue
            upper = word.upper()
            if not word.isupper() and self._words.is_name(upper) and not self._words.is_ordinary(word):
                yield token, upper
                continue
            first = place == 0 or words[token - 1] in _STOPS
            if first or word in names or (len(word) > 1 and word.isupper()):
                continue
            lower = word.lower()
            following = words[tokens[place + 1]] if place + 1 < len(tokens) else ""
            given = word in self._words.lexicon.genders and following[:1].isupper()
            if given and not self._words.is_ordinary(following):
                kept_to = place + 2
                continue
            if len(lower) == len(word) and (lower in small or self._words.is_ordinary(word)):
                yield token, lower

    def _name_length(self, words: list[str]) -> int:
        for length in range(len(words), 0, -1):
            if self._words.is_name(" ".join(words[:length])):
                return length
        return 0


def _is_capitalised(line: str) -> bool:
    told = [word for word in _TOLD.findall(line) if word not in _FUNCTION]
    return len(told) >= _FEWEST and sum(word[0].isupper() for word in told) >= _SHARE * len(told)
