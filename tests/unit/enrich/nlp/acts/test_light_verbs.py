"""What a light verb says of an event noun: who did it or had it done to them, to whom, and with what."""

from __future__ import annotations

import pytest

from services.enrich.nlp.acts.arguments import Predication
from services.enrich.nlp.acts.light_verbs import light_clause, light_verb
from services.enrich.nlp.syntax.grammar import Grammar
from tests.unit.enrich.nlp.trees import tree_of, words_of


def places(notation: str, noun: str) -> dict[str, list[str]]:
    """What stands where of a noun, by the verb above it or below it."""
    tree = tree_of(notation)
    made = Predication(tree.words.index(noun), "noun", (noun,))
    light_verb(Grammar(tree), made.head, made)
    light_clause(Grammar(tree), made.head, made)
    return {place: words_of(tree, tokens) for place, tokens in made.args.items()}


LAUNCHED = "Chad NNP nsubj launched | launched:launch VBD ROOT | raids:raid NNS dobj launched"
CAME_UNDER = "Lagos NNP nsubj came | came:come VBD ROOT | under IN prep came | fire NN pobj under"
FLEW = "Silva NNP nsubj flew | flew:fly VBD ROOT | to IN prep flew | Quito NNP pobj to"


@pytest.mark.parametrize(
    ("notation", "noun", "expected"),
    [
        (LAUNCHED, "raids", {"subj": ["Chad"]}),
        (f"{LAUNCHED} | and CC cc raids | strikes:strike NNS conj raids", "strikes", {"subj": ["Chad"]}),
        (f"{LAUNCHED} | on IN prep launched | Togo NNP pobj on", "raids", {"subj": ["Chad"], "on": ["Togo"]}),
        ("raids:raid NNS nsubjpass launched | were:be VBD auxpass launched | launched:launch VBN ROOT"
         " | by IN agent launched | Chad NNP pobj by", "raids", {"subj": ["Chad"]}),
        ("Chad NNP nsubj gave | gave:give VBD ROOT | Togo NNP dative gave | warning NN dobj gave", "warning",
         {"subj": ["Chad"], "iobj": ["Togo"]}),
    ],
)  # fmt: skip
def test_light_verbs_give_their_noun_who_does_it(notation: str, noun: str, expected: dict[str, list[str]]) -> None:
    assert places(notation, noun) == expected


@pytest.mark.parametrize(
    ("notation", "noun", "by_whom"),
    [
        ("Lagos NNP nsubj faced | faced:face VBD ROOT | criticism NN dobj faced", "criticism", None),
        ("Lagos NNP nsubj drew | drew:draw VBD ROOT | criticism NN dobj drew | from IN prep drew | Togo NNP pobj from",
         "criticism", ["Togo"]),
        (CAME_UNDER, "fire", None),
        (f"{CAME_UNDER} | from IN prep came | rebels:rebel NNS pobj from", "fire", ["rebels"]),
    ],
)  # fmt: skip
def test_light_verbs_give_their_noun_whom_it_happens_to(notation: str, noun: str, by_whom: list[str] | None) -> None:
    found = places(notation, noun)
    assert (found["obj"], found.get("subj")) == (["Lagos"], by_whom)


@pytest.mark.parametrize(
    ("notation", "noun", "who"),
    [
        (f"{FLEW} | for IN prep flew | talks:talk NNS pobj for", "talks", ["Silva"]),
        (f"{FLEW} | for IN prep Quito | talks:talk NNS pobj for", "talks", ["Silva"]),  # hung on the place
        ("Peru NNP nsubj is | is:be VBZ ROOT | in IN prep is | talks:talk NNS pobj in", "talks", ["Peru"]),
        ("Peru NNP nsubj entered | entered:enter VBD ROOT | into IN prep entered | talks:talk NNS pobj into", "talks",
         ["Peru"]),
    ],
)  # fmt: skip
def test_light_verbs_may_go_for_it_or_be_in_it(notation: str, noun: str, who: list[str]) -> None:
    assert places(notation, noun)["subj"] == who


@pytest.mark.parametrize(
    ("notation", "noun", "expected"),
    [
        ("raids:raid NNS ROOT | made:make VBN acl raids | by IN agent made | Chad NNP pobj by", "raids",
         {"subj": ["Chad"]}),
        ("raids:raid NNS ROOT | that WDT dobj launched | Chad NNP nsubj launched | launched:launch VBD relcl raids"
         " | on IN prep launched | Togo NNP pobj on", "raids", {"subj": ["Chad"], "on": ["Togo"]}),
    ],
)  # fmt: skip
def test_light_verbs_may_stand_below_their_noun(notation: str, noun: str, expected: dict[str, list[str]]) -> None:
    assert places(notation, noun) == expected


@pytest.mark.parametrize(
    "notation",
    [
        "Chad NNP nsubj condemned | condemned:condemn VBD ROOT | raids:raid NNS dobj condemned",
        "Chad NNP nsubj slept | slept:sleep VBD ROOT | for IN prep slept | raids:raid NNS pobj for",
        "raids:raid NNS nsubj launched | launched:launch VBD ROOT | wars:war NNS dobj launched",
    ],
)
def test_light_verbs_are_no_others(notation: str) -> None:
    assert places(notation, "raids") == {}
