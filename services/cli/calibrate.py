"""``python -m services.cli.calibrate [LABELS ...]``: fit the confidence of events to labelled texts.

Codes the texts, asks of each event whether type and arguments are right, fits the weights of what is evidence, and
writes lexicon/confidence.psv. Says what that does to calibration, by cross-validation: no event is judged by weights
that its own text had a part in. What was written blind takes no part.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from schemas.events import PloverType
from services.cli.coding import LocalCoder
from services.enrich.nlp.confidence import BASE, DOUBTS, FILE, LEAST, MOST, evidence_of, is_nearest
from services.enrich.nlp.text.normalise import article_text
from services.errors import SettingsError, UserError
from services.evaluate.calibration import Sure, calibration
from services.evaluate.gold import GoldText, gold_of
from services.evaluate.logistic import Fitted, fit, lowered_to
from services.evaluate.pairing import Verdict, score_text
from services.evaluate.reading import read_labels
from services.evaluate.records import coded_here
from services.evaluate.run import BLIND
from services.settings import Settings

GOLD = Path(__file__).parents[2] / "tests" / "gold"
_FOLDS = 10
# How strongly a weight is drawn to nothing: as so many events of even odds. Types have few events each.
_OF_A_DOUBT, _OF_A_TYPE = 2.0, 8.0
_FEWEST = 100


class Case(NamedTuple):
    """An event of a labelled text: the text's id, the evidence, whether it is right, and its present confidence."""

    text: str
    evidence: tuple[str, ...]
    right: bool
    confidence: float


class Report(NamedTuple):
    """Calibration before and after."""

    before: Mapping[str, object]
    after: Mapping[str, object]


def cases(paths: Sequence[Path], coder: LocalCoder) -> Iterator[Case]:
    """Yield the events of the labelled texts that are not blind; optional ones are neither right nor wrong."""
    golds = [gold_of(read, article_text) for read in read_labels(paths)]
    texts = [gold for gold in golds if isinstance(gold, GoldText) and gold.part != BLIND]
    outcomes = coded_here([gold.document for gold in texts], lambda values, _: coder.records(values))
    for gold, outcome in zip(texts, outcomes, strict=True):
        record = outcome.record
        if record is None:
            continue
        evidence = evidence_of(record.events, record.text, record.sentences, coder.frames)
        for judged, known in zip(score_text(gold, record).judged, evidence, strict=True):
            if judged.verdict is not Verdict.OPTIONAL and not is_nearest(judged.event):
                right = judged.verdict is Verdict.RIGHT
                yield Case(gold.document.id, known, right, judged.event.confidence)


def fitted(known: Sequence[Case], audited: float | None = None) -> Fitted:
    """The weights; the base is lowered to the share that an audit of other texts found, where that is less."""
    penalties = dict.fromkeys(DOUBTS, _OF_A_DOUBT) | {kind.value: _OF_A_TYPE for kind in PloverType}
    features = [frozenset(case.evidence) for case in known]
    model = fit(features, [case.right for case in known], penalties, DOUBTS.keys())
    return model if audited is None else lowered_to(model, features, audited)


def cross_validated(known: Sequence[Case]) -> list[Sure]:
    """Each event's confidence by weights that were fitted without its text, and whether it is right."""
    folds = [hashlib.sha256(case.text.encode()).digest()[0] % _FOLDS for case in known]
    made: list[Sure] = []
    for number in range(_FOLDS):
        rest = [case for case, fold in zip(known, folds, strict=True) if fold != number]
        model = fitted(rest)
        held = (case for case, fold in zip(known, folds, strict=True) if fold == number)
        made += [(_bounded(model.probability(case.evidence)), case.right) for case in held]
    return made


def report(known: Sequence[Case]) -> Report:
    """What the fit does, judged on texts that had no part in it."""
    return Report(calibration([(case.confidence, case.right) for case in known]), calibration(cross_validated(known)))


def lines(model: Fitted, known: Sequence[Case], made: Mapping[str, object], day: datetime) -> Iterator[str]:
    """Yield the lines of the lexicon."""
    counts = Counter(name for case in known for name in case.evidence)
    texts, share = len({case.text for case in known}), sum(case.right for case in known) / len(known)
    yield "# How sure an event is: what speaks for it and against it, in log-odds, that type and arguments are right."
    yield "# evidence | weight | events of the fit that have it | what it says"
    yield "# Written by `make calibrate`; docs/evaluation.md says how. Not to be edited by hand."
    yield f"# Fitted on {day:%Y-%m-%d} to {len(known)} events of {texts} labelled texts; {share:.3f} of them are right."
    yield (
        f"# By cross-validation in {_FOLDS} parts: expected calibration error {made['expected_calibration_error']:.3f},"
        f" Brier score {made['brier_score']:.3f}."
    )
    yield ""
    yield f"{BASE} | {model.base:.2f} | {len(known)} | an event without any of these"
    yield ""
    for kind in PloverType:
        yield f"{kind.value} | {model.weights[kind.value]:.2f} | {counts[kind.value]} | it is of this type"
    yield ""
    for name, words in DOUBTS.items():
        yield f"{name} | {min(model.weights[name], 0.0):.2f} | {counts[name]} | {words}"


def _bounded(value: float) -> float:
    return min(max(value, LEAST), MOST)


def _enough(known: list[Case]) -> list[Case]:
    if len(known) < _FEWEST:
        raise UserError(f"the labels have {len(known)} coded events; a fit takes {_FEWEST}")
    return known


def _share(text: str) -> float:
    right, _, of = text.partition("/")
    try:
        return (int(right) + 1) / (int(of) + 2)
    except ValueError as wrong:
        raise UserError(f"--audited {text}: write how many were right of how many, as 73/100") from wrong


def main(arguments: Sequence[str]) -> int:
    """Fit and write; 2 where there are too few labels, or none that can be read."""
    parser = argparse.ArgumentParser(prog="python -m services.cli.calibrate", description=__doc__)
    parser.add_argument("labels", nargs="*", type=Path, default=[GOLD], help="JSON Lines of labels, or folders")
    parser.add_argument("--audited", help="of random events of real articles, how many are right: 73/100")
    parser.add_argument("--dry-run", action="store_true", help="say what it would do, write nothing")
    given = parser.parse_args(arguments)
    try:
        audited = _share(given.audited) if given.audited else None
        known = _enough(list(cases(given.labels, LocalCoder(Settings()))))
    except (UserError, SettingsError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    found = report(known)
    for name, figures in (("before", found.before), ("after, cross-validated", found.after)):
        error, brier = figures["expected_calibration_error"], figures["brier_score"]
        print(f"{name}: expected calibration error {error:.3f}, Brier score {brier:.3f}, {figures['events']} events")
    if not given.dry_run:
        text = "\n".join(lines(fitted(known, audited), known, found.after, datetime.now(UTC)))
        FILE.write_text(f"{text}\n", encoding="utf-8")
        print(f"written: {FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
