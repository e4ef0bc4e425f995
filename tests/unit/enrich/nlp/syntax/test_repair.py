"""What the parser gets wrong again and again, before and after; written by hand, so that no model decides."""

from __future__ import annotations

import pytest
from hypothesis import given

from services.enrich.nlp.syntax.repair import repair
from services.enrich.nlp.syntax.tree import Tree
from tests.unit.enrich.nlp.trees import any_trees, tree_of


def edges(tree: Tree, *words: str) -> list[str]:
    """Of some words, what they are of which."""
    tokens = [tree.words.index(word) for word in words]
    return [f"{tree.words[token]} {tree.deps[token]} {tree.words[tree.heads[token]]}" for token in tokens]


def mended(notation: str) -> Tree:
    """The tree after the repair."""
    tree = tree_of(notation)
    repair(tree)
    return tree


@pytest.mark.parametrize(
    ("verb", "after"),
    [
        ("found:find", ["mayor dobj found", "guilty oprd found"]),
        ("declared:declare", ["mayor dobj declared", "guilty oprd declared"]),
        ("said:say", ["mayor nsubj guilty", "guilty ccomp said"]),  # nothing is judged
    ],
)
def test_repair_makes_who_is_judged_the_object(verb: str, after: list[str]) -> None:
    word = verb.partition(":")[0]
    tree = mended(
        f"Judges:judge NNS nsubj {word} | {verb} VBD ROOT | the DT det mayor | mayor NN nsubj guilty"
        f" | guilty JJ ccomp {word}"
    )
    assert edges(tree, "mayor", "guilty") == after


@pytest.mark.parametrize("own", ["that IN mark guilty", "being:be VBG aux guilty"])
def test_repair_leaves_a_whole_clause_after_a_verb_of_judging(own: str) -> None:
    tree = mended(
        f"Judges:judge NNS nsubj found | found:find VBD ROOT | {own} | mayors:mayor NNS nsubj guilty"
        " | guilty JJ ccomp found"
    )
    assert edges(tree, "mayors", "guilty") == ["mayors nsubj guilty", "guilty ccomp found"]


@pytest.mark.parametrize("above", ["were", "centred"])
def test_repair_gives_a_participle_to_the_noun_after_a_preposition(above: str) -> None:
    # The parser takes "talks centred on arms" for a clause, and "for" for what joins it.
    tree = mended(
        f"Envoys:envoy NNS nsubj were | were:be VBD ROOT | in IN prep were | Oslo NNP pobj in GPE | for IN prep {above}"
        " | talks:talk NNS nsubj centred | centred:centre VBN advcl were | on IN prep centred | arms:arm NNS pobj on"
    )
    assert edges(tree, "for", "talks", "centred") == ["for prep were", "talks pobj for", "centred acl talks"]


def test_repair_leaves_a_clause_whose_verb_has_an_auxiliary() -> None:
    tree = mended(
        "Envoys:envoy NNS nsubj left | left:leave VBD ROOT | after IN mark held | at IN prep held"
        " | talks:talk NNS nsubjpass held | were:be VBD auxpass held | held:hold VBN advcl left"
    )
    assert edges(tree, "at", "talks", "held") == ["at prep held", "talks nsubjpass held", "held advcl left"]


def test_repair_leaves_a_preposition_below_a_clause_of_the_verb_itself() -> None:
    tree = mended(
        "Envoys:envoy NNS nsubj left | left:leave VBD ROOT | , , punct left | speaking:speak VBG advcl centred"
        " | in IN prep speaking | talks:talk NNS nsubj centred | centred:centre VBN advcl left"
    )
    assert edges(tree, "in", "talks", "centred") == ["in prep speaking", "talks nsubj centred", "centred advcl left"]


@pytest.mark.parametrize("place", ["Mali NNP pobj In GPE", "Mali NNP compound rebels GPE"])
def test_repair_leaves_the_verb_of_a_sentence_that_starts_with_a_place(place: str) -> None:
    # In the second the parser reads "Mali rebels", and leaves "in" without a noun.
    tree = mended(
        f"In IN prep captured | {place} | rebels:rebel NNS nsubj captured | captured:capture VBD ROOT"
        " | towns:town NNS dobj captured"
    )
    assert edges(tree, "rebels", "captured") == ["rebels nsubj captured", "captured ROOT captured"]


def test_repair_makes_who_says_so_in_an_aside_a_subject() -> None:
    tree = mended(
        "Rebels:rebel NNS nsubj burned | burned:burn VBD ROOT | huts:hut NNS dobj burned | , , punct burned"
        " | elders:elder NNS conj huts | said:say VBD conj burned | . . punct burned"
    )
    assert edges(tree, "elders", "said") == ["elders nsubj said", "said parataxis burned"]


def test_repair_makes_the_infinitive_of_a_headline_its_verb() -> None:
    tree = mended("Peru NNP ROOT | to TO aux expel | expel VB relcl Peru | envoys:envoy NNS dobj expel")
    assert edges(tree, "Peru", "expel") == ["Peru nsubj expel", "expel ROOT expel"]


@given(any_trees())
def test_repair_bears_any_tree_and_leaves_heads_and_children_in_agreement(tree: Tree) -> None:
    repair(tree)
    below = [(head, token) for head, children in enumerate(tree.children) for token in children]
    assert below == sorted((head, token) for token, head in enumerate(tree.heads) if head != token)


@given(any_trees())
def test_repair_leaves_every_token_of_any_tree_below_a_root(tree: Tree) -> None:
    repair(tree)
    roots = [token for token, head in enumerate(tree.heads) if head == token]
    assert sorted(token for root in roots for token in tree.subtree(root)) == list(range(len(tree)))
