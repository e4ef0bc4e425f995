"""Which words may be the head of a frame, and what they have for subject and objects."""

from __future__ import annotations

import pytest

from schemas.events import PloverType
from services.enrich.nlp.acts.arguments import Predication
from services.enrich.nlp.acts.frames import PARTICLE_OBJECT, FrameLexicon, parse_frame
from services.enrich.nlp.acts.predications import predications
from services.enrich.nlp.syntax.grammar import Grammar
from tests.unit.enrich.nlp.trees import tree_of, words_of

LEXICON = FrameLexicon(
    parse_frame(PloverType.CONSULT, text, "", "040", "", "An example.", "a file:1")
    for text in (
        "S raid T", "S close_down T", "S allow T to+", "S give T O", "S n:raid T", "S n:air_raid T", "S n:swap with T",
        "S n:letter to T", "S a:ready for T",
    )
)  # fmt: skip


def found(notation: str) -> list[Predication]:
    """All predications of a sentence."""
    return list(predications(Grammar(tree_of(notation)), LEXICON))


def places(notation: str) -> dict[str, list[str]]:
    """The arguments of its only predication."""
    (made,) = found(notation)
    return {place: words_of(tree_of(notation), tokens) for place, tokens in made.args.items()}


RAIDED = "Army NN nsubj raided | raided:raid VBD ROOT | farms:farm NNS dobj raided"


def test_predications_of_nobody_public_are_those_whose_frames_need_nobody() -> None:
    marching = parse_frame(PloverType.PROTEST, "S march", "demo", "141", "", "An example.", "a file:1")
    lexicon = FrameLexicon([*LEXICON.frames, marching])
    grammar = Grammar(tree_of(f"{RAIDED} | and CC cc raided | marched:march VBD conj raided"))
    heads = {public: [made.lemmas for made in predications(grammar, lexicon, public)] for public in ((), (0,))}
    assert heads == {(): [("march",)], (0,): [("raid",), ("march",)]}


@pytest.mark.parametrize(
    ("notation", "heads"),
    [
        (RAIDED, [("verb", ("raid",))]),
        ("Army NN nsubj painted | painted:paint VBD ROOT | farms:farm NNS dobj painted", []),
        ("raided:raid VBN amod farms | farms:farm NNS ROOT", []),  # only says which farms
        ("Army NN nsubj is | is:be VBZ ROOT | here RB advmod is", [("verb", ("be",))]),
        ("Army NN nsubj raiding | is:be VBZ aux raiding | raiding:raid VBG ROOT", [("verb", ("raid",))]),
        ("air NN compound raid | raid NN ROOT", [("noun", ("air_raid", "raid"))]),
        ("farm NN compound raid | raid NN ROOT", [("noun", ("raid",))]),
        ("raid NN compound victims | victims:victim NNS ROOT", []),
        ("Raid NNP compound Silva PERSON | Silva NNP ROOT +", []),
        ("Raid NNP ROOT PERSON", []),  # a name
        ("ready JJ ROOT", [("adj", ("ready",))]),
        ("late JJ ROOT", []),
    ],
)
def test_predications_are_of_words_that_the_lexicon_knows(
    notation: str, heads: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [(made.part, made.lemmas) for made in found(notation)] == heads


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        (RAIDED, {"subj": ["Army"], "obj": ["farms"]}),
        ("farms:farm NNS nsubjpass raided | were:be VBD auxpass raided | raided:raid VBN ROOT | by IN agent raided"
         " | troops:troop NNS pobj by", {"subj": ["troops"], "obj": ["farms"]}),
        ("Army NN nsubj gave | gave:give VBD ROOT | Togo NNP dative gave | tents:tent NNS dobj gave",
         {"subj": ["Army"], "iobj": ["Togo"], "obj": ["tents"]}),
        ("Army NN nsubj gave | gave:give VBD ROOT | tents:tent NNS dobj gave | to IN prep tents | Togo NNP pobj to",
         {"subj": ["Army"], "obj": ["tents"], "to": ["Togo"]}),
        ("Army NN nsubj allowed | allowed:allow VBD ROOT | monks:monk NNS nsubj return | to TO aux return"
         " | return VB ccomp allowed", {"subj": ["Army"], "obj": ["monks"], "to+": ["return"]}),
    ],
)  # fmt: skip
def test_predications_of_verbs_have_their_subject_and_objects(notation: str, expected: dict[str, list[str]]) -> None:
    assert places(notation) == expected


@pytest.mark.parametrize(
    ("down", "lemmas"),
    [
        ("down RP prt closed | papers:paper NNS dobj closed", ("close_down", "close")),
        ("down IN prep closed | papers:paper NNS pobj down", ("close_down", "close")),  # no preposition, for all that
        ("early RB advmod closed | papers:paper NNS dobj closed", ("close",)),
    ],
)
def test_predications_of_verbs_with_a_particle_try_both_together_first(down: str, lemmas: tuple[str, ...]) -> None:
    (made,) = found(f"Army NN nsubj closed | closed:close VBD ROOT | {down}")
    assert made.lemmas == lemmas


def test_predications_keep_the_object_of_a_particle_taken_for_a_preposition() -> None:
    notation = "Army NN nsubj closed | closed:close VBD ROOT | down IN prep closed | papers:paper NNS pobj down"
    assert places(notation)[PARTICLE_OBJECT] == ["papers"]


@pytest.mark.parametrize(
    ("notation", "doers"),
    [
        ("Togo NNP poss raid | 's POS case Togo | raid NN ROOT", ["Togo"]),
        ("raid NN ROOT | by IN prep raid | Togo NNP pobj by", ["Togo"]),
        ("Togolese JJ amod raid NORP | raid NN ROOT", ["Togolese"]),
        ("rebel NN compound raid | raid NN ROOT", ["rebel"]),
        ("night NN compound raid | raid NN ROOT", None),
    ],
)
def test_predications_of_nouns_have_for_subject_whose_act_it_is(notation: str, doers: list[str] | None) -> None:
    assert places(notation).get("subj") == doers


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("Togo NNP nsubj is | is:be VBZ ROOT | ready JJ acomp is | for IN prep ready | talks:talk NNS pobj for",
         {"subj": ["Togo"], "for": ["talks"]}),
        ("ready JJ amod troops | troops:troop NNS ROOT", {"subj": ["troops"]}),
    ],
)  # fmt: skip
def test_predications_of_adjectives_are_of_whom_they_are_said(notation: str, expected: dict[str, list[str]]) -> None:
    tree = tree_of(notation)
    (made,) = (made for made in found(notation) if made.part == "adj")
    assert {place: words_of(tree, tokens) for place, tokens in made.args.items()} == expected
