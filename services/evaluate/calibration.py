"""Whether a confidence of 0.8 is right eight times in ten: bins, expected calibration error, Brier score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from services.evaluate.figures import ratio
from services.evaluate.pairing import FOUND, ScoredText, Verdict

BINS = 10

Sure = tuple[float, bool]
"""A confidence from 0 to 1, and whether the event is right."""


def calibration(sure: Sequence[Sure], bins: int = BINS) -> dict[str, Any]:
    """The reliability table in bins of equal width, those that are empty left out, and what it comes to.

    The expected calibration error is the mean distance of confidence from the share that is right, weighted by the
    events in each bin; the Brier score is the mean square of confidence less 1 or 0. Both are better when lower.
    """
    members: list[list[Sure]] = [[] for _ in range(bins)]
    for confidence, right in sure:
        # 1.0 belongs to the last bin. Rounding keeps 0.3 out of the bin below it.
        members[min(int(round(confidence * bins, 9)), bins - 1)].append((confidence, right))
    table = [_bin(number / bins, (number + 1) / bins, found) for number, found in enumerate(members) if found]
    return {
        "events": len(sure),
        "expected_calibration_error": ratio(
            sum(len(found) * abs(_mean_confidence(found) - _share_right(found)) for found in members if found),
            len(sure),
        ),
        "brier_score": ratio(sum((confidence - right) ** 2 for confidence, right in sure), len(sure)),
        "bins": table,
    }


def calibrations(texts: Iterable[ScoredText]) -> dict[str, Any]:
    """Calibration where right means the type, and where it means the arguments too; optional events are left out."""
    judged = [one for text in texts for one in text.judged if one.verdict is not Verdict.OPTIONAL]
    return {
        "type": calibration([(one.event.confidence, one.verdict in FOUND) for one in judged]),
        "with_arguments": calibration([(one.event.confidence, one.verdict is Verdict.RIGHT) for one in judged]),
    }


def _bin(start: float, end: float, members: Sequence[Sure]) -> dict[str, Any]:
    return {
        "from": start,
        "to": end,
        "events": len(members),
        "confidence": round(_mean_confidence(members), 4),
        "right": round(_share_right(members), 4),
    }


def _mean_confidence(members: Sequence[Sure]) -> float:
    return sum(confidence for confidence, _ in members) / len(members)


def _share_right(members: Sequence[Sure]) -> float:
    return sum(right for _, right in members) / len(members)
