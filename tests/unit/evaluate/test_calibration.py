from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluate.calibration import calibration, calibrations
from tests.unit.evaluate.coded import TEXT, event, label, scored

SURE = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1)


def test_calibration_of_what_is_right_as_often_as_said_has_no_error() -> None:
    assert calibration([(0.75, True), (0.75, True), (0.75, True), (0.75, False)])["expected_calibration_error"] == 0


def test_calibration_error_is_weighted_by_the_events_in_each_bin() -> None:
    found = calibration([(0.9, True), (0.9, True), (0.9, True), (0.2, True)])
    assert found["expected_calibration_error"] == pytest.approx((3 * 0.1 + 1 * 0.8) / 4)


def test_calibration_brier_score_is_the_mean_square() -> None:
    assert calibration([(0.5, True), (0.8, False)])["brier_score"] == pytest.approx((0.25 + 0.64) / 2)


def test_calibration_table_has_the_bins_that_are_not_empty() -> None:
    assert calibration([(0.3, True), (0.39, False), (1.0, True)])["bins"] == [
        {"from": 0.3, "to": 0.4, "events": 2, "confidence": 0.345, "right": 0.5},
        {"from": 0.9, "to": 1.0, "events": 1, "confidence": 1.0, "right": 1.0},
    ]


def test_calibration_of_nothing_is_none() -> None:
    assert calibration([]) == {"events": 0, "expected_calibration_error": None, "brier_score": None, "bins": []}


@given(SURE)
def test_calibration_bins_hold_each_event_once(sure: list[tuple[float, bool]]) -> None:
    assert sum(found["events"] for found in calibration(sure)["bins"]) == len(sure)


@given(SURE)
def test_calibration_bins_hold_the_confidences_between_their_ends(sure: list[tuple[float, bool]]) -> None:
    assert all(f["from"] - 1e-4 <= f["confidence"] <= f["to"] + 1e-4 for f in calibration(sure)["bins"])


def test_calibration_tells_right_types_from_right_arguments() -> None:
    labelled = label("ACCUSE", "Kenya", "Somalia", trigger="accused")
    found = calibrations([scored(TEXT, [labelled], [event(TEXT, "ACCUSE", "Somalia", "Kenya", "accused")])])
    assert [found[kind]["bins"][0]["right"] for kind in ("type", "with_arguments")] == [1, 0]


def test_calibration_leaves_out_optional_events() -> None:
    labelled = label("ACCUSE", "Kenya", "Somalia", trigger="accused", optional=True)
    found = calibrations([scored(TEXT, [labelled], [event(TEXT, "ACCUSE", "Kenya", "Somalia", "accused")])])
    assert found["type"]["events"] == 0
