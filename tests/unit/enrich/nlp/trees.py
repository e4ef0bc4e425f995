"""Trees written by hand, one line a sentence, so that what reads a tree is tested without a parser.

A token is ``word[:lemma] TAG dep [head] [ENTITY]``, and " | " stands between tokens. The head is a word of the sentence
(``to.2`` is the second "to"); a token without one is the root. The lemma is the word in lower case unless it is told,
the part of speech follows from the tag. ``GPE`` in the last place starts an entity, ``+`` goes on with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from services.enrich.nlp.syntax.tree import Tree

_PARTS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "RB": "ADV", "DT": "DET", "CD": "NUM",
    "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WDT": "PRON", "EX": "PRON", "IN": "ADP", "RP": "ADP", "TO": "PART",
    "POS": "PART", "MD": "AUX", "CC": "CCONJ", ",": "PUNCT", ".": "PUNCT", ":": "PUNCT",
    "VB": "VERB", "VBD": "VERB", "VBZ": "VERB", "VBP": "VERB", "VBG": "VERB", "VBN": "VERB",
}  # fmt: skip
_DEPS = (
    "nsubj nsubjpass dobj dative pobj prep agent pcomp xcomp ccomp advcl acl relcl amod compound nmod poss conj appos"
    " attr oprd acomp aux auxpass mark csubj prt advmod dep parataxis"
).split()
_WORDS = (
    "Kenya:kenya NNP|troops:troop NNS|hundreds:hundred NNS|plan NN|lawsuit NN|talks:talk NNS|who WP|that WDT|able JJ"
    "|guilty JJ|sent:send VBN|called:call VBD|made:make VBD|to TO|help VB|find VB|killed:kill VBN|said:say VBD"
    "|is:be VBZ|taking:take VBG|of IN|on IN|by IN|for IN|out RP|, ,|- :|. ."
).split("|")


def tree_of(notation: str) -> Tree:
    """The tree of one sentence."""
    tokens = [token.split() for token in notation.split(" | ")]
    spelled = [token[0].rpartition(":") if len(token[0]) > 1 else ("", "", token[0]) for token in tokens]
    words = [word or lemma for word, _, lemma in spelled]
    lemmas = [lemma.lower() for _, _, lemma in spelled]
    heads: list[int] = []
    labels: list[str] = []
    for number, (_, _, dep, *more) in enumerate(tokens):
        heads.append(number if dep == "ROOT" else _place(words, more.pop(0)))
        labels.append(more[0] if more else "")
    return _tree(words, lemmas, [token[1] for token in tokens], [token[2] for token in tokens], heads, labels)


def words_of(tree: Tree, tokens: Iterable[int]) -> list[str]:
    """What stands there."""
    return [tree.words[token] for token in tokens]


@st.composite
def any_trees(draw: st.DrawFn, most: int = 14) -> Tree:
    """Trees of words, tags and dependencies that need not fit each other, as of a text that is no prose."""
    size = draw(st.integers(1, most))
    tokens = [token.split() for token in draw(st.lists(st.sampled_from(_WORDS), min_size=size, max_size=size))]
    spelled = [token[0].partition(":") for token in tokens]
    # Each hangs on one that comes before it in an order of their own: no token is above itself.
    order = draw(st.permutations(range(size)))
    heads = list(range(size))
    for rank in range(1, size):
        heads[order[rank]] = order[draw(st.integers(0, rank - 1))]
    deps = ["ROOT" if head == token else draw(st.sampled_from(_DEPS)) for token, head in enumerate(heads)]
    lemmas = [lemma or word.lower() for word, _, lemma in spelled]
    return _tree([word for word, _, _ in spelled], lemmas, [token[1] for token in tokens], deps, heads, [""] * size)


def _place(words: list[str], word: str) -> int:
    name, _, number = word.rpartition(".")
    if not name:
        return words.index(word)
    return [at for at, other in enumerate(words) if other == name][int(number) - 1]


def _tree(
    words: list[str], lemmas: list[str], tags: list[str], deps: list[str], heads: list[int], labels: list[str]
) -> Tree:
    starts = [sum(len(word) + 1 for word in words[:number]) for number in range(len(words))]
    entities: list[tuple[str, int, int]] = []
    entity = [-1] * len(words)
    for token, label in enumerate(labels):
        if label == "+":
            name, first, _ = entities[-1]
            entities[-1] = (name, first, token + 1)
        elif label:
            entities.append((label, token, token + 1))
        if label:
            entity[token] = len(entities) - 1
    return Tree(
        text=" ".join(words),
        words=words,
        lowers=[word.lower() for word in words],
        lemmas=lemmas,
        pos=[_part(*token) for token in zip(lemmas, tags, deps, strict=True)],
        tags=tags,
        deps=deps,
        heads=heads,
        starts=starts,
        ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
        sentence=[0] * len(words),
        sentences=[(0, len(words))],
        entities=entities,
        entity=entity,
    )


def _part(lemma: str, tag: str, dep: str) -> str:
    if tag.startswith("VB") and (lemma == "be" or dep in ("aux", "auxpass")):
        return "AUX"
    return "SCONJ" if tag == "IN" and dep == "mark" else _PARTS[tag]
