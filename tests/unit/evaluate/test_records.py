from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.article import RawArticle
from schemas.deadletter import Reason
from schemas.enriched import EnrichedArticle, Skipped
from services.errors import Poison, UserError
from services.evaluate.gold import Document, LabelledPair
from services.evaluate.records import Outcome, coded_here, coded_in_file, raw_article
from tests.articles import plain_article
from tests.unit.evaluate.coded import TEXT, gold, written

SHORT = "Kenya left."


def document(text: str = TEXT, identity: str = "a1", **fields: object) -> Document:
    return gold(text, id=identity, **fields).document


def lines(path: Path, *records: EnrichedArticle) -> Path:
    return written(path, *(record.model_dump_json(by_alias=True) for record in records))


def found(documents: Sequence[Document], path: Path) -> list[str | None]:
    return [outcome.record.id if outcome.record else None for outcome in coded_in_file(documents, path)]


def test_records_raw_article_is_what_the_label_gives() -> None:
    made = RawArticle.model_validate_json(raw_article(document(published_at="2024-05-03T10:00:00Z")))
    assert (made.id, made.body, made.language) == ("a1", TEXT, "en")
    assert made.published_at == datetime(2024, 5, 3, 10, tzinfo=UTC)


def test_records_raw_article_of_a_title_that_is_too_long_names_the_line() -> None:
    with pytest.raises(UserError, match=r"^gold.jsonl:1: title: is longer than 4096 characters"):
        raw_article(document("", title="word " * 1000, body="x"))


def test_records_of_texts_coded_here_come_in_order() -> None:
    def coder(values: Sequence[bytes], _pairs: Sequence[LabelledPair | None]) -> list[EnrichedArticle | Poison]:
        raw = [RawArticle.model_validate_json(value) for value in values]
        return [plain_article(article.id, 1, article.body) for article in raw]

    documents = [document(identity=f"a{number}") for number in range(40)]
    assert [outcome.record and outcome.record.id for outcome in coded_here(documents, coder)] == [
        document.id for document in documents
    ]


def test_records_of_a_refused_text_say_why() -> None:
    outcomes = coded_here([document()], lambda _values, _pairs: [Poison(Reason.TOO_LARGE, "the text has 9 characters")])
    assert list(outcomes) == [Outcome(document(), None, "too_large: the text has 9 characters")]


def test_records_of_a_text_that_was_passed_through_say_why() -> None:
    skipped = plain_article("a1", 1, TEXT, skipped=Skipped.LANGUAGE)
    (outcome,) = coded_here([document()], lambda _values, _pairs: [skipped])
    assert outcome.reason == "not read: language"


def test_records_in_a_file_are_found_by_id(tmp_path: Path) -> None:
    path = lines(tmp_path / "out.jsonl", plain_article("b", 1, SHORT), plain_article("a1", 1, TEXT))
    assert found([document(), document(SHORT, "b")], path) == ["a1", "b"]


def test_records_in_a_file_are_found_by_their_text_where_no_id_is_theirs(tmp_path: Path) -> None:
    assert found([document()], lines(tmp_path / "out.jsonl", plain_article("other", 1, TEXT))) == ["other"]


def test_records_that_a_file_lacks_are_told(tmp_path: Path) -> None:
    path = lines(tmp_path / "out.jsonl", plain_article("other", 1, SHORT))
    (outcome,) = coded_in_file([document()], path)
    assert (outcome.record, outcome.reason) == (None, f"{path} has no record of it")


def test_records_of_another_text_are_refused(tmp_path: Path) -> None:
    path = lines(tmp_path / "out.jsonl", plain_article("a1", 1, SHORT))
    with pytest.raises(UserError, match="the record of 'a1' has another text than the label"):
        list(coded_in_file([document()], path))


def test_records_file_with_a_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "out.jsonl", '{"id": "a1"}')
    with pytest.raises(UserError, match=r"out.jsonl:1: fetched_at: is missing"):
        list(coded_in_file([document()], path))
