from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import from_json

from schemas.article import RawArticle, content_hash, id_from_content, id_from_url
from services.feed.record import OTHER_NAMES, Accepted, to_article
from services.feed.sources import Record, Refusal

NOW = datetime(2026, 1, 5, 12, 0, 0, 123456, tzinfo=UTC)
URL = "https://news.example.com/story/1"

# As from_json gives them: no lone surrogates, no NaN.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
NAMES = sorted({*RawArticle.model_fields, *(other for others in OTHER_NAMES.values() for other in others)})
GOOD: dict[str, st.SearchStrategy[Any]] = {
    "title": TEXTS,
    "url": st.sampled_from([URL, "https://[", "x", "", "urn:a"]),
    "published_at": st.sampled_from(["2026-01-05", "0000-01-01", "9999-12-31T23:59:59Z", "", "5 Jan 2026 10:00"]),
    "status": st.sampled_from(["original", "retraction"]),
    "version": st.integers(0, 3),
}
RECORDS = st.fixed_dictionaries({}, optional={name: GOOD.get(name, TEXTS) | JSON for name in NAMES})


def made(value: object, **options: Any) -> Accepted | Refusal:
    settings: dict[str, Any] = {"fetched_at": NOW, "max_article_bytes": 1_000_000} | options
    return to_article(Record("a.jsonl:7", value, "feeds/a.jsonl"), **settings)


def article(**fields: Any) -> RawArticle:
    found = made({"title": "T", "body": "B"} | fields)
    assert isinstance(found, Accepted), found
    return found.article


def reason(**fields: Any) -> str:
    found = made({"title": "T", "body": "B"} | fields)
    assert isinstance(found, Refusal), found
    assert found.place == "a.jsonl:7"
    return found.reason


@given(JSON | RECORDS)
def test_record_of_any_json_is_an_article_or_a_refusal(value: object) -> None:
    found = made(value)
    if isinstance(found, Refusal):
        assert found.reason
        assert len(found.reason) < 400
        assert "pydantic" not in found.reason
        assert "\n" not in found.reason
    else:
        # What the topic's readers do with it.
        assert RawArticle.model_validate(from_json(found.value, allow_inf_nan=False)) == found.article


def test_record_own_id_is_kept() -> None:
    assert article(id="urn:x:1", url=URL).id == "urn:x:1"


def test_record_own_id_may_be_a_number() -> None:
    assert article(id=42).id == "42"


@pytest.mark.parametrize("unknown", [None, "", "  "])
def test_record_without_an_id_has_that_of_its_canonical_url(unknown: object) -> None:
    assert article(id=unknown, url=f"{URL}?utm_source=x#top").id == id_from_url(URL)


def test_record_without_id_and_url_has_that_of_its_source_and_content() -> None:
    assert article(source="Agency").id == id_from_content("Agency", content_hash("T", "B"))


@pytest.mark.parametrize(
    ("name", "other", "value", "expected"),
    [
        ("body", "text", "x", "x"),
        ("body", "content", "x", "x"),
        ("title", "headline", "x", "x"),
        ("published_at", "published", "2026-01-05", datetime(2026, 1, 5, tzinfo=UTC)),
        ("published_at", "pub_date", "2026-01-05", datetime(2026, 1, 5, tzinfo=UTC)),
        ("published_at", "date", "2026-01-05", datetime(2026, 1, 5, tzinfo=UTC)),
        ("language", "lang", "de", "de"),
        ("authors", "author", "A. B.", ("A. B.",)),
        ("authors", "byline", ["A", "B"], ("A", "B")),
        ("source", "publisher", "x", "x"),
    ],
)
def test_record_other_names_are_read(name: str, other: str, value: object, expected: object) -> None:
    found = article(**{name: None, other: value})
    assert (getattr(found, name), found.model_extra) == (expected, {})


def test_record_other_names_beside_the_right_one_are_kept_as_they_are() -> None:
    found = article(headline="other")
    assert (found.title, found.model_extra) == ("T", {"headline": "other"})


def test_record_unknown_fields_are_kept() -> None:
    assert article(section={"name": "World", "no": 3}).model_extra == {"section": {"name": "World", "no": 3}}


