"""A parsed text as plain lists: what spaCy found, read once, so that all that follows is fast and knows no spaCy.

Every list is indexed by token. `heads[i] == i` marks the root of a sentence. Offsets are code points of the text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, LEMMA, LENGTH, LOWER, ORTH, POS, SENT_START, TAG
from spacy.strings import StringStore
from spacy.tokens import Doc

VERBAL = frozenset({"VERB", "AUX"})
"""Parts of speech that carry a clause."""
_IN_PHRASE = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "case", "predet", "neg"})
_COLUMNS = [ORTH, LOWER, LEMMA, POS, TAG, DEP, HEAD, IDX, LENGTH, SENT_START, ENT_TYPE, ENT_IOB]
_BEGINS = 3  # of ENT_IOB: a token begins an entity
_MOST_NAMES = 100_000  # that are kept decoded
# Lemmas that the rules of the lemmatiser get wrong, and what they should be.
_MENDED = dict(
    pair.split("=")
    for pair in (
        "unbanne=unban readmitte=readmit texte=text backpedalle=backpedal cochaire=cochair greenlighte=greenlight"
        " defunde=defund cordone=cordon wiretappe=wiretap waterboarde=waterboard resupplie=resupply readie=ready"
        " instal=install extoll=extol gutte=gut teargasse=teargas tasere=taser rearreste=rearrest doxe=dox phishe=phish"
        " deregistere=deregister surveille=surveil kitte=kit buss=bus"
    ).split()
)


@dataclass(slots=True)
class Tree:
    """Tokens with their grammar; `entities` are (label, first token, last token + 1), `entity[i]` an index or -1."""

    text: str
    words: list[str]
    lowers: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    sentences: list[tuple[int, int]]
    entities: list[tuple[str, int, int]]
    entity: list[int]
    children: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        """Turn heads into lists of children, in the order of the text."""
        children: list[list[int]] = [[] for _ in self.words]
        for token, head in enumerate(self.heads):
            if head != token:
                children[head].append(token)
        self.children = children

    def __len__(self) -> int:
        return len(self.words)

    def child(self, token: int, *deps: str) -> int | None:
        """The first child with one of these dependencies."""
        all_deps = self.deps
        for child in self.children[token]:
            if all_deps[child] in deps:
                return child
        return None

    def children_by(self, token: int, *deps: str) -> list[int]:
        """All children with one of these dependencies."""
        found: list[int] = []
        all_deps = self.deps
        for child in self.children[token]:
            if all_deps[child] in deps:
                found.append(child)  # noqa: PERF401 - a comprehension would be a call of its own, for few children
        return found

    def subtree(self, token: int) -> list[int]:
        """The token and all below it, in the order of the text."""
        found, rest = [token], [token]
        while rest:
            below = self.children[rest.pop()]
            found += below
            rest += below
        return sorted(found)

    def ancestors(self, token: int) -> Iterator[int]:
        """From the token's head up to the root."""
        while self.heads[token] != token:
            token = self.heads[token]
            yield token

    def conjuncts(self, token: int) -> list[int]:
        """The token and all that are joined to it by "and", "or" or commas, below it."""
        found = [token]
        all_children, all_deps = self.children, self.deps
        for member in found:
            for child in all_children[member]:
                if all_deps[child] == "conj":
                    found.append(child)  # noqa: PERF401 - as above
        return found

    def phrase(self, noun: int) -> tuple[int, int]:
        """First and last token of a noun phrase, without what follows its head or its name."""
        first = last = noun
        rest = [noun]
        while rest:
            for child in self.children[rest.pop()]:
                if child < noun and self.deps[child] in _IN_PHRASE and not self.words[child].isspace():
                    first = min(first, child)
                    rest.append(child)
        if self.entity[noun] >= 0:
            _, start, end = self.entities[self.entity[noun]]
            first, last = min(first, start), max(last, end - 1)
            while last > noun and self.words[last].isspace():
                last -= 1
        return first, last

    def cut(self, first: int, last: int) -> str:
        """The text of tokens first to last, both included."""
        return self.text[self.starts[first] : self.ends[last]]


class _Names(dict[int, str]):
    """Strings by spaCy's number for them, each decoded once: the same few thousand words come in every text."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__()
        self.strings = strings

    def __missing__(self, key: int) -> str:
        # Numbers come signed from the array. Interned, a string is compared by its address.
        name = self[key] = sys.intern(self.strings[key % 2**64])
        return name


class _Lemmas(dict[int, str]):
    """Lemmas by spaCy's number for them, in small letters and mended."""

    def __init__(self, names: _Names) -> None:
        super().__init__()
        self.names = names

    def __missing__(self, key: int) -> str:
        lemma = self.names[key].lower()
        found = self[key] = sys.intern(_MENDED.get(lemma, lemma))
        return found


@lru_cache(maxsize=2)
def _known(strings: StringStore) -> tuple[_Names, _Lemmas]:
    names = _Names(strings)
    return names, _Lemmas(names)


def read_tree(doc: Doc, text: str | None = None) -> Tree:
    """Read all columns in one go: a spaCy token object for each look would cost more than the coder.

    `text` is the article's where parts of it were blanked for the parser, else the parsed one.
    """
    columns: Sequence[Sequence[int]] = (
        doc.to_array(_COLUMNS).astype("int64").T.tolist() if len(doc) else [()] * len(_COLUMNS)
    )
    words, lowers, lemmas, pos, tags, deps, steps, starts, lengths, sentence_starts, labels, parts = columns
    names, known_lemmas = _known(doc.vocab.strings)
    if len(names) > _MOST_NAMES:
        names.clear()
        known_lemmas.clear()
    count = len(words)
    firsts = [token for token, start in enumerate(sentence_starts) if start == 1 and token]
    sentences = list(zip([0, *firsts], [*firsts, count], strict=True)) if count else []
    sentence_of: list[int] = []
    for number, (first, last) in enumerate(sentences):
        sentence_of += [number] * (last - first)
    entities: list[tuple[str, int, int]] = []
    entity = [-1] * count
    for token in [token for token, label in enumerate(labels) if label]:
        first = token if parts[token] == _BEGINS else entities.pop()[1]
        entities.append((names[labels[token]], first, token + 1))
        entity[token] = len(entities) - 1
    return Tree(
        text=doc.text if text is None else text,
        words=[names[key] for key in words],
        lowers=[names[key] for key in lowers],
        lemmas=[known_lemmas[key] for key in lemmas],
        pos=[names[key] for key in pos],
        tags=[names[key] for key in tags],
        deps=[names[key] for key in deps],
        heads=[token + step for token, step in enumerate(steps)],
        starts=list(starts),
        ends=[start + length for start, length in zip(starts, lengths, strict=True)],
        sentence=sentence_of,
        sentences=sentences,
        entities=entities,
        entity=entity,
    )
