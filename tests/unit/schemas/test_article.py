from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.article import (
    ArticleStatus,
    RawArticle,
    content_hash,
    id_from_content,
    id_from_url,
    partition_key,
)

FETCHED = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)


def article(**changes: Any) -> RawArticle:
    fields = {"id": "a1", "title": "A title", "body": "A body.", "fetched_at": FETCHED} | changes
    fields.setdefault("content_hash", content_hash(fields["title"], fields["body"]))
    return RawArticle(**fields)


def fault(**changes: Any) -> str:
    with pytest.raises(ValidationError) as raised:
        article(**changes)
    return str(raised.value.errors()[0]["msg"])


@given(TEXTS.filter(str.strip), TEXTS)
def test_article_survives_json(title: str, body: str) -> None:
    whole = article(title=title, body=body)

    assert RawArticle.model_validate_json(whole.model_dump_json()) == whole


def test_article_keeps_fields_it_does_not_know() -> None:
    read = RawArticle.model_validate_json(article(desk={"name": "coast"}).model_dump_json())

    assert read.model_extra == {"desk": {"name": "coast"}}


def test_article_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        article().title = "Another"  # type: ignore[misc]


@pytest.mark.parametrize(("title", "body"), [("", "A body."), ("A title", "")])
def test_article_needs_a_title_or_a_body(title: str, body: str) -> None:
    assert article(title=title, body=body).title == title


@pytest.mark.parametrize("blank", ["", " \n\t"])
def test_article_with_neither_title_nor_body_is_refused(blank: str) -> None:
    assert "neither a title nor a body" in fault(title=blank, body=blank)


def test_article_that_retracts_may_be_blank() -> None:
    assert article(title="", body="", status="retraction", version=2).status is ArticleStatus.RETRACTION


@pytest.mark.parametrize("supersedes", [2, 3])
def test_article_supersedes_an_earlier_version_only(supersedes: int) -> None:
    assert "cannot supersede" in fault(version=2, supersedes=supersedes)


def test_article_with_the_hash_of_another_text_is_refused() -> None:
    assert "content_hash" in fault(content_hash=content_hash("A title", "Another body."))


@pytest.mark.parametrize("bad", ["", " a", "a ", "a\nb", "a" * 513])
def test_article_id_is_one_line_without_blanks_around(bad: str) -> None:
    assert "should" in fault(id=bad)


@pytest.mark.parametrize("good", ["a", "urn:x:1", "two words", "ß", "a" * 512])
def test_article_id_may_be_any_other_text(good: str) -> None:
    assert article(id=good).id == good


@pytest.mark.parametrize("field", ["id", "title", "body", "source", "url"])
def test_article_text_with_nul_is_refused(field: str) -> None:
    assert "NUL" in fault(**{field: "a\0b"})


@pytest.mark.parametrize("when", [20260303, 1772530200.5, "20260303", "1772530200"])
def test_article_date_that_is_a_number_is_refused(when: object) -> None:
    assert "is a number" in fault(published_at=when)


def test_article_date_without_an_offset_is_refused() -> None:
    assert "timezone" in fault(published_at="2026-03-03T09:30:00")


@pytest.mark.parametrize("year", ["0001", "1599", "2200"])
def test_article_date_in_an_implausible_year_is_refused(year: str) -> None:
    assert "outside 1600 to 2199" in fault(published_at=f"{year}-01-01T00:00:00Z")


def test_article_date_keeps_its_offset() -> None:
    assert (
        '"published_at":"2026-03-03T09:30:00+05:30"'
        in article(published_at="2026-03-03T09:30:00+05:30").model_dump_json()
    )


@pytest.mark.parametrize("tag", ["en", "en-GB", "zh-Hant-TW", "de_AT", "fil"])
def test_article_language_is_a_tag(tag: str) -> None:
    assert article(language=tag).language == tag


@pytest.mark.parametrize("tag", ["", "e", "english", "en-", "en GB", "12"])
def test_article_language_that_is_no_tag_is_refused(tag: str) -> None:
    assert "should match" in fault(language=tag)


@pytest.mark.parametrize("version", [0, -1, 2**31, "2", 1.0])
def test_article_version_is_a_number_from_one(version: object) -> None:
    assert fault(version=version)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_content_hash_tells_title_from_body(title: str, body: str, other_title: str, other_body: str) -> None:
    same = content_hash(title, body) == content_hash(other_title, other_body)

    assert same == ((title, body) == (other_title, other_body))


def test_id_from_url_is_stable() -> None:
    assert id_from_url("https://gazette.example/a") == "8a80180097f084a3ef720d05e1fa8725"


def test_id_from_content_differs_by_source() -> None:
    digest = content_hash("A title", "A body.")

    assert id_from_content("one", digest) != id_from_content("two", digest)


def test_partition_key_is_the_id_in_utf8() -> None:
    assert partition_key("ß") == b"\xc3\x9f"
