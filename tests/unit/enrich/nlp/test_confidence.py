"""How sure an event is: less so with each thing that had to be guessed or is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrich.nlp.arguments import Predication
from services.enrich.nlp.confidence import confidence
from services.enrich.nlp.events import Finding, Setting
from services.enrich.nlp.fillers import Filler
from services.enrich.nlp.matching import Match
from services.enrich.nlp.standing import Circumstances
from tests.unit.enrich.nlp.engine import frame

NAMED, OTHER = Filler(0, 0, "a0"), Filler(2, 2, "a1")
UNKNOWN, BEHIND = Filler(2, 2, None), Filler(2, 4, "a1")
PLAIN, NARROW = "PROTEST: S march", "ACCUSE: S blame T:person for O:crime"


def sure(
    sources: tuple[Filler, ...], targets: tuple[Filler, ...], line: str = NARROW, *, nearest: bool = False
) -> float:
    """The confidence of an act between these, by a frame."""
    asked = frame(line)
    made = Predication(1, asked.part, (asked.head,))
    match = Match(asked, made, sources, targets, (), frozenset(), asked.weight, nearest)
    return confidence(Finding(match, Circumstances(), Setting()))


@pytest.mark.parametrize(
    "lesser",
    [
        sure((NAMED,), (UNKNOWN,)),
        sure((NAMED,), (BEHIND,)),
        sure((NAMED,), ()),
        sure((), (OTHER,)),
        sure((NAMED,), (OTHER,), PLAIN),
        sure((NAMED,), (OTHER,), nearest=True),
    ],
    ids=["of nobody known", "looked through", "no target", "no source", "a frame that asks little", "only nearest"],
)
def test_confidence_is_less_where_something_is_guessed_or_not_there(lesser: float) -> None:
    assert lesser < sure((NAMED,), (OTHER,))


def test_confidence_in_the_nearest_frame_is_even_whoever_takes_part() -> None:
    assert sure((), (), PLAIN, nearest=True) == sure((NAMED,), (OTHER,), nearest=True) == 0.5


FILLERS = st.lists(st.sampled_from([NAMED, OTHER, UNKNOWN, BEHIND]), max_size=5).map(tuple)


@given(FILLERS, FILLERS, st.sampled_from([PLAIN, NARROW]), st.booleans())
def test_confidence_is_a_probability_never_certain(
    sources: tuple[Filler, ...], targets: tuple[Filler, ...], line: str, nearest: bool
) -> None:
    assert 0.3 <= sure(sources, targets, line, nearest=nearest) < 1


@given(st.integers(1, 6))
def test_confidence_does_not_fall_with_the_length_of_a_list(more: int) -> None:
    assert sure((NAMED, OTHER), (BEHIND,) * more) == sure((NAMED, OTHER), (BEHIND,))
