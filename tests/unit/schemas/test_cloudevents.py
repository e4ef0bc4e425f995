from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
from hypothesis import given
from hypothesis import strategies as st

from schemas import SCHEMA_VERSION
from schemas.cloudevents import CONTENT_TYPE, JSON, UnsupportedSchema, check_schema, event_headers, schema_urn
from schemas.topics import TOPICS

KIND = "raw-article"
MAJOR, MINOR = SCHEMA_VERSION.split(".")
NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)


def headers(**changes: bytes | None) -> list[tuple[str, bytes | None]]:
    """Headers of a raw article, with others in place of some; None takes one away."""
    made: dict[str, bytes | None] = dict(event_headers(KIND, "1", "/dateline/feed", subject="a1", time=NOW)) | changes
    return [(name, value) for name, value in made.items() if value is not None]


@given(WORDS, WORDS, st.sampled_from([topic.kind for topic in TOPICS]))
def test_event_headers_are_accepted_by_the_cloudevents_sdk(event_id: str, subject: str, kind: str) -> None:
    made = event_headers(kind, event_id, "/dateline/feed", subject=subject, time=NOW)

    event = from_binary_event(KafkaMessage(headers=dict(made), key=None, value=b'{"id": "a1"}'))

    assert event.get_attributes() == {
        "specversion": "1.0",
        "type": f"dateline.{kind}",
        "id": event_id,
        "source": "/dateline/feed",
        "subject": subject,
        "time": NOW,
        "dataschema": schema_urn(kind),
        "datacontenttype": JSON,
    }


def test_event_headers_leave_the_value_as_the_data_of_the_event() -> None:
    made = dict(event_headers(KIND, "1", "/dateline/feed", subject="a1"))

    event = from_binary_event(KafkaMessage(headers=made, key=b"a1", value=b'{"id": "a1"}'))

    assert event.get_data() == {"id": "a1"}


def test_event_headers_name_another_content_type() -> None:
    made = dict(event_headers("dead-letter", "1", "/x", subject="a1", content_type="application/octet-stream"))

    assert made[CONTENT_TYPE] == b"application/octet-stream"


def test_event_headers_tell_the_time_they_were_made() -> None:
    made = dict(event_headers(KIND, "1", "/x", subject="a1"))

    assert abs(datetime.now(UTC) - datetime.fromisoformat(made["ce_time"].decode())).total_seconds() < 60


def test_check_schema_accepts_the_present_version() -> None:
    check_schema(KIND, headers())


def test_check_schema_accepts_another_minor_version() -> None:
    check_schema(KIND, headers(ce_dataschema=schema_urn(KIND, f"{MAJOR}.{int(MINOR) + 7}").encode()))


@pytest.mark.parametrize("version", [f"{int(MAJOR) + 1}.0", "0.9", f"{MAJOR}0.0", ""])
def test_check_schema_refuses_another_major_version(version: str) -> None:
    with pytest.raises(UnsupportedSchema, match=f"reads {MAJOR}.x"):
        check_schema(KIND, headers(ce_dataschema=schema_urn(KIND, version).encode()))


@pytest.mark.parametrize("schema", [schema_urn("enriched-article"), "https://example.org/raw-article:1.0", "", "1.0"])
def test_check_schema_refuses_another_schema(schema: str) -> None:
    with pytest.raises(UnsupportedSchema, match="this topic holds"):
        check_schema(KIND, headers(ce_dataschema=schema.encode()))


def test_check_schema_accepts_a_message_without_headers() -> None:
    check_schema(KIND, [])


@pytest.mark.parametrize("name", [name for name, _value in headers()])
def test_check_schema_accepts_a_message_that_lacks_one_header(name: str) -> None:
    check_schema(KIND, headers(**{name: None}))


@pytest.mark.parametrize("content", ["application/json; charset=utf-8", "Application/JSON"])
def test_check_schema_accepts_json_in_other_words(content: str) -> None:
    check_schema(KIND, headers(**{CONTENT_TYPE: content.encode()}))


@pytest.mark.parametrize("content", ["application/avro", "application/cloudevents+json", "text/json", ""])
def test_check_schema_refuses_what_is_not_json(content: str) -> None:
    with pytest.raises(UnsupportedSchema, match="content-type"):
        check_schema(KIND, headers(**{CONTENT_TYPE: content.encode()}))


@pytest.mark.parametrize("version", ["0.3", "2.0"])
def test_check_schema_refuses_another_cloudevents(version: str) -> None:
    with pytest.raises(UnsupportedSchema, match="CloudEvents"):
        check_schema(KIND, headers(ce_specversion=version.encode()))


@given(st.lists(st.tuples(st.sampled_from([name for name, _ in headers()]), st.none() | st.binary(max_size=30))))
def test_check_schema_accepts_any_headers_or_says_why_not(any_headers: list[tuple[str, bytes | None]]) -> None:
    try:
        check_schema(KIND, any_headers)
    except UnsupportedSchema as refusal:
        assert str(refusal)  # noqa: PT017 - either is right; only another error is wrong
