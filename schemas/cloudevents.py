"""CloudEvents 1.0 headers in Kafka's binary mode, and the version of the schema in them.

Attributes travel as headers ``ce_<name>`` and ``content-type``; the value is the record itself.
https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from schemas import SCHEMA_VERSION

CONTENT_TYPE = "content-type"
JSON = "application/json"
_SCHEMA = "urn:dateline:schema:"


class UnsupportedSchema(ValueError):
    """The headers name a schema, a content type or a CloudEvents version that this code cannot read."""


def event_headers(
    kind: str, event_id: str, source: str, *, subject: str, time: datetime | None = None, content_type: str = JSON
) -> list[tuple[str, bytes]]:
    """Headers of one message.

    `kind` is the schema's name (``raw-article``), `event_id` is unique per `source` (a service, ``/dateline/feed``),
    `subject` is the article's id, `time` is when the record was made (now, if not given).
    """
    attributes = {
        "ce_specversion": "1.0",
        "ce_type": f"dateline.{kind}",
        "ce_id": event_id,
        "ce_source": source,
        "ce_subject": subject,
        "ce_time": (time or datetime.now(UTC)).isoformat(),
        "ce_dataschema": schema_urn(kind),
        CONTENT_TYPE: content_type,
    }
    return [(name, value.encode()) for name, value in attributes.items()]


def schema_urn(kind: str, version: str = SCHEMA_VERSION) -> str:
    """Name of a schema in a version: ``urn:dateline:schema:raw-article:1.0``."""
    return f"{_SCHEMA}{kind}:{version}"


def check_schema(kind: str, headers: Iterable[tuple[str, bytes | None]]) -> None:
    """Raise UnsupportedSchema unless a message with these headers holds `kind` in a major version we read.

    A message with no such headers is taken as the present version: its content is validated in any case.
    """
    named = {name: (value or b"").decode("utf-8", "replace") for name, value in headers}
    spec = named.get("ce_specversion", "1.0")
    if spec.split(".")[0] != "1":
        raise UnsupportedSchema(f"CloudEvents {spec}; this reads 1.x")
    content = named.get(CONTENT_TYPE, JSON)
    if content.split(";")[0].strip().lower() != JSON:
        raise UnsupportedSchema(f"content-type {content}; this reads {JSON}")
    schema = named.get("ce_dataschema")
    if schema is None:
        return
    name, _, version = schema.removeprefix(_SCHEMA).rpartition(":")
    if not schema.startswith(_SCHEMA) or name != kind:
        raise UnsupportedSchema(f"schema {schema}; this topic holds {schema_urn(kind)}")
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise UnsupportedSchema(f"schema version {version} of {kind}; this reads {SCHEMA_VERSION.split('.')[0]}.x")
