"""What speakers ask of others, or hold out to them, without a verb that says so."""

from __future__ import annotations

import pytest
from spacy.language import Language

from services.enrich.nlp.acts.spoken import Spoken
from services.enrich.nlp.factuality.circumstances import Walker
from tests.unit.enrich.nlp.coding import knowledge
from tests.unit.enrich.nlp.engine import frames, start

FRAMES = frames("ASSAULT: S n:attack on T")


def short(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    """Who, what, whom."""
    read = start(nlp, text, FRAMES)
    spoken = Spoken(read.grammar, read.actors, read.public, Walker(read.grammar, knowledge().governors))
    return [
        (
            " + ".join(read.tree.words[one.mention] for one in match.sources),
            match.frame.type.value,
            " + ".join(read.tree.words[one.mention] for one in match.targets),
        )
        for match, _ in spoken.matches(frozenset())
    ]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ('"Repaint the bridge," the Zambian president told Malawi.', ("president", "REQUEST", "Malawi")),
        ("Malawi has to repaint the bridge, the Zambian president said.", ("president", "REQUEST", "Malawi")),
        ("The Zambian president said Malawi needs to repaint the bridge.", ("president", "REQUEST", "Malawi")),
        ("Zambia insists that Malawi repaint the bridge.", ("Zambia", "REQUEST", "Malawi")),
        ("Malawi will pay a heavy price, the Zambian president said.", ("president", "THREATEN", "Malawi")),
        ("The Zambian president said that Malawi would face consequences.", ("president", "THREATEN", "Malawi")),
        ("The Zambian minister said the rioters would be punished.", ("minister", "THREATEN", "rioters")),
    ],
)
def test_spoken_finds_what_is_asked_and_what_is_held_out(nlp: Language, text: str, act: tuple[str, str, str]) -> None:
    assert short(nlp, text) == [act]


@pytest.mark.parametrize(
    "text",
    [
        "Zambia insists that Malawi repainted the bridge.",
        "Malawi had to repaint the bridge, the Zambian president said.",
        "Malawi will pay the bill, the Zambian president said.",
        "Malawi will not pay a price, the Zambian president said.",
        '"Do not worry," the doctor said.',
    ],
)
def test_spoken_finds_nothing_where_nothing_is_asked(nlp: Language, text: str) -> None:
    assert short(nlp, text) == []
