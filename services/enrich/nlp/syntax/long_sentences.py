"""Cuts what the parser takes for one sentence and no writer would: a list or table without a stop, a text of garbage.

A sentence of thousands of words costs each walk up or across it again and again. Cut where the fewest words hang on the
other side, it costs what as many sentences of prose do; no sentence of prose is so long.
"""

from __future__ import annotations

from itertools import accumulate

from services.enrich.nlp.syntax.tree import Tree

LONGEST = 200
"""Tokens of a sentence; the longest that news writes have some 120."""
_SHORTEST = LONGEST // 2
_IN_A_NAME = LONGEST  # a cut through a name counts as so many words cut off


def cut_long_sentences(tree: Tree) -> None:
    """Cut them in place; what hangs on a word of another piece becomes a root of its own."""
    if all(end - begin <= LONGEST for begin, end in tree.sentences):
        return
    pieces: list[tuple[int, int]] = []
    for begin, end in tree.sentences:
        if end - begin <= LONGEST:
            pieces.append((begin, end))
        else:
            cuts = _cuts(tree, begin, end)
            pieces += zip([begin, *cuts], [*cuts, end], strict=True)
    tree.sentences = pieces
    tree.sentence = [number for number, (begin, end) in enumerate(pieces) for _ in range(begin, end)]
    for token, head in enumerate(tree.heads):
        if tree.sentence[head] != tree.sentence[token]:
            tree.heads[token], tree.deps[token] = token, "ROOT"
    for below in range(len(tree)):
        tree.children[below] = [child for child in tree.children[below] if tree.heads[child] == below]


def _cuts(tree: Tree, begin: int, end: int) -> list[int]:
    """Tokens that begin a piece, but for the first."""
    crossing = _crossing(tree, begin, end)
    cuts: list[int] = []
    last = begin
    while end - last > LONGEST:
        last = min(range(last + _SHORTEST, last + LONGEST + 1), key=lambda at: (crossing[at - begin], -at))
        cuts.append(last)
    return cuts


def _crossing(tree: Tree, begin: int, end: int) -> list[int]:
    """For each place between two tokens of a sentence, what a cut there cuts off."""
    change = [0] * (end - begin + 1)
    for token in range(begin, end):
        low, high = sorted((token, tree.heads[token]))
        change[low - begin + 1] += 1
        change[high - begin + 1] -= 1  # nothing, of a root
        if token > begin and tree.entity[token] >= 0 and tree.entity[token] == tree.entity[token - 1]:
            change[token - begin] += _IN_A_NAME
            change[token - begin + 1] -= _IN_A_NAME
    return list(accumulate(change))
