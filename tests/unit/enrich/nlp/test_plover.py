"""The ontology's table, and what becomes of a type by polarity and modality."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.events import Modality, PloverType, Polarity
from services.enrich.nlp.plover import TYPES, shifted

NEGATED, AFFIRMED = Polarity.NEGATED, Polarity.AFFIRMED
TYPE, POLARITY, MODALITY = (st.sampled_from(list(kind)) for kind in (PloverType, Polarity, Modality))


def test_plover_knows_every_type() -> None:
    assert set(TYPES) == set(PloverType)


@pytest.mark.parametrize("kind", list(PloverType))
def test_plover_has_cooperation_above_nought_and_conflict_not(kind: PloverType) -> None:
    entry = TYPES[kind]
    assert (entry.score > 0, -10 <= entry.score <= 10) == (entry.quad in (1, 2), True)


@pytest.mark.parametrize("kind", list(PloverType))
def test_plover_names_each_mode_of_a_type_once(kind: PloverType) -> None:
    assert len(set(TYPES[kind].modes)) == len(TYPES[kind].modes)


@pytest.mark.parametrize(
    ("act", "promised", "ruled_out"),
    [
        ("CONSULT", "AGREE", "REJECT"),
        ("SUPPORT", "AGREE", "REJECT"),
        ("COOPERATE", "AGREE", "REJECT"),
        ("AID", "AGREE", "REJECT"),
        ("AGREE", "AGREE", "REJECT"),
        ("RETREAT", "AGREE", "REJECT"),
        ("CONCEDE", "AGREE", "REJECT"),
        ("SANCTION", "THREATEN", "REJECT"),
        ("COERCE", "THREATEN", "REJECT"),
        ("ASSAULT", "THREATEN", "REJECT"),
        ("PROTEST", "THREATEN", "REJECT"),
        ("MOBILIZE", "THREATEN", "REJECT"),
        ("REQUEST", "REQUEST", "REQUEST"),
        ("ACCUSE", "ACCUSE", "REJECT"),
        ("REJECT", "REJECT", "REJECT"),
        ("THREATEN", "THREATEN", "THREATEN"),
    ],
)
def test_plover_shifts_what_is_promised_and_what_is_ruled_out(act: str, promised: str, ruled_out: str) -> None:
    found = [shifted(PloverType(act), polarity, Modality.PLANNED).value for polarity in (AFFIRMED, NEGATED)]
    assert found == [promised, ruled_out]


@pytest.mark.parametrize("act", [PloverType.RETREAT, PloverType.CONCEDE])
def test_plover_takes_an_announced_withdrawal_for_a_concession(act: PloverType) -> None:
    assert shifted(act, AFFIRMED, Modality.PLANNED, announced=True) is PloverType.CONCEDE


@pytest.mark.parametrize("act", [PloverType.CONCEDE, PloverType.AID, PloverType.ACCUSE, PloverType.ASSAULT])
def test_plover_takes_what_is_threatened_for_a_threat_whatever_it_is(act: PloverType) -> None:
    assert shifted(act, AFFIRMED, Modality.PLANNED, threatened=True) is PloverType.THREATEN


def test_plover_takes_an_agreement_that_failed_for_a_refusal() -> None:
    assert shifted(PloverType.AGREE, NEGATED, Modality.ACTUAL) is PloverType.REJECT


@given(TYPE, st.booleans())
def test_plover_leaves_what_was_done_as_it_is(act: PloverType, announced: bool) -> None:
    assert shifted(act, AFFIRMED, Modality.ACTUAL, announced=announced) is act


@given(TYPE, POLARITY, MODALITY.filter(lambda modality: modality is not Modality.PLANNED), st.booleans())
def test_plover_shifts_nothing_that_is_not_planned_but_a_failed_agreement(
    act: PloverType, polarity: Polarity, modality: Modality, announced: bool
) -> None:
    failed = (act, polarity, modality) == (PloverType.AGREE, NEGATED, Modality.ACTUAL)
    assert (shifted(act, polarity, modality, announced=announced) is act) is not failed


@given(TYPE, POLARITY, MODALITY, st.booleans())
def test_plover_shifts_only_to_what_is_done_with_words(
    act: PloverType, polarity: Polarity, modality: Modality, announced: bool
) -> None:
    found = shifted(act, polarity, modality, announced=announced)
    assert found is act or TYPES[found].quad in (1, 3)
