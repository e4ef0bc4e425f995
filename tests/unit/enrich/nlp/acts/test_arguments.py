"""The arguments of a head by their place, the first that comes before all others."""

from __future__ import annotations

import pytest

from services.enrich.nlp.acts.arguments import Predication, clauses, prepositions
from services.enrich.nlp.syntax.grammar import Grammar
from tests.unit.enrich.nlp.trees import tree_of, words_of


def places(notation: str, head: str, *, passive: bool = False) -> dict[str, list[str]]:
    """What the prepositions and clauses of a verb hold."""
    tree = tree_of(notation)
    made = Predication(tree.words.index(head), "verb", (head,))
    prepositions(Grammar(tree), made.head, made, passive)
    clauses(Grammar(tree), made.head, made)
    return {place: words_of(tree, tokens) for place, tokens in made.args.items()}


def test_arguments_keep_what_comes_first_and_the_rest_in_reserve() -> None:
    made = Predication(0, "verb", ("meet",))
    made.put("in", (1,), "in")
    made.put("in", (2, 3), "nested")
    assert (made.args["in"], made.how["in"], made.more["in"]) == ((1,), "in", [(2, 3)])


def test_arguments_have_no_place_for_nothing() -> None:
    made = Predication(0, "verb", ("meet",))
    made.put("in", (), "in")
    assert (made.args, made.more) == ({}, {})


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("spoke VBD ROOT | with IN prep spoke | Togo NNP pobj with | in IN prep spoke | Rome NNP pobj in",
         {"with": ["Togo"], "in": ["Rome"]}),
        ("spoke VBD ROOT | with IN prep spoke | Togo NNP pobj with | and CC cc Togo | Benin NNP conj Togo",
         {"with": ["Togo", "Benin"]}),
        ("spoke VBD ROOT | of IN prep spoke | leaving:leave VBG pcomp of", {"of ing+": ["leaving"]}),
        ("spoke VBD ROOT | out RP prt spoke | against IN prep out | Togo NNP pobj against", {"against": ["Togo"]}),
        ("spoke VBD ROOT | out IN prep spoke | of IN prep out | fear NN pobj of", {"of": ["fear"]}),
        ("spoke VBD ROOT | according:accord VBG prep spoke | to IN prep according | Togo NNP pobj to", {}),
    ],
)  # fmt: skip
def test_arguments_stand_under_their_preposition(notation: str, expected: dict[str, list[str]]) -> None:
    assert places(notation, "spoke") == expected


def test_arguments_on_a_noun_give_way_to_those_on_the_verb() -> None:
    notation = (
        "spoke VBD ROOT | about IN prep spoke | talks:talk NNS pobj about | in IN prep talks | Rome NNP pobj in"
        " | in IN prep spoke | Bern NNP pobj in.2"
    )
    assert places(notation, "spoke") == {"about": ["talks"], "in": ["Bern"]}


def test_arguments_that_tell_when_give_way_to_those_that_tell_what() -> None:
    notation = "spoke VBD ROOT | on IN prep spoke | Friday NNP pobj on DATE | on IN prep spoke | trade NN pobj on.2"
    assert places(notation, "spoke")["on"] == ["trade"]


@pytest.mark.parametrize(("passive", "expected"), [(True, {}), (False, {"by": ["Togo"]})])
def test_arguments_have_not_the_agent_of_a_passive(passive: bool, expected: dict[str, list[str]]) -> None:
    assert places("freed VBN ROOT | by IN agent freed | Togo NNP pobj by", "freed", passive=passive) == expected


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("said VBD ROOT | to TO aux leave | leave VB xcomp said", {"to+": ["leave"]}),
        ("said VBD ROOT | Togo NNP nsubj left | left:leave VBD ccomp said", {"that+": ["left"]}),
        ("said VBD ROOT | leaving:leave VBG xcomp said", {"ing+": ["leaving"]}),
        ("said VBD ROOT | leaving:leave VBG advcl said", {}),
        ("said VBD ROOT | ready JJ xcomp said", {}),  # no verb
    ],
)
def test_arguments_that_are_clauses_stand_under_their_form(notation: str, expected: dict[str, list[str]]) -> None:
    assert places(notation, "said") == expected
