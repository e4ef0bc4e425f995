"""No sentence that the coder reads is endless: what no writer ends is cut, and the work grows with the text alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import cycle, islice
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from schemas.events import Span
from services.enrich.nlp.coder import code
from services.enrich.nlp.syntax.long_sentences import LONGEST, cut_long_sentences
from services.enrich.nlp.syntax.tree import Tree
from tests.unit.enrich.nlp.coding import PUBLISHED, knowledge
from tests.unit.enrich.nlp.trees import any_trees, tree_of, words_of

if TYPE_CHECKING:
    from _typeshed import TraceFunction

_STATES = "Kenya Uganda Peru Chile Norway Sweden Ghana Togo Oman Qatar".split()


def deep(clauses: int) -> Tree:
    """One clause below the other, as of "Kenya attacked Uganda in May, because Uganda attacked Peru in May, ..."."""
    states = list(islice(cycle(_STATES), clauses + 1))
    links = ["ROOT", *(f"advcl attacked{number}" for number in range(clauses - 1))]
    return tree_of(
        " | ".join(
            f"{who} NNP nsubj attacked{number} GPE | attacked{number}:attack VBD {link}"
            f" | {whom} NNP dobj attacked{number} GPE"
            f" | in{number}:in IN prep attacked{number} | May NNP pobj in{number} DATE"
            for number, (who, whom, link) in enumerate(zip(states, states[1:], links, strict=False))
        )
    )


def broad(nouns: int) -> Tree:
    """Very many objects of one verb."""
    names = " | ".join(f"{state} NNP dobj attacked GPE" for state in islice(cycle(_STATES), nouns))
    return tree_of(f"Rebels:rebel NNS nsubj attacked | attacked:attack VBD ROOT | {names}")


def joined(nouns: int) -> Tree:
    """Very many names, each joined to the one before it."""
    names = [f"{state}-{number}:{state.lower()}" for number, state in enumerate(islice(cycle(_STATES), nouns))]
    links = ["nsubj attacked", *(f"conj {name.partition(':')[0]}" for name in names)]
    subjects = " | ".join(f"{name} NNP {link} GPE" for name, link in zip(names, links, strict=False))
    return tree_of(f"{subjects} | attacked:attack VBD ROOT | Oslo NNP dobj attacked GPE")


def steps(tree: Tree) -> int:
    """Lines of the project's code that are run to code a tree."""
    known, count = knowledge(), 0

    def line(_frame: FrameType, event: str, _argument: object) -> TraceFunction:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _event: str, _argument: object) -> TraceFunction | None:
        return line if "/services/" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        code(tree, [Span(start=0, end=len(tree.text))], PUBLISHED, known)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("shape", [deep, broad, joined])
def test_long_sentences_cost_no_more_than_in_proportion_to_their_length(shape: Callable[[int], Tree]) -> None:
    assert steps(shape(1200)) < 5 * steps(shape(300))


def test_long_sentences_are_cut_where_the_fewest_words_hang_on_the_other_side() -> None:
    tree = deep(120)
    cut_long_sentences(tree)
    assert {tree.words[begin] for begin, _ in tree.sentences} <= set(_STATES)  # each begins with a subject


def test_long_sentences_that_are_cut_have_verbs_of_their_own() -> None:
    tree = deep(120)
    cut_long_sentences(tree)
    assert len(tree.sentences) > 1
    for begin, end in tree.sentences:
        roots = [token for token in range(begin, end) if tree.heads[token] == token]
        assert [tree.deps[root] for root in roots] == ["ROOT"]
        assert words_of(tree, roots)[0].startswith("attacked")


def test_long_sentences_do_not_cut_a_name_in_two() -> None:
    words = [f"of{number} IN prep go" for number in range(150)]
    name = ["Bank NNP dobj go ORG", *(f"x{number} NN dobj go +" for number in range(60))]
    tree = tree_of(" | ".join(["go:go VB ROOT", *words, *name]))
    cut_long_sentences(tree)
    _, first, last = tree.entities[0]
    assert tree.sentence[first] == tree.sentence[last - 1]


@given(any_trees(most=LONGEST // 10))
def test_long_sentences_leave_prose_as_it_is(tree: Tree) -> None:
    before = list(tree.heads), list(tree.deps), list(tree.sentences)
    cut_long_sentences(tree)
    assert (tree.heads, tree.deps, tree.sentences) == before


@given(any_trees(most=3 * LONGEST))
@settings(max_examples=30, deadline=None)
def test_long_sentences_of_any_tree_become_whole_trees_of_limited_length(tree: Tree) -> None:
    size = len(tree)
    cut_long_sentences(tree)
    assert [token for begin, end in tree.sentences for token in range(begin, end)] == list(range(size))
    assert max(end - begin for begin, end in tree.sentences) <= LONGEST
    below = [(head, token) for head, children in enumerate(tree.children) for token in children]
    assert below == sorted((head, token) for token, head in enumerate(tree.heads) if head != token)
    assert all(tree.sentence[token] == tree.sentence[head] for token, head in enumerate(tree.heads))
