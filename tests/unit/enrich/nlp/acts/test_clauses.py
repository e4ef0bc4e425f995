"""Acts that no single word carries: what one will not do, what another must do, whose fault it is."""

from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.acts.clauses import clause_matches
from services.enrich.nlp.acts.fillers import Filler
from services.enrich.nlp.acts.matching import Match
from services.enrich.nlp.factuality.circumstances import Walker
from services.enrich.nlp.factuality.standing import Circumstances
from tests.unit.enrich.nlp.coding import knowledge
from tests.unit.enrich.nlp.engine import Engine, frames, start

FRAMES = frames("ASSAULT: S n:attack on T")


def found(nlp: Language, text: str, *taken: str) -> tuple[Engine, list[tuple[Match, Circumstances]]]:
    """What a sentence holds, whose verbs `taken` have a frame."""
    read = start(nlp, text, FRAMES)
    walker = Walker(read.grammar, knowledge().governors)
    verbs = {read.token(word) for word in taken}
    return read, list(clause_matches(read.grammar, read.actors, read.kinds, read.public, walker, verbs))


def short(nlp: Language, text: str, *taken: str) -> list[tuple[str, str, str]]:
    """Who, what, whom."""
    read, matches = found(nlp, text, *taken)

    def words(fillers: tuple[Filler, ...]) -> str:
        return " + ".join(read.tree.words[one.mention] for one in fillers)

    return [(words(match.sources), match.frame.type.value, words(match.targets)) for match, _ in matches]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Malawi will not repaint the bridge.", ("Malawi", "REJECT", "")),
        ("The governor said the bridge would never be sold to Zambia.", ("governor", "REJECT", "Zambia")),
        ("There will be no apology to Zambia, the Malawian minister said.", ("minister", "REJECT", "Zambia")),
        ("Malawi will not stand idly by.", ("Malawi", "THREATEN", "")),
        ("Malawi said it would not host Zambia.", ("it", "REJECT", "Zambia")),
        ("Malawi said Zambia must repaint the bridge.", ("Malawi", "REQUEST", "Zambia")),
        ("Malawi said Zambia was behind the attack.", ("Malawi", "ACCUSE", "Zambia")),
        ("Malawi said Zambia was responsible for the attack.", ("Malawi", "ACCUSE", "Zambia")),
        ("Malawi said Zambia was to blame.", ("Malawi", "ACCUSE", "Zambia")),
        ("Malawi said talks with Zambia were out of the question.", ("Malawi", "REJECT", "Zambia")),
    ],
)
def test_clauses_are_refusals_demands_and_blame(nlp: Language, text: str, act: tuple[str, str, str]) -> None:
    assert short(nlp, text) == [act]


@pytest.mark.parametrize(
    "text",
    [
        "Malawi will repaint the bridge.",
        "The bridge will not be repainted.",
        "The baker will not repaint the bridge.",  # a private matter
        "Zambia must repaint the bridge.",  # nobody says so
        "Malawi said Zambia need not repaint the bridge.",
        "Malawi said Malawi must repaint the bridge.",  # asks nothing of others
        "Malawi said Zambia was behind the curtain.",
        "Malawi said Zambia was responsible for the bridge.",
        "Malawi did not say Zambia was behind the attack.",
        "Malawi said Zambia was not behind the attack.",
    ],
)
def test_clauses_that_rule_out_ask_and_blame_nothing_are_no_acts(nlp: Language, text: str) -> None:
    assert short(nlp, text) == []


def test_clauses_leave_a_refusal_to_the_frame_of_its_verb(nlp: Language) -> None:
    assert short(nlp, "Malawi will not meet Zambia.", "meet") == []


@pytest.mark.parametrize(
    "text",
    ["Malawi will not repaint the bridge.", "Malawi said Zambia must go.", "Malawi said Zambia was behind the attack."],
)
def test_clauses_are_acts_done_by_saying_so(nlp: Language, text: str) -> None:
    _, ((_, circumstances),) = found(nlp, text)
    assert (circumstances.negated, circumstances.modality.value, circumstances.said) == (False, "actual", [])
