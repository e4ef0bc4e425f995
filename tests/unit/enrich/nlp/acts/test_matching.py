"""Which of several frames holds, and who stands in its roles; the frames are the tests' own."""

from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.acts.frames import FrameLexicon
from services.enrich.nlp.acts.matching import Match, Matcher
from services.enrich.nlp.acts.predications import predications
from tests.unit.enrich.nlp.engine import Engine, frames, start

KINDS = {"gold": ["goods"], "depot": ["building"], "ship": ["vehicle"], "office": ["building"]}


def matched(nlp: Language, text: str, lexicon: FrameLexicon, *given: str) -> list[tuple[Engine, Match]]:
    """All frames that hold in a sentence."""
    engine = start(nlp, text, lexicon, KINDS, given)
    heads = frozenset(engine.token(word) for word in given)
    matcher = Matcher(engine.grammar, engine.actors, engine.kinds, engine.public, lexicon, heads)
    found = [matcher.match(predication) for predication in predications(engine.grammar, lexicon)]
    return [(engine, match) for match in found if match is not None]


def rules(nlp: Language, text: str, lexicon: FrameLexicon) -> list[str]:
    """The frames that hold."""
    return [match.frame.rule for _, match in matched(nlp, text, lexicon)]


def roles(nlp: Language, text: str, lexicon: FrameLexicon) -> tuple[list[str], list[str]]:
    """The words that head sources and targets of the only frame that holds."""
    ((engine, match),) = matched(nlp, text, lexicon)
    sources, targets = ([engine.tree.words[one.token] for one in role] for role in (match.sources, match.targets))
    return sources, targets


STRIKE = frames(
    "ASSAULT: S strike T",
    "AGREE: S strike (deal) with T",
    "no ASSAULT: S strike T:goods",
    "COERCE: S strike T:building",
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Ghana struck Togo.", ["ASSAULT: S strike T"]),
        ("Ghana struck a deal with Togo.", ["AGREE: S strike (deal) with T"]),
        ("Ghana struck a depot.", ["COERCE: S strike T:building"]),
        ("Ghana struck gold.", []),  # the silent one
        ("Ghana struck.", []),
    ],
)
def test_matching_takes_the_frame_that_asks_for_most(nlp: Language, text: str, rule: list[str]) -> None:
    assert rules(nlp, text, STRIKE) == rule


def test_matching_lets_a_silent_frame_rule_out_only_its_own_type(nlp: Language) -> None:
    lexicon = frames("no ASSAULT: S strike T:goods", "ASSAULT: S strike T", "AID: S strike O")
    assert rules(nlp, "Ghana struck gold.", lexicon) == ["AID: S strike O"]


@pytest.mark.parametrize(
    ("line", "text", "holds"),
    [
        ("ACCUSE: S blame T for O", "Chile blamed Peru for the delay.", True),
        ("ACCUSE: S blame T for O", "Chile blamed Peru.", False),
        ("ACCUSE: S blame T for O?", "Chile blamed Peru.", True),
        ("ACCUSE: S blame T:vehicle", "Chile blamed a ship.", True),
        ("ACCUSE: S blame T:vehicle", "Chile blamed Peru.", False),
        ("ACCUSE: S blame T:!state", "Chile blamed Peru.", False),
        ("ASSAULT: S set T ablaze", "Chile set the depot ablaze.", True),
        ("ASSAULT: S set T ablaze", "Chile set the depot aside.", False),
        ("THREATEN: S warn T to+", "Chile warned Peru to leave.", True),
        ("THREATEN: S warn T to+", "Chile warned Peru.", False),
    ],
)
def test_matching_asks_for_all_that_a_frame_has_but_what_is_optional(
    nlp: Language, line: str, text: str, holds: bool
) -> None:
    assert bool(rules(nlp, text, frames(line))) == holds


@pytest.mark.parametrize(
    ("text", "sources", "targets"),
    [
        ("Latvia expelled the Syrian envoy.", ["Latvia"], ["envoy"]),
        ("The Syrian envoy was expelled by Latvia.", ["Latvia"], ["envoy"]),
        ("The Syrian envoy was expelled.", [], ["envoy"]),  # by whom it does not say
        ("The Syrian envoy was expelled from Latvia.", ["Latvia"], ["envoy"]),  # by who has the territory
    ],
)
def test_matching_puts_who_acts_and_is_acted_on_into_roles(
    nlp: Language, text: str, sources: list[str], targets: list[str]
) -> None:
    assert roles(nlp, text, frames("COERCE: S expel T")) == (sources, targets)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Benin and Niger met.", [["Benin", "Niger"]]),
        ("Benin met.", []),
        ("The envoys of Benin met.", [["envoys"]]),
    ],
)
def test_matching_asks_for_several_who_do_it_to_each_other(nlp: Language, text: str, sources: list[list[str]]) -> None:
    found = matched(nlp, text, frames("CONSULT: S& meet"))
    assert [[engine.tree.words[one.token] for one in match.sources] for engine, match in found] == sources


def test_matching_takes_the_subject_of_a_clause_of_blame_for_the_target(nlp: Language) -> None:
    found = roles(nlp, "Chile alleged that Peru stole the gold.", frames("ACCUSE: S allege that+"))
    assert found == (["Chile"], ["Peru"])


def test_matching_takes_nobody_for_the_target_of_an_own_act(nlp: Language) -> None:
    assert roles(nlp, "Latvia defended its laws.", frames("SUPPORT: S defend T")) == (["Latvia"], [])


@pytest.mark.parametrize(("line", "holds"), [("CONSULT: S call T", False), ("ACCUSE: S call T liar", True)])
def test_matching_of_calling_names_asks_for_the_name(nlp: Language, line: str, holds: bool) -> None:
    assert bool(rules(nlp, "Oman called the minister a liar.", frames(line))) == holds


def test_matching_leaves_private_persons_to_themselves(nlp: Language) -> None:
    assert rules(nlp, "The baker blamed the waiter.", frames("ACCUSE: S blame T")) == []


def test_matching_counts_participants_that_are_given_whoever_they_are(nlp: Language) -> None:
    found = matched(nlp, "The baker blamed the waiter.", frames("ACCUSE: S blame T"), "baker", "waiter")
    assert [match.frame.rule for _, match in found] == ["ACCUSE: S blame T"]


def test_matching_tells_which_event_nouns_are_part_of_the_act(nlp: Language) -> None:
    lexicon = frames("REJECT: S cancel <consult> with T", "CONSULT: S n:talk with T")
    engine, match = matched(nlp, "Niger cancelled talks with Benin.", lexicon)[0]
    assert [engine.tree.words[token] for token in match.consumed] == ["talks"]
