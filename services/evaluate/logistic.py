"""A logistic model of few yes-or-no features, fitted in plain Python: weights that a reader can check. Pure.

Ridge-penalised likelihood, by Newton's method one weight at a time; weights of doubts are held at 0 or below, so that a
doubt more never raises what comes out.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

_SWEEPS = 200
_STILL = 1e-4  # no weight moves further

Features = Collection[str]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Log-odds: `base`, and what each feature adds."""

    base: float
    weights: Mapping[str, float]

    def log_odds(self, features: Features) -> float:
        """The sum; features that were not fitted add nothing."""
        return self.base + sum(self.weights.get(name, 0.0) for name in features)

    def probability(self, features: Features) -> float:
        """Between 0 and 1."""
        return _probability(self.log_odds(features))


def fit(
    cases: Sequence[Features], right: Sequence[bool], penalties: Mapping[str, float], doubts: Collection[str]
) -> Fitted:
    """Fit the weights of the features named in `penalties`, which draw each to 0; those of `doubts` are 0 or less.

    Raises ValueError where there are no cases.
    """
    if not cases:
        raise ValueError("there is nothing to fit to")
    having = {name: [at for at, features in enumerate(cases) if name in features] for name in penalties}
    base = math.log((sum(right) + 1) / (len(right) - sum(right) + 1))
    odds = [base] * len(cases)
    weights = dict.fromkeys(penalties, 0.0)
    for _ in range(_SWEEPS):
        base, moved = _moved(base, range(len(cases)), odds, right, 0.0, doubt=False)
        for name, cases_with in having.items():
            weights[name], step = _moved(weights[name], cases_with, odds, right, penalties[name], doubt=name in doubts)
            moved = max(moved, step)
        if moved < _STILL:
            break
    return Fitted(base, weights)


def lowered_to(model: Fitted, cases: Sequence[Features], share: float) -> Fitted:
    """The model with its base lowered until the mean over the cases is `share`; unchanged where it is not above that.

    Raises ValueError for a share that is not between 0 and 1.
    """
    if not 0 < share < 1:
        raise ValueError(f"a share is between 0 and 1: {share}")
    odds = [model.log_odds(case) for case in cases]
    low, high = -20.0, 0.0
    if not odds or sum(map(_probability, odds)) / len(odds) <= share:
        return model
    for _ in range(60):
        middle = (low + high) / 2
        above = sum(_probability(one + middle) for one in odds) / len(odds) > share
        low, high = (low, middle) if above else (middle, high)
    return Fitted(model.base + high, model.weights)


def _moved(
    weight: float, cases: Sequence[int], odds: list[float], right: Sequence[bool], penalty: float, *, doubt: bool
) -> tuple[float, float]:
    """The weight after a step, and how far that was; `odds` of its cases move along."""
    slope, bend = penalty * weight, penalty
    for at in cases:
        value = _probability(odds[at])
        slope += value - right[at]
        bend += value * (1 - value)
    if bend <= 0:
        return weight, 0.0
    # A step of 2 is far: what is nearly separable would run away.
    wanted = weight - max(min(slope / bend, 2.0), -2.0)
    step = (min(wanted, 0.0) if doubt else wanted) - weight
    for at in cases:
        odds[at] += step
    return weight + step, abs(step)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(min(odds, 40.0), -40.0)))
