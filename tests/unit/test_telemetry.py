from __future__ import annotations

import re
from pathlib import Path

import pytest

from services.telemetry import ARTICLES, BUILD_INFO, METRICS, QUEUE_ARTICLES, STAGE_SECONDS, Metric, Outcome, Telemetry


def value(telemetry: Telemetry, name: str, **labels: str) -> float | None:
    return telemetry.registry.get_sample_value(name, labels)


def test_telemetry_counts_outcomes_under_the_services_own_stage() -> None:
    telemetry = Telemetry("enrich")
    telemetry.outcome(Outcome.ENRICHED, 3)
    assert value(telemetry, ARTICLES.name, stage="enrich", outcome="enriched") == 3


def test_telemetry_counts_a_dead_letter_as_outcome_and_by_reason() -> None:
    telemetry = Telemetry("sink")
    telemetry.dead_letter("invalid")
    assert value(telemetry, ARTICLES.name, stage="sink", outcome="dead_letter") == 1
    assert value(telemetry, "dateline_dead_letters_total", stage="sink", reason="invalid") == 1


def test_telemetry_observes_histograms_and_sets_gauges() -> None:
    telemetry = Telemetry("feed")
    telemetry.observe(STAGE_SECONDS, 0.02)
    telemetry.set(QUEUE_ARTICLES, 7)
    assert value(telemetry, "dateline_stage_seconds_bucket", stage="feed", le="0.025") == 1
    assert value(telemetry, QUEUE_ARTICLES.name, stage="feed") == 7


def test_telemetry_tells_what_runs() -> None:
    telemetry = Telemetry("sink")
    labels = next(metric for metric in telemetry.registry.collect() if metric.name == BUILD_INFO.name).samples[0].labels
    assert labels["service"] == "sink"


@pytest.mark.parametrize("service", ["feed", "enrich", "sink"])
def test_telemetry_serves_the_processes_own_figures(service: str) -> None:
    assert (value(Telemetry(service), "process_resident_memory_bytes") or 0) > 0


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_telemetry_names_follow_the_rules_of_prometheus(metric: Metric) -> None:
    assert re.fullmatch(r"dateline_[a-z_]+", metric.name)
    assert metric.name.endswith("_total") == (metric.type.__name__ == "Counter")


def test_telemetry_metrics_are_all_in_use() -> None:
    code = "".join(path.read_text() for path in Path("services").rglob("*.py") if path.name != "telemetry.py")
    from services import telemetry

    names = [name for name, item in vars(telemetry).items() if isinstance(item, Metric)]
    assert [name for name in names if name not in code and name not in ("ARTICLES", "DEAD_LETTERS", "BUILD_INFO")] == []
