from __future__ import annotations

import pytest

from services.cli.main import advice
from services.errors import SettingsError

NO_ANSWER = SettingsError("DATELINE_KAFKA_BOOTSTRAP", "no Kafka answers at 127.0.0.1:9092 after 10 s")


def test_main_advises_to_start_a_broker_where_none_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_KAFKA_BOOTSTRAP", raising=False)
    assert "`dateline broker start`" in advice(NO_ANSWER)


def test_main_does_not_where_ones_own_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_KAFKA_BOOTSTRAP", "kafka.example.org:9092")
    assert advice(NO_ANSWER) == ""


def test_main_does_not_where_something_else_is_wrong() -> None:
    assert advice(SettingsError("DATELINE_STORE_URL", "is no URL")) == ""
