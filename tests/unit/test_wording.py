from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import from_json

from schemas.article import RawArticle, content_hash
from schemas.enriched import EnrichedArticle
from services.wording import invalid, not_json

NO_HASH = "content_hash: is no SHA-256 of 64 hexadecimal digits"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def raw(**changes: Any) -> dict[str, Any]:
    record = {"id": "a", "title": "T", "body": "B", "fetched_at": "2026-01-05T10:00:00Z"}
    return record | {"content_hash": content_hash("T", "B")} | changes


def complaint(value: object, names: dict[str, str] | None = None) -> str:
    with pytest.raises(ValidationError) as caught:
        RawArticle.model_validate(value)
    return invalid(caught.value, names)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "not a JSON object: a list"),
        (3, "not a JSON object: a number"),
        (None, "not a JSON object: null"),
        ("text", "not a JSON object: a text"),
        ({}, "id: is missing"),
        (raw(id=""), "id: is empty"),
        (raw(id=" a"), "id: has blanks around it or more than one line"),
        (raw(title={}), "title: is an object, not text"),
        (raw(title="x" * 5000), "title: is longer than 4096 characters"),
        (raw(authors="B. Writer"), "authors: is a text, not a list"),
        (raw(authors=["a"] * 101), "authors: is longer than 100 entries"),
        (raw(authors=["a", True]), "authors.1: is a truth value, not text"),
        (raw(version="two"), "version: is a text, not a whole number"),
        (raw(version=0), "version: is below 1"),
        (raw(version=2**31), "version: is above 2147483647"),
        (raw(status="draft"), "status: is none of 'original', 'correction' or 'retraction'"),
        (raw(language="the Queen's English"), "language: is no language tag such as en or pt-BR"),
        (raw(content_hash="?"), NO_HASH),
        (raw(fetched_at="yesterday"), "fetched_at: is no date that can be read; write ISO 8601, as in "),
        (raw(fetched_at="0000-01-01T00:00:00Z"), "fetched_at: is no date that can be read"),
        (raw(fetched_at="2026-01-05T10:00:00"), "fetched_at: has no UTC offset; write ISO 8601"),
        (raw(title="", body="", content_hash=content_hash("", "")), "has neither a title nor a body"),
    ],
)
def test_wording_of_what_is_invalid_is_for_people(value: object, words: str) -> None:
    assert complaint(value).startswith(words)


def test_wording_calls_fields_as_the_record_does() -> None:
    assert complaint(raw(title=7), {"title": "headline"}) == "headline: is a number, not text"


@pytest.mark.parametrize("model", [RawArticle, EnrichedArticle])
@given(value=JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(EnrichedArticle.model_fields, JSON)))
def test_wording_of_any_value_is_a_line_without_the_validators_own_words(
    model: type[RawArticle] | type[EnrichedArticle], value: object
) -> None:
    try:
        model.model_validate(value)
    except ValidationError as wrong:
        words = invalid(wrong)
        assert 0 < len(words) < 450
        assert "Input" not in words
        assert "String" not in words
        assert "\n" not in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": "x', "ends within a text at column 8"),
        ("HTTP/1.1 502", "no value begins at column 1"),
        ("{} {}", "something follows the record at column 4"),
        ("[" * 300, "nested too deep at column 202"),
        ('{"a":1\n"b":2}', "expected `,` or `}` at line 2, column 1"),
    ],
)
def test_wording_of_what_is_no_json_says_what_and_where(text: str, words: str) -> None:
    with pytest.raises(ValueError, match="line") as caught:
        from_json(text, allow_inf_nan=False)
    assert not_json(caught.value) == words
