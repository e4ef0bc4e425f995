"""The contract as files that other languages read: JSON Schema 2020-12 and AsyncAPI 3.0, under ``json/``.

``python -m schemas.export`` writes them, ``--check`` exits with 1 and names those that are not current. The AsyncAPI
document is JSON, which is YAML as well, and needs no library to write. What JSON Schema cannot say (that offsets cut
their text, that the hash is that of title and body) the models check, and the descriptions mention.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas import SCHEMA_VERSION, deadletter
from schemas.cloudevents import JSON, event_headers, schema_urn
from schemas.deadletter import REPLAYED_KIND, Reason, Stage
from schemas.topics import DEADLETTER, ENRICHED, RAW, TOPICS, Topic

FOLDER = Path(__file__).parent / "json"

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BYTES = "application/octet-stream"
_NUMBER = {"type": "string", "pattern": "^[0-9]+$"}
_TEXT = {"type": "string"}
_TIME = {"type": "string", "format": "date-time"}
_MARKER = f"{REPLAYED_KIND}.schema.json"

# Who puts what on a topic and who takes it from there, in the order of an article's way.
_OPERATIONS = (
    ("feed", "send", RAW, RAW.kind),
    ("enrich", "receive", RAW, RAW.kind),
    ("enrich", "send", ENRICHED, ENRICHED.kind),
    ("enrich", "send", DEADLETTER, DEADLETTER.kind),
    ("sink", "receive", ENRICHED, ENRICHED.kind),
    ("sink", "send", DEADLETTER, DEADLETTER.kind),
    ("subscribe", "receive", ENRICHED, ENRICHED.kind),
    ("replay", "receive", DEADLETTER, DEADLETTER.kind),
    ("replay", "send", RAW, RAW.kind),
    ("replay", "send", ENRICHED, ENRICHED.kind),
    ("replay", "send", DEADLETTER, REPLAYED_KIND),
)


def documents() -> dict[str, str]:
    """Every file by its name, as it should be."""
    schemas = {
        _file(topic): topic.schema.model_json_schema() if topic.schema else _dead_letter_headers() for topic in TOPICS
    }
    heads = {_file(topic): {"$schema": _DIALECT, "$id": schema_urn(topic.kind)} for topic in TOPICS}
    made = {name: heads[name] | schema for name, schema in schemas.items()} | {
        _MARKER: {"$schema": _DIALECT, "$id": schema_urn(REPLAYED_KIND)} | _marker_headers(),
        "asyncapi.json": _asyncapi(),
    }
    return {name: json.dumps(content, indent=2, ensure_ascii=False) + "\n" for name, content in made.items()}


def outdated(folder: Path = FOLDER) -> list[str]:
    """Names of the files in `folder` that are missing, differ from `documents`, or are no longer among them."""
    wanted = documents()
    found = {path.name: path.read_text("utf-8") for path in folder.glob("*.json")}
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def write(folder: Path = FOLDER) -> None:
    """Bring `folder` up to date."""
    folder.mkdir(exist_ok=True)
    wanted = documents()
    for name in outdated(folder):
        path = folder / name
        if name in wanted:
            path.write_text(wanted[name], "utf-8")
        else:
            path.unlink()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser("python -m schemas.export", description="Write the contract as JSON Schema files.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a file is not current")
    if not parser.parse_args(arguments).check:
        write()
        return 0
    stale = outdated()
    for name in stale:
        sys.stderr.write(f"schemas/json/{name} is not current: run python -m schemas.export\n")
    return 1 if stale else 0


def _file(topic: Topic) -> str:
    return f"{topic.kind}.schema.json"


def _dead_letter_headers() -> dict[str, Any]:
    own: dict[str, dict[str, Any]] = {
        deadletter.TOPIC: _TEXT | {"description": "Topic of the original."},
        deadletter.PARTITION: _NUMBER | {"description": "Partition of the original."},
        deadletter.OFFSET: _NUMBER | {"description": "Offset of the original."},
        deadletter.STAGE: {"enum": [stage.value for stage in Stage], "description": "Where it was set aside."},
        deadletter.REASON: {"enum": [reason.value for reason in Reason], "description": "Why: the closed list."},
        deadletter.EXCEPTION: _TEXT | {"description": "Class of the error."},
        deadletter.MESSAGE: _TEXT | {"description": "The error, for people."},
        deadletter.ATTEMPTS: _NUMBER | {"description": "How often it was tried."},
        deadletter.FIRST_FAILED_AT: _TIME | {"description": "When it first failed."},
    }
    original = "^" + deadletter.ORIGINAL.replace(".", "\\.")
    return {
        "title": "DeadLetterHeaders",
        "description": "Headers of a dead letter, in UTF-8. Its value and key are the original's, byte for byte.",
        "type": "object",
        "properties": own,
        "patternProperties": {original: {"description": "A header of the original, byte for byte."}},
        "required": list(own),
        "additionalProperties": True,
    }


def _marker_headers() -> dict[str, Any]:
    own: dict[str, dict[str, Any]] = {
        deadletter.REPLAYED_TOPIC: _TEXT | {"description": "Topic of the original, as in the dead letter."},
        deadletter.REPLAYED_PARTITION: _NUMBER | {"description": "Partition of the original."},
        deadletter.REPLAYED_OFFSET: _NUMBER | {"description": "Offset of the original."},
        deadletter.REPLAYED_TO_TOPIC: _TEXT | {"description": "Topic that it was put on."},
        deadletter.REPLAYED_TO_PARTITION: _NUMBER | {"description": "Partition where it is now."},
        deadletter.REPLAYED_TO_OFFSET: _NUMBER | {"description": "Offset where it is now."},
        deadletter.REPLAYED_COUNT: _NUMBER
        | {"description": f"Which replay it was; there in the header {deadletter.REPLAYS}."},
        deadletter.REPLAYED_AT: _TIME | {"description": "When."},
    }
    return {
        "title": "DeadLetterReplayedHeaders",
        "description": "Headers of a marker, in UTF-8: a dead letter's original was put back. Its value is empty.",
        "type": "object",
        "properties": own,
        "required": list(own),
        "additionalProperties": True,
    }


def _event_headers(kind: str, content_type: str) -> dict[str, Any]:
    """Schema of the CloudEvents headers: those that depend on the kind alone are constant."""
    one, other = (dict(event_headers(kind, i, i, subject=i, content_type=content_type)) for i in ("1", "2"))
    properties = {name: {"const": value.decode()} if other[name] == value else _TEXT for name, value in one.items()}
    properties["ce_id"] = _TEXT | {"description": "Unique for its source."}
    properties["ce_source"] = _TEXT | {"description": "The service that made it, as in /dateline/feed."}
    properties["ce_subject"] = _TEXT | {"description": "The article's id; of a dead letter, where its original is."}
    properties["ce_time"] = _TIME | {"description": "When the record was made."}
    return {"type": "object", "properties": properties, "additionalProperties": True}


def _asyncapi() -> dict[str, Any]:
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Dateline",
            "version": SCHEMA_VERSION,
            "description": "News articles in, coded events out. Topics may have a prefix before their address.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": JSON,
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "operations": {
            f"{service}.{action}.{topic.name}": {
                "action": action,
                "channel": {"$ref": f"#/channels/{topic.name}"},
                "messages": [{"$ref": f"#/channels/{topic.name}/messages/{kind}"}],
                "tags": [{"name": service}],
            }
            for service, action, topic, kind in _OPERATIONS
        },
        "components": {"messages": {topic.kind: _message(topic) for topic in TOPICS} | {REPLAYED_KIND: _marker()}},
    }


def _channel(topic: Topic) -> dict[str, Any]:
    kinds = [topic.kind, *([REPLAYED_KIND] if topic is DEADLETTER else [])]
    return {
        "address": topic.name,
        "description": topic.meaning[0].upper() + topic.meaning[1:] + ".",
        "messages": {kind: {"$ref": f"#/components/messages/{kind}"} for kind in kinds},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": {
                    "cleanup.policy": topic.cleanup_policy.split(","),
                    "retention.ms": topic.retention_ms,
                    "max.message.bytes": topic.max_message_bytes,
                },
                "bindingVersion": "0.5.0",
            }
        },
    }


def _message(topic: Topic) -> dict[str, Any]:
    if topic.schema is None:
        return _of_bytes(topic.kind, f"{topic.key[0].upper()}{topic.key[1:]}, byte for byte.")
    return {
        "name": topic.kind,
        "contentType": JSON,
        "headers": _event_headers(topic.kind, JSON),
        "payload": _as_json_schema({"$ref": f"./{_file(topic)}"}),
        "bindings": _key({"type": "string", "description": f"The {topic.key}."}),
    }


def _marker() -> dict[str, Any]:
    return _of_bytes(REPLAYED_KIND, "The original's, byte for byte.")


def _of_bytes(kind: str, key: str) -> dict[str, Any]:
    """A message that says everything in its headers."""
    headers = {"allOf": [{"$ref": f"./{kind}.schema.json"}, _event_headers(kind, _BYTES)]}
    return {
        "name": kind,
        "contentType": _BYTES,
        "headers": _as_json_schema(headers),
        "payload": {},
        "bindings": _key({"description": key}),
    }


def _key(schema: dict[str, Any]) -> dict[str, Any]:
    return {"kafka": {"key": schema, "bindingVersion": "0.5.0"}}


def _as_json_schema(schema: dict[str, Any]) -> dict[str, Any]:
    return {"schemaFormat": "application/schema+json;version=draft-2020-12", "schema": schema}


if __name__ == "__main__":
    sys.exit(main())
