"""Who is subject and object of a verb, in trees written by hand as the parser makes them of such sentences."""

from __future__ import annotations

import pytest
from hypothesis import given

from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.tree import Tree
from tests.unit.enrich.nlp.trees import any_trees, tree_of, words_of


@pytest.mark.parametrize(
    ("notation", "verb", "subjects", "how"),
    [
        ("Oman NNP nsubj helped | and CC cc Oman | Qatar NNP conj Oman | helped:help VBD ROOT",
         "helped", ["Oman", "Qatar"], "subject"),
        ("Oman NNP nsubjpass helped | was:be VBD auxpass helped | helped:help VBN ROOT",
         "helped", ["Oman"], "passive subject"),
        ("Oman NNP nsubj met | met:meet VBD ROOT | and CC cc met | helped:help VBD conj met",
         "helped", ["Oman"], "subject"),
        ("rebels:rebel NNS ROOT | who WP nsubj helped | helped:help VBD relcl rebels",
         "helped", ["rebels"], "relative clause"),
        ("rebels:rebel NNS ROOT | who WP nsubj fled | fled:flee VBD relcl rebels | and CC cc fled"
         " | helped:help VBD conj fled", "helped", ["rebels"], "relative clause"),
        ("rebels:rebel NNS ROOT | helping:help VBG acl rebels | Oman NNP dobj helping",
         "helping", ["rebels"], "participle"),
        ("Oman NNP nsubj tried | tried:try VBD ROOT | to TO aux help | help VB xcomp tried",
         "help", ["Oman"], "control"),
        ("Oman NNP nsubj urged | urged:urge VBD ROOT | Qatar NNP dobj urged | to TO aux help | help VB xcomp urged",
         "help", ["Qatar"], "object control"),
        ("Oman NNP nsubj promised | promised:promise VBD ROOT | Qatar NNP dobj promised | to TO aux help"
         " | help VB xcomp promised", "help", ["Oman"], "control"),
        ("Oman NNP nsubj called | called:call VBD ROOT | on IN prep called | Qatar NNP pobj on | to TO aux help"
         " | help VB xcomp called", "help", ["Qatar"], "object control"),
        ("Oman NNP nsubj left | left:leave VBD ROOT | without IN prep left | helping:help VBG pcomp without",
         "helping", ["Oman"], "control"),
        ("Oman NNP nsubj barred | barred:bar VBD ROOT | Qatar NNP dobj barred | from IN prep barred"
         " | helping:help VBG pcomp from", "helping", ["Qatar"], "object control"),
        ("Oman NNP nsubj is | is:be VBZ ROOT | ready JJ acomp is | to TO aux help | help VB xcomp ready",
         "help", ["Oman"], "control"),
        ("Oman NNP poss plan | 's POS case Oman | plan NN ROOT | to TO aux help | help VB acl plan",
         "help", ["Oman"], "of the noun"),
        ("Help:help VB ROOT | Oman NNP dobj Help", "Help", [], ""),
    ],
)  # fmt: skip
def test_grammar_finds_the_surface_subject(notation: str, verb: str, subjects: list[str], how: str) -> None:
    tree = tree_of(notation)
    found, found_how = Grammar(tree).surface(tree.words.index(verb))
    assert (words_of(tree, found), found_how) == (subjects, how)


@pytest.mark.parametrize(
    ("notation", "agents"),
    [
        ("Oman NNP nsubj hit | hit VBD ROOT | Qatar NNP dobj hit", ["Oman"]),
        ("Qatar NNP nsubjpass hit | was:be VBD auxpass hit | hit VBN ROOT | by IN agent hit | Oman NNP pobj by",
         ["Oman"]),
        ("Qatar NNP nsubjpass hit | was:be VBD auxpass hit | hit VBN ROOT", []),
        ("ships:ship NNS ROOT | hit VBN acl ships | by IN agent hit | Oman NNP pobj by", ["Oman"]),
        ("Qatar NNP nsubjpass hit | was:be VBD auxpass hit | hit VBN ROOT | and CC cc hit | robbed:rob VBN conj hit"
         " | by IN agent robbed | Oman NNP pobj by", ["Oman"]),
        ("hit VBN advcl fled | by IN agent hit | Oman NNP pobj by | , , punct fled | Qatar NNP nsubj fled"
         " | fled:flee VBD ROOT", ["Oman"]),
    ],
)  # fmt: skip
def test_grammar_takes_for_agent_the_subject_or_of_a_passive_the_by_phrase(notation: str, agents: list[str]) -> None:
    tree = tree_of(notation)
    assert words_of(tree, Grammar(tree).logical_subjects(tree.words.index("hit"))[0]) == agents


@pytest.mark.parametrize(
    ("notation", "objects"),
    [
        ("Oman NNP nsubj hit | hit VBD ROOT | Qatar NNP dobj hit | and CC cc Qatar | Iran NNP conj Qatar",
         ["Qatar", "Iran"]),
        ("Qatar NNP nsubjpass hit | was:be VBD auxpass hit | hit VBN ROOT | by IN agent hit | Oman NNP pobj by",
         ["Qatar"]),
        ("ships:ship NNS ROOT | that WDT dobj hit | Oman NNP nsubj hit | hit VBD relcl ships", ["ships"]),
        ("ships:ship NNS ROOT | Oman NNP nsubj hit | hit VBD relcl ships", ["ships"]),
        ("Oman NNP nsubj hit | hit VBD ROOT | and CC cc hit | sank:sink VBD conj hit | ships:ship NNS dobj sank",
         ["ships"]),
        ("Oman NNP nsubj hit | hit VBD ROOT | back RB advmod hit", []),
    ],
)  # fmt: skip
def test_grammar_finds_what_is_acted_on(notation: str, objects: list[str]) -> None:
    tree = tree_of(notation)
    assert words_of(tree, Grammar(tree).logical_objects(tree.words.index("hit"))[0]) == objects


