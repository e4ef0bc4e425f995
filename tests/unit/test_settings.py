from __future__ import annotations

import pytest

from services.errors import SettingsError
from services.settings import Settings, read_settings


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_BATCH_SIZE", "16")
    assert read_settings().batch_size == 16


def test_settings_that_are_wrong_name_their_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_BATCH_SIZE", "many")
    with pytest.raises(SettingsError, match="^DATELINE_BATCH_SIZE: "):
        read_settings()


def test_settings_that_do_not_exist_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_BATCHSIZE", "16")
    with pytest.raises(SettingsError, match="^DATELINE_BATCHSIZE: there is no such setting"):
        read_settings()


def test_settings_with_a_login_need_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
    with pytest.raises(SettingsError, match="DATELINE_KAFKA_SASL_USERNAME is empty"):
        read_settings()


def test_settings_do_not_show_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_KAFKA_SASL_PASSWORD", "s3cret-word")
    settings = read_settings()
    assert settings.connection.sasl_password == "s3cret-word"
    assert "s3cret-word" not in repr(settings) + repr(settings.connection)


def test_settings_default_store_is_sqlite_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DATA_DIR", "/srv/dateline")
    assert read_settings().store == "sqlite:////srv/dateline/dateline.db"


def test_settings_each_say_what_they_mean() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
