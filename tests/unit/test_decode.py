from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from schemas.cloudevents import event_headers
from schemas.deadletter import Reason
from services.decode import check_key, decode
from services.errors import Poison


class Thing(BaseModel):
    model_config = ConfigDict(extra="allow")

    name: str
    size: float = Field(default=1.0, ge=0)
    parts: tuple[int, ...] = ()


def poison_of(value: bytes | None, headers: list[tuple[str, bytes | None]] | None = None) -> Poison:
    with pytest.raises(Poison) as caught:
        decode(Thing, "thing", value, headers or [])
    return caught.value


@given(
    st.builds(Thing, name=st.text(), size=st.floats(0, 1e300), parts=st.lists(st.integers(-(2**63), 2**63)).map(tuple))
)
def test_decode_gives_back_what_was_written(thing: Thing) -> None:
    assert decode(Thing, "thing", thing.model_dump_json().encode()) == thing


def test_decode_keeps_fields_of_a_later_minor_version() -> None:
    assert decode(Thing, "thing", b'{"name": "a", "colour": "red"}').model_extra == {"colour": "red"}


def test_decode_reads_a_message_of_a_later_minor_version() -> None:
    headers = [("ce_dataschema", b"urn:dateline:schema:thing:1.9")]

    assert decode(Thing, "thing", b'{"name": "a"}', headers).name == "a"


def test_decode_reads_the_headers_that_this_project_writes() -> None:
    headers = event_headers("thing", "1", "/dateline/test", subject="a")

    assert decode(Thing, "thing", b'{"name": "a"}', headers).name == "a"


@pytest.mark.parametrize("value", [None, b""])
def test_decode_calls_a_message_without_a_value_empty(value: bytes | None) -> None:
    assert poison_of(value).reason is Reason.EMPTY


@pytest.mark.parametrize(
    "value",
    [
        b" ",
        b"not json",
        b'{"name": "a"} trailing',
        b'{"name": "a", "size": NaN}',
        b'{"name": "a", "size": Infinity}',
        b'{"name": "\xff"}',
        b'{"name": "\\ud800"}',
        b'\xef\xbb\xbf{"name": "a"}',
        '{"name": "a"}'.encode("utf-16"),
        b"[" * 100_000,
    ],
)
def test_decode_calls_what_no_json_reader_must_accept_not_json(value: bytes) -> None:
    assert poison_of(value).reason is Reason.NOT_JSON


@pytest.mark.parametrize("value", [b"null", b"[]", b"1", b"{}", b'{"name": 1}', b'{"name": "a", "size": -1}'])
def test_decode_calls_json_of_another_shape_invalid(value: bytes) -> None:
    assert poison_of(value).reason is Reason.INVALID


@pytest.mark.parametrize(
    "header",
    [
        ("ce_specversion", b"2.0"),
        ("content-type", b"application/avro"),
        ("ce_dataschema", b"urn:dateline:schema:thing:2.0"),
        ("ce_dataschema", b"urn:dateline:schema:other:1.0"),
    ],
)
def test_decode_refuses_headers_of_another_schema(header: tuple[str, bytes | None]) -> None:
    assert poison_of(b'{"name": "a"}', [header]).reason is Reason.UNSUPPORTED_VERSION


def test_decode_says_where_and_what_of_the_first_error() -> None:
    poison = poison_of(b'{"name": "a", "size": -1, "parts": ["x"]}')

    assert poison.message == "size: is below 0 (and 1 more)"


def test_decode_names_the_class_of_the_error() -> None:
    assert poison_of(b'{"name": 1}').exception == "pydantic_core._pydantic_core.ValidationError"


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=20, alphabet="xyz"), min_size=1))
def test_decode_repeats_no_content_in_its_message(content: dict[str, Any]) -> None:
    value = json.dumps(content | {"name": [content]}).encode()

    message = poison_of(value).message

    assert len(message) < 500
    assert not any(text in message for text in content.values())


@given(st.binary())
def test_decode_of_any_bytes_is_a_record_or_poison(value: bytes) -> None:
    with suppress(Poison):
        assert isinstance(decode(Thing, "thing", value), Thing)


@pytest.mark.parametrize("key", [None, "é1".encode()])
def test_check_key_accepts_the_id_and_no_key(key: bytes | None) -> None:
    check_key(key, "é1")


@pytest.mark.parametrize("key", [b"", b"other", "é1".encode("latin-1")])
def test_check_key_refuses_another_key(key: bytes) -> None:
    with pytest.raises(Poison) as caught:
        check_key(key, "é1")

    assert caught.value.reason is Reason.INVALID