@pytest.mark.parametrize(
    ("notation", "receivers"),
    [
        ("Oman NNP nsubj gave | gave:give VBD ROOT | Qatar NNP dative gave | ships:ship NNS dobj gave", ["Qatar"]),
        ("Oman NNP nsubj gave | gave:give VBD ROOT | Qatar NNP dobj gave | ships:ship NNS dobj gave", ["Qatar"]),
        ("Qatar NNP nsubjpass gave | was:be VBD auxpass gave | gave:give VBN ROOT | ships:ship NNS dobj gave",
         ["Qatar"]),
        ("Oman NNP nsubj gave | gave:give VBD ROOT | ships:ship NNS dobj gave | to IN dative gave | Qatar NNP pobj to",
         []),
    ],
)  # fmt: skip
def test_grammar_finds_to_whom_it_is_given_without_a_preposition(notation: str, receivers: list[str]) -> None:
    tree = tree_of(notation)
    assert words_of(tree, Grammar(tree).indirect_objects(tree.words.index("gave"))) == receivers


@pytest.mark.parametrize(
    ("notation", "owners"),
    [
        ("Oman NNP poss plan | 's POS case Oman | plan NN ROOT", ["Oman"]),
        ("plan NN ROOT | by IN prep plan | Oman NNP pobj by", ["Oman"]),
        ("Omani JJ amod plan NORP | plan NN ROOT", ["Omani"]),
        ("Oman NNP nsubj drafted | drafted:draft VBD ROOT | a DT det plan | plan NN dobj drafted", ["Oman"]),
        ("Oman NNP nsubj foiled | foiled:foil VBD ROOT | a DT det plan | plan NN dobj foiled", []),
    ],
)
def test_grammar_finds_whose_plan_it_is(notation: str, owners: list[str]) -> None:
    tree = tree_of(notation)
    assert words_of(tree, Grammar(tree).owners(tree.words.index("plan"))) == owners


@pytest.mark.parametrize(
    ("notation", "members"),
    [
        ("hundreds:hundred NNS ROOT | of IN prep hundreds | nurses:nurse NNS pobj of | and CC cc nurses"
         " | clerks:clerk NNS conj nurses", ["nurses", "clerks"]),
        ("one CD ROOT | of IN prep one | nurses:nurse NNS pobj of | , , punct nurses | Ana NNP appos nurses PERSON",
         ["Ana"]),
        ("hundreds:hundred NNS ROOT | in IN prep hundreds | Lima NNP pobj in", ["hundreds"]),
        ("ward NN ROOT | of IN prep ward | nurses:nurse NNS pobj of", ["ward"]),
    ],
)  # fmt: skip
def test_grammar_looks_through_a_quantity_to_what_it_is_of(notation: str, members: list[str]) -> None:
    tree = tree_of(notation)
    assert words_of(tree, Grammar(tree).members(0)) == members


@pytest.mark.parametrize(
    ("notation", "particle"),
    [
        ("carried:carry VBD ROOT | out RP prt carried | raids:raid NNS dobj carried", "out"),
        ("pulled:pull VBD ROOT | out RB advmod pulled | of IN prep out | talks:talk NNS pobj of", "out"),
        ("lived:live VBD ROOT | in IN prep lived | Oslo NNP pobj in", None),
        ("left:leave VBD ROOT | early RB advmod left", None),
    ],
)
def test_grammar_tells_a_particle_from_a_preposition(notation: str, particle: str | None) -> None:
    assert Grammar(tree_of(notation)).particle(0) == particle


@given(any_trees())
def test_grammar_of_any_tree_comes_to_an_end_with_tokens_of_the_tree(tree: Tree) -> None:
    grammar = Grammar(tree)
    answers = {
        *(found for token in range(len(tree)) for found in grammar.members(token) + grammar.owners(token)),
        *(found for token in range(len(tree)) for found in grammar.surface(token)[0]),
        *(found for token in range(len(tree)) for found in grammar.logical_subjects(token)[0]),
        *(found for token in range(len(tree)) for found in grammar.logical_objects(token)[0]),
    }
    assert answers <= set(range(len(tree)))


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("beaten:beat VBN ROOT", "beaten:beat VBN conj beaten.{0}"),
        ("make VB ROOT | plan NN dobj make", "make VB acl plan.{0} | plan NN dobj make.{1}"),
    ],
)
def test_grammar_bears_clauses_that_hang_on_each_other_a_thousand_deep(first: str, again: str) -> None:
    tree = tree_of(" | ".join([first, *(again.format(deep, deep + 1) for deep in range(1, 1000))]))
    last = len(tree) - 1
    assert (Grammar(tree).logical_subjects(last)[0], Grammar(tree).owners(last)) == ((), ())


def test_grammar_that_gave_up_far_from_a_subject_still_finds_it_from_near() -> None:
    tree = tree_of(
        " | ".join(["Oman NNP nsubj went", "went:go VBD ROOT", *(f"went:go VBD conj went.{n}" for n in range(1, 30))])
    )
    grammar = Grammar(tree)
    grammar.surface(len(tree) - 1)
    assert words_of(tree, grammar.surface(9)[0]) == ["Oman"]
