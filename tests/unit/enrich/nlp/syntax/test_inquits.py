""" ", an official said": the speaker is the subject of the verb, and the statement is what is said."""

from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.syntax.repair import repair
from services.enrich.nlp.syntax.tree import Tree, read_tree


def mended(nlp: Language, text: str) -> Tree:
    """The tree of a text, mended."""
    tree = read_tree(nlp(text))
    repair(tree)
    return tree


@pytest.mark.parametrize(
    ("text", "verb", "speaker"),
    [
        ("Armed men took over 60 children and are asking for 20 million francs, residents said.", "said", "residents"),
        ("Accra granted the Togolese government six months to repay 3 billion francs, a treasury source told Efe.",
         "told", "source"),
        ("The generals have turned down each offer of a ceasefire from the Ewe, an elder said.", "said", "elder"),
    ],
)  # fmt: skip
def test_inquits_have_their_speaker(nlp: Language, text: str, verb: str, speaker: str) -> None:
    tree = mended(nlp, text)
    subject = tree.child(tree.words.index(verb), "nsubj")
    assert subject is not None
    assert tree.words[subject] == speaker


def test_inquits_leave_a_relative_clause_alone(nlp: Language) -> None:
    text = "The army freed the king, whose minister said nothing."
    tree = mended(nlp, text)
    assert tree.deps[tree.words.index("said")] == "relcl"
