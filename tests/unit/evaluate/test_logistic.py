from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluate.logistic import Fitted, fit, lowered_to

FREE = {"a": 0.001, "b": 0.001}


def cases(counts: dict[str, tuple[int, int]]) -> tuple[list[str], list[bool]]:
    """So many right and wrong of each set of features, a letter each."""
    found = [
        (features, side) for features, pair in counts.items() for side in (True, False) for _ in range(pair[not side])
    ]
    return [features for features, _ in found], [right for _, right in found]


def test_logistic_fits_the_shares_that_are_right() -> None:
    model = fit(*cases({"": (80, 20), "a": (60, 40)}), FREE, ())
    assert model.probability("") == pytest.approx(0.8, abs=0.01)
    assert model.probability("a") == pytest.approx(0.6, abs=0.01)


def test_logistic_draws_what_is_seldom_seen_to_nothing() -> None:
    seldom = fit(*cases({"": (80, 20), "a": (0, 2)}), {"a": 5.0}, ())
    assert -1 < seldom.weights["a"] < 0


def test_logistic_never_lets_a_doubt_raise_it() -> None:
    model = fit(*cases({"": (60, 40), "a": (90, 10)}), FREE, {"a"})
    assert model.weights["a"] == 0


def test_logistic_does_not_run_away_where_all_are_right() -> None:
    model = fit(*cases({"": (50, 50), "a": (20, 0)}), {"a": 1.0}, ())
    assert 0.8 < model.probability("a") < 1


def test_logistic_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to fit"):
        fit([], [], FREE, ())


@given(st.lists(st.tuples(st.sets(st.sampled_from("ab")), st.booleans()), min_size=1, max_size=60))
def test_logistic_has_the_mean_of_what_it_was_fitted_to(known: list[tuple[set[str], bool]]) -> None:
    features, right = [one for one, _ in known], [side for _, side in known]
    model = fit(features, right, {"a": 1.0, "b": 1.0}, {"a"})
    mean = sum(map(model.probability, features)) / len(known)
    assert mean == pytest.approx(sum(right) / len(right), abs=0.02)


def test_logistic_is_lowered_to_a_share_and_never_raised() -> None:
    model = Fitted(math.log(4), {"a": -1.0})
    features = ["", "a", "a"]
    lowered = lowered_to(model, features, 0.5)
    assert sum(map(lowered.probability, features)) / 3 == pytest.approx(0.5)
    assert lowered.weights == model.weights
    assert lowered_to(model, features, 0.9) == model


@pytest.mark.parametrize("share", [0.0, 1.0, 1.5])
def test_logistic_refuses_a_share_that_is_none(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        lowered_to(Fitted(0.0, {}), ["a"], share)
