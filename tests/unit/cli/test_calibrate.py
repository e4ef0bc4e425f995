from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.cli.calibrate import Case, cross_validated, fitted, lines, main, report
from services.enrich.nlp.confidence import load_confidence

PLAIN, DOUBTFUL = ("ACCUSE",), ("ACCUSE", "no target")
KNOWN = [
    Case(f"t{number}", DOUBTFUL if number % 2 else PLAIN, number % 10 not in (0, 1, 3, 5), 0.9) for number in range(200)
]


def test_calibrate_writes_weights_that_the_coder_reads(tmp_path: Path) -> None:
    path = tmp_path / "confidence.psv"
    written = "\n".join(lines(fitted(KNOWN), KNOWN, report(KNOWN).after, datetime(2026, 1, 5, tzinfo=UTC)))
    path.write_text(f"{written}\n", encoding="utf-8")
    model = load_confidence(path)
    assert model.of(PLAIN) == pytest.approx(0.8, abs=0.05)
    assert model.of(DOUBTFUL) == pytest.approx(0.4, abs=0.05)
    assert "# Fitted on 2026-01-05 to 200 events of 200 labelled texts; 0.600 of them are right." in written


def test_calibrate_judges_each_event_once_by_weights_of_others() -> None:
    assert len(cross_validated(KNOWN)) == len(KNOWN)


def test_calibrate_makes_confidence_mean_what_it_says() -> None:
    found = report(KNOWN)
    errors = [figures["expected_calibration_error"] for figures in (found.before, found.after)]
    assert errors[0] == pytest.approx(0.3)
    assert isinstance(errors[1], float)
    assert errors[1] < 0.05


def test_calibrate_lowers_it_to_what_an_audit_found() -> None:
    lowered = fitted(KNOWN, audited=0.5)
    assert sum(lowered.probability(case.evidence) for case in KNOWN) / len(KNOWN) == pytest.approx(0.5)


def test_calibrate_refuses_an_audit_that_it_cannot_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--audited", "many"]) == 2
    assert capsys.readouterr().err == "--audited many: write how many were right of how many, as 73/100\n"
