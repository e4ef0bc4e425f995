"""A parse as plain lists: what is read of it, and what a tree answers."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from services.enrich.nlp.syntax.tree import Tree, read_tree
from tests.unit.enrich.nlp.trees import any_trees, tree_of, words_of

ENVOY = tree_of(
    "The DT det envoy | new JJ amod envoy | Kenyan JJ amod envoy NORP | envoy NN nsubj resigned | to IN prep envoy"
    " | Chad NNP pobj to GPE | resigned:resign VBD ROOT"
)
LEADER = tree_of(
    "President NNP compound Duarte | Rui NNP compound Duarte PERSON | Duarte NNP nsubj resigned +"
    " | of IN prep Duarte | Angola NNP pobj of GPE | resigned:resign VBD ROOT"
)
JOINED = tree_of(
    "Peru NNP nsubj met | , , punct Peru | Chile NNP conj Peru | and CC cc Chile | Bolivia NNP conj Chile"
    " | met:meet VBD ROOT"
)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("words", ["Fiji", "sent", "doctors", "."]),
        ("lowers", ["fiji", "sent", "doctors", "."]),
        ("lemmas", ["fiji", "send", "doctor", "."]),
        ("pos", ["PROPN", "VERB", "NOUN", "PUNCT"]),
        ("tags", ["NNP", "VBD", "NNS", "."]),
        ("deps", ["nsubj", "ROOT", "dobj", "punct"]),
        ("heads", [1, 1, 1, 1]),
        ("sentences", [(0, 4)]),
        ("entities", [("GPE", 0, 1)]),
        ("entity", [0, -1, -1, -1]),
    ],
)
def test_tree_has_a_list_for_each_thing_that_the_parser_found(
    nlp: Language, column: str, expected: list[object]
) -> None:
    assert getattr(read_tree(nlp("Fiji sent doctors.")), column) == expected


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [("Fiji unbanned the party.", "unbanned", "unban"), ("Fiji readmitted the envoy.", "readmitted", "readmit")],
)
def test_tree_mends_lemmas_that_the_rules_get_wrong(nlp: Language, text: str, word: str, lemma: str) -> None:
    tree = read_tree(nlp(text))
    assert tree.lemmas[tree.words.index(word)] == lemma


def test_tree_of_no_text_has_no_token_and_no_sentence(nlp: Language) -> None:
    tree = read_tree(nlp(""))
    assert (len(tree), tree.sentences) == (0, [])


def test_tree_cuts_the_article_where_parts_were_blanked_for_the_parser(nlp: Language) -> None:
    text = "SUVA, May 3 - Fiji sent doctors."
    tree = read_tree(nlp(" " * 14 + text[14:]), text)
    fiji = tree.words.index("Fiji")
    assert tree.cut(0, fiji) == text[:18]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tree_offsets_cut_exactly_the_words_of_any_text(nlp: Language, text: str) -> None:
    tree = read_tree(nlp(text))
    assert [tree.cut(token, token) for token in range(len(tree))] == tree.words


@given(any_trees())
def test_tree_has_each_token_once_among_the_children_of_its_head(tree: Tree) -> None:
    below = [(head, token) for head, children in enumerate(tree.children) for token in children]
    assert below == sorted((head, token) for token, head in enumerate(tree.heads) if head != token)


@given(any_trees())
def test_tree_has_in_a_subtree_whatever_has_its_top_above_it(tree: Tree) -> None:
    for top in range(len(tree)):
        below = [token for token in range(len(tree)) if token == top or top in tree.ancestors(token)]
        assert tree.subtree(top) == below


def test_tree_ancestors_go_up_to_the_root() -> None:
    assert words_of(ENVOY, ENVOY.ancestors(5)) == ["to", "envoy", "resigned"]


def test_tree_conjuncts_follow_all_joints_downwards() -> None:
    assert words_of(JOINED, JOINED.conjuncts(0)) == ["Peru", "Chile", "Bolivia"]


@pytest.mark.parametrize(
    ("tree", "noun", "phrase"),
    [
        (ENVOY, "envoy", "The new Kenyan envoy"),  # not what follows it
        (ENVOY, "Chad", "Chad"),
        (LEADER, "Duarte", "President Rui Duarte"),
        (LEADER, "Rui", "Rui Duarte"),  # of a name, all of it
    ],
)
def test_tree_phrase_is_what_stands_before_a_noun_and_all_of_its_name(tree: Tree, noun: str, phrase: str) -> None:
    assert tree.cut(*tree.phrase(tree.words.index(noun))) == phrase
