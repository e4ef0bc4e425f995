from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from spacy.language import Language

from schemas.article import content_hash
from schemas.cloudevents import event_headers
from schemas.deadletter import Reason
from schemas.enriched import EnrichedArticle
from schemas.topics import ENRICHED
from services.enrich import handle
from services.enrich.handle import Handler
from services.enrich.nlp.coder import load_knowledge
from services.enrich.nlp.text.language import LanguageDetector
from services.enrich.outcome import Enriched, Message
from services.errors import Poison

BODY = "Foreign Minister Ines Duarte met envoys from Kenya in Lisbon on Tuesday."
FRENCH = "Le conseil du port s'est séparé mardi sans voter, faute d'accord sur le budget de l'année prochaine."


@pytest.fixture(scope="module")
def handler(nlp: Language) -> Handler:
    return Handler(nlp, LanguageDetector(), load_knowledge(), max_text_chars=10_000)


def raw(title: str = "Lisbon talks", body: str = BODY, **fields: Any) -> Message:
    record = {
        "id": "a1",
        "title": title,
        "body": body,
        "fetched_at": "2026-03-03T10:00:00Z",
        "content_hash": content_hash(title, body),
    }
    return Message(json.dumps(record | fields).encode())


def enriched(handler: Handler, message: Message) -> EnrichedArticle:
    (outcome,) = handler.handle([message])
    assert isinstance(outcome, Enriched)
    return EnrichedArticle.model_validate_json(outcome.value)


def poison(handler: Handler, message: Message) -> Poison:
    (outcome,) = handler.handle([message])
    assert isinstance(outcome, Poison)
    return outcome


def test_handle_gives_the_text_that_offsets_refer_to(handler: Handler) -> None:
    article = enriched(handler, raw())
    assert article.text == f"Lisbon talks\n\n{BODY}"


def test_handle_finds_entities(handler: Handler) -> None:
    found = {(entity.text, entity.label) for entity in enriched(handler, raw()).entities}
    assert {("Ines Duarte", "PERSON"), ("Kenya", "GPE")} <= found


def test_handle_keeps_the_identity_of_the_article(handler: Handler) -> None:
    article = enriched(handler, raw(version=3, supersedes=2, status="correction", source="Lindmouth Gazette"))
    assert (article.id, article.version, article.supersedes, article.source) == ("a1", 3, 2, "Lindmouth Gazette")


def test_handle_keeps_fields_that_it_does_not_know(handler: Handler) -> None:
    assert (enriched(handler, raw(mood="calm")).model_extra or {})["mood"] == "calm"


def test_handle_is_not_led_astray_by_fields_named_as_its_own(handler: Handler) -> None:
    article = enriched(handler, raw(text="another text", entities="none", timings=7, duplicate_of=[1]))
    assert (article.text, article.duplicate_of) == (f"Lisbon talks\n\n{BODY}", None)


def test_handle_passes_other_languages_through_with_the_reason(handler: Handler) -> None:
    article = enriched(handler, raw(title="Le port de Lindmouth", body=FRENCH))
    assert (article.language, article.skipped, article.entities, article.sentences) == ("fr", "language", (), ())


def test_handle_passes_a_retraction_through(handler: Handler) -> None:
    article = enriched(handler, raw(title="", body="", version=2, status="retraction"))
    assert (article.skipped, article.text) == ("retraction", "")


def test_handle_says_how_long_each_stage_took(handler: Handler) -> None:
    assert set(enriched(handler, raw()).timings) == {"decode", "nlp", "code", "records"}


def test_handle_answers_each_message_in_its_place(handler: Handler) -> None:
    outcomes = handler.handle([raw(id="one"), Message(b"{"), raw("", FRENCH, id="two"), Message(None), raw(id="three")])
    kinds = [outcome.reason.value if isinstance(outcome, Poison) else outcome.id for outcome in outcomes]
    assert kinds == ["one", "not_json", "two", "empty", "three"]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (Message(None), Reason.EMPTY),
        (Message(b"not json"), Reason.NOT_JSON),
        (Message(b"[" * 100_000), Reason.NOT_JSON),
        (Message(b"{}"), Reason.INVALID),
        (raw(content_hash="0" * 64), Reason.INVALID),
        (raw(body="word " * 2001, content_hash=content_hash("Lisbon talks", "word " * 2001)), Reason.TOO_LARGE),
        (
            Message(raw().value, (("ce_dataschema", b"urn:dateline:schema:raw-article:2.0"),)),
            Reason.UNSUPPORTED_VERSION,
        ),
    ],
)
def test_handle_sets_aside_what_is_no_article(handler: Handler, message: Message, reason: Reason) -> None:
    assert poison(handler, message).reason is reason


def test_handle_sets_aside_an_article_whose_record_the_topic_does_not_take(
    handler: Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handle, "ENRICHED", replace(ENRICHED, max_message_bytes=40_000))
    body = " ".join(f"Kenya met Uganda in Oslo on {day} May {year}." for year in (2024, 2025) for day in range(1, 31))
    dense = poison(handler, raw(body=body, content_hash=content_hash("Lisbon talks", body)))
    assert dense.reason is Reason.TOO_LARGE
    assert "articles.enriched takes fewer" in str(dense)
    assert enriched(handler, raw()).id == "a1"


def test_handle_takes_messages_with_the_headers_of_the_feed(handler: Handler) -> None:
    headers = tuple(event_headers("raw-article", "a1/1", "/dateline/feed", subject="a1"))
    assert enriched(handler, Message(raw().value, headers)).id == "a1"


def test_handle_gives_the_same_record_for_the_same_article(handler: Handler) -> None:
    first, second = (enriched(handler, raw()).model_dump(exclude={"timings"}) for _ in range(2))
    assert first == second


def test_handle_does_not_let_the_vocabulary_grow(handler: Handler, nlp: Language) -> None:
    handler.handle([raw()])
    before = len(nlp.vocab.strings)
    words = " ".join(f"Zorblax{number}" for number in range(300))
    handler.handle([raw(body=words, content_hash=content_hash("Lisbon talks", words))])
    assert len(nlp.vocab.strings) - before < 50
