from __future__ import annotations

import pytest

from schemas.enriched import LanguageSource
from services.enrich.nlp.text.language import Language, LanguageDetector

ENGLISH = "The harbour board of Lindmouth adjourned on Tuesday without a vote on next year's budget."
GERMAN = "Der Hafenrat von Lindmünde hat sich am Dienstag vertagt, ohne über den Haushalt des Jahres abzustimmen."


@pytest.fixture(scope="module")
def detector() -> LanguageDetector:
    return LanguageDetector()


def test_language_of_a_clear_text_is_detected(detector: LanguageDetector) -> None:
    assert detector.detect(GERMAN) == Language("de", LanguageSource.DETECTED)


def test_language_as_declared_stands_where_the_text_agrees(detector: LanguageDetector) -> None:
    assert detector.detect(ENGLISH, "en-GB") == Language("en-GB", LanguageSource.DECLARED)


def test_language_declared_wrongly_is_corrected(detector: LanguageDetector) -> None:
    assert detector.detect(GERMAN * 3, "en") == Language("de", LanguageSource.DETECTED)


def test_language_of_numbers_is_unknown_and_read(detector: LanguageDetector) -> None:
    language = detector.detect("12, 14, 19")
    assert (language.tag, language.read) == (None, True)


def test_language_of_a_short_text_is_as_declared(detector: LanguageDetector) -> None:
    assert detector.detect("OK", "fr") == Language("fr", LanguageSource.DECLARED)


@pytest.mark.parametrize(
    ("tag", "read"), [("en", True), ("en-GB", True), ("EN_us", True), ("eng", False), ("de", False)]
)
def test_language_is_read_where_it_is_english(tag: str, read: bool) -> None:
    assert Language(tag, LanguageSource.DECLARED).read is read