@pytest.mark.parametrize("field", ["url", "language", "published_at"])
@pytest.mark.parametrize("unknown", ["", " ", None])
def test_record_empty_means_unknown(field: str, unknown: object) -> None:
    assert getattr(article(**{field: unknown}), field) is None


def test_record_source_is_its_own_then_the_argument_then_the_host() -> None:
    settings: dict[str, Any] = {"title": "T", "url": URL}
    own, given_one, host = (
        made(settings | {"source": "Own"}, source="Arg"),
        made(settings, source="Arg"),
        made(settings),
    )
    assert [found.article.source for found in (own, given_one, host) if isinstance(found, Accepted)] == [
        "Own",
        "Arg",
        "news.example.com",
    ]


def test_record_source_of_nothing_is_empty() -> None:
    assert article().source == ""


def test_record_feed_is_the_file_unless_one_is_given() -> None:
    named = made({"title": "T"}, feed="wire")
    assert isinstance(named, Accepted)
    assert (article().feed, named.article.feed) == ("a.jsonl", "wire")


def test_record_is_fetched_now_whatever_it_says() -> None:
    assert article(fetched_at="2020-01-01T00:00:00Z").fetched_at == NOW


def test_record_content_hash_is_computed_anew() -> None:
    assert article(content_hash="0" * 64).content_hash == content_hash("T", "B")


def test_record_of_a_title_alone_is_an_article() -> None:
    assert article(body="").title == "T"


def test_record_retraction_needs_no_text() -> None:
    assert article(title="", body=None, status="retraction", version=2, id="x").body == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": "", "body": " \n"}, "has neither a title nor a body"),
        ({"title": 5}, "title: is a number, not text"),
        ({"title": None, "headline": ["a"]}, "headline: is a list, not text"),
        ({"body": None, "text": {"a": 1}}, "text: is an object, not text"),
        ({"title": "a\0b"}, "title: contains a NUL"),
        ({"authors": 3}, "authors: is a number, not a list"),
        ({"authors": ["a", 3]}, "authors.1: is a number, not text"),
        ({"published_at": 1767607800}, "published_at: is a number"),
        ({"date": "20260105"}, "date: is a number"),
        ({"date": "9999-12-31T00:00:00Z"}, "date: is in the year 9999"),
        ({"published_at": "0000-01-01T00:00:00Z"}, "published_at: is no date"),
        ({"published_at": True}, "published_at: is a number"),
        ({"url": "/story/1"}, "url: is no absolute URL"),
        ({"url": 3}, "url: is a number, not text"),
        ({"language": "the Queen's English"}, "language: is no language tag"),
        ({"id": "x" * 513}, "id: is longer than 512"),
        ({"id": " x"}, "id: has blanks around it"),
        ({"id": True}, "id: is a truth value, not text"),
        ({"id": 1.5}, "id: is a number, not text"),
        ({"version": "two"}, "version: "),
        ({"version": 0}, "version: "),
        ({"status": "draft"}, "status: "),
        ({"version": 2, "supersedes": 2}, "cannot supersede"),
        ({"source": {"name": "x"}}, "source: is an object, not text"),
    ],
)
def test_record_refusals_say_what_is_wrong(fields: dict[str, Any], words: str) -> None:
    assert words in reason(**fields)


@pytest.mark.parametrize(
    ("value", "kind"), [(None, "null"), (3, "a number"), ("x", "a text"), ([], "a list"), (True, "a truth")]
)
def test_record_that_is_no_object_is_refused(value: object, kind: str) -> None:
    found = made(value)
    assert isinstance(found, Refusal)
    assert kind in found.reason


def test_record_larger_than_the_limit_is_refused() -> None:
    found = made({"body": "é" * 500}, max_article_bytes=1000)
    assert isinstance(found, Refusal)
    assert "max_article_bytes, 1000" in found.reason


def test_record_just_within_the_limit_is_taken() -> None:
    size = len(article().model_dump_json())
    assert isinstance(made({"title": "T", "body": "B"}, max_article_bytes=size), Accepted)
    assert isinstance(made({"title": "T", "body": "B"}, max_article_bytes=size - 1), Refusal)
