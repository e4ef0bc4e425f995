"""Laws "that Turkey says harm farmers": the saying hangs on the noun, and what is said has the pronoun as subject."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from services.enrich.nlp.syntax.interposed import mend_interposed
from services.enrich.nlp.syntax.tree import read_tree


@pytest.mark.parametrize(
    ("text", "saying", "said", "noun"),
    [
        ("Kenya has rules that Tanzania says discriminate against its traders.", "says", "discriminate", "rules"),
        ("They read the laws of Fiji that Tonga says harm ethnic Tongans.", "says", "harm", "laws"),
        ("The envoys read plans by Lome that Accra says target minorities.", "says", "target", "plans"),
    ],
)
def test_interposed_saying_leaves_its_verb_to_the_noun(
    nlp: Language, text: str, saying: str, said: str, noun: str
) -> None:
    tree = read_tree(nlp(text))
    mend_interposed(tree)
    verb = tree.words.index(said)
    above = tree.heads[verb]
    assert (tree.words[above], tree.deps[verb], tree.pos[verb]) == (saying, "ccomp", "VERB")
    assert (tree.words[tree.heads[above]], tree.deps[above]) == (noun, "relcl")
    assert tree.words[tree.children_by(verb, "nsubj")[0]] == "that"


def test_interposed_noun_with_a_verb_of_its_own_stays_a_noun(nlp: Language) -> None:
    tree = read_tree(nlp("Kenya has rules that Tanzania says women hate."))
    mend_interposed(tree)
    assert tree.pos[tree.words.index("women")] == "NOUN"


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from("laws that which Fiji says claim harm of by , the farmers . said".split()), max_size=14)
)
def test_interposed_leaves_a_tree_a_tree(nlp: Language, words: list[str]) -> None:
    tree = read_tree(nlp(" ".join(words)))
    mend_interposed(tree)
    for token in range(len(tree)):
        seen = {token}
        while tree.heads[token] != token:
            token = tree.heads[token]
            assert token not in seen
            seen.add(token)
