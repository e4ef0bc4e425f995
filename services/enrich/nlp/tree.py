"""A parsed text as plain lists: what spaCy found, read once, so that all that follows is fast and knows no spaCy.

Every list is indexed by token. `heads[i] == i` marks the root of a sentence. Offsets are code points of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, LOWER, ORTH, POS, SENT_START, TAG
from spacy.tokens import Doc

_IN_PHRASE = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "case", "predet", "neg"})
_COLUMNS = [ORTH, LOWER, LEMMA, POS, TAG, DEP, HEAD, IDX, LENGTH, SENT_START]
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
        self.children = [[] for _ in self.words]
        for token, head in enumerate(self.heads):
            if head != token:
                self.children[head].append(token)

    def __len__(self) -> int:
        return len(self.words)

    def child(self, token: int, *deps: str) -> int | None:
        """The first child with one of these dependencies."""
        for child in self.children[token]:
            if self.deps[child] in deps:
                return child
        return None

    def children_by(self, token: int, *deps: str) -> list[int]:
        """All children with one of these dependencies."""
        return [child for child in self.children[token] if self.deps[child] in deps]

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
        for member in found:
            found += [child for child in self.children[member] if self.deps[child] == "conj"]
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


def read_tree(doc: Doc, text: str | None = None) -> Tree:
    """Read all columns in one go: a spaCy token object for each look would cost more than the coder.

    `text` is the article's where parts of it were blanked for the parser, else the parsed one.
    """
    columns: Sequence[Sequence[int]] = doc.to_array(_COLUMNS).T.tolist() if len(doc) else [()] * len(_COLUMNS)
    words, lowers, lemmas, pos, tags, deps, heads, starts, lengths, sentence_starts = columns
    # Some columns are signed in the array, and a hash is not.
    names = {key: doc.vocab.strings[key % 2**64] for key in {*words, *lowers, *lemmas, *pos, *tags, *deps}}
    sentences: list[tuple[int, int]] = []
    sentence_of: list[int] = []
    first = 0
    for token, start in enumerate(sentence_starts):
        if start == 1 and token:
            sentences.append((first, token))
            first = token
        sentence_of.append(len(sentences))
    if words:
        sentences.append((first, len(words)))
    entities = [(ent.label_, ent.start, ent.end) for ent in doc.ents]
    entity = [-1] * len(words)
    for number, (_, start, end) in enumerate(entities):
        entity[start:end] = [number] * (end - start)
    return Tree(
        text=doc.text if text is None else text,
        words=[names[key] for key in words],
        lowers=[names[key] for key in lowers],
        lemmas=[_MENDED.get(lemma, lemma) for lemma in (names[key].lower() for key in lemmas)],
        pos=[names[key] for key in pos],
        tags=[names[key] for key in tags],
        deps=[names[key] for key in deps],
        heads=[token + _signed(step) for token, step in enumerate(heads)],
        starts=list(starts),
        ends=[start + length for start, length in zip(starts, lengths, strict=True)],
        sentence=sentence_of,
        sentences=sentences,
        entities=entities,
        entity=entity,
    )


def _signed(value: int) -> int:
    return value - 2**64 if value >= 2**63 else value
