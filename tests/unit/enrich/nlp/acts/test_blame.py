"""Who did it, by what others say: charged, blamed, suspected, or claiming it."""

from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.acts.blame import blamed
from services.enrich.nlp.syntax.grammar import Grammar
from services.enrich.nlp.syntax.repair import repair
from services.enrich.nlp.syntax.tree import read_tree


def who(nlp: Language, text: str, act: str) -> list[str]:
    """The words that head who did the act."""
    tree = read_tree(nlp(text))
    repair(tree)
    return [tree.words[token] for token in blamed(Grammar(tree), tree.words.index(act))]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The colonel is charged with the murder of a judge.", "murder"),
        ("The colonel, who was charged with the murder of a judge, fled.", "murder"),
        ("A court convicted the colonel of torturing two judges.", "torturing"),
        ("Police arrested the colonel on suspicion of killing a judge.", "killing"),
        ("The colonel faces charges of killing a judge.", "killing"),
        ("The colonel claimed responsibility for the attack on the port.", "attack"),
        ("The attack on the port was blamed on the colonel.", "attack"),
        ("Togo blamed the colonel for the attack on the port.", "attack"),
        ("The colonel pleaded guilty to kidnapping a judge.", "kidnapping"),
        ("The colonel confessed to the murder of a judge.", "murder"),
    ],
)
def test_blame_names_who_did_it(nlp: Language, text: str, act: str) -> None:
    assert who(nlp, text, act) == ["colonel"]


def test_blame_names_nobody_where_an_act_is_only_spoken_of(nlp: Language) -> None:
    assert who(nlp, "The colonel condemned the attack on the port.", "attack") == []
