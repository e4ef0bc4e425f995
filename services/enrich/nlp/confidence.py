"""How sure an event is, as a probability that it is right."""

from __future__ import annotations

from services.enrich.nlp.events import Finding

# Of labelled pairs for which no frame holds, the nearest one is right for about half.
_NEAREST = 0.5


def confidence(finding: Finding) -> float:
    """Between 0 and 1."""
    match = finding.match
    if match.nearest:
        return _NEAREST
    value = 0.9
    fillers = [*match.sources, *match.targets]
    value -= 0.08 * sum(filler.looked_through for filler in fillers[:2])
    value -= 0.05 * sum(filler.actor is None for filler in fillers[:2])
    if not match.targets:
        value -= 0.08
    if not match.sources:
        value -= 0.05
    if match.frame.weight <= 4:
        value -= 0.05
    return max(value, 0.3)
