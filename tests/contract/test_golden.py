"""Messages of every released version, kept as they were: each must be readable for ever.

A folder here is a version. Its files never change once it is released; new ones come with a new minor version.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from schemas import SCHEMA_VERSION
from schemas.article import partition_key
from schemas.deadletter import DeadLetter
from schemas.enriched import EnrichedArticle
from schemas.topics import TOPICS
from services.decode import decode

GOLDEN = Path(__file__).parents[1] / "golden"
VERSIONS = sorted(path for path in GOLDEN.iterdir() if path.is_dir())
MODELS = {topic.kind: topic.schema for topic in TOPICS if topic.schema}


def of_kind(*kinds: str) -> list[Any]:
    return [
        pytest.param(path, id=f"{path.parent.name}/{path.stem}")
        for version in VERSIONS
        for path in sorted(version.glob("*.json"))
        if json.loads(path.read_text("utf-8"))["kind"] in kinds
    ]


def read(path: Path) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return message


def decoded(message: dict[str, Any]) -> Any:
    value = json.dumps(message["value"], ensure_ascii=False).encode()
    headers = [(name, text.encode()) for name, text in message["headers"]]
    return decode(MODELS[message["kind"]], message["kind"], value, headers)


def opened(message: dict[str, Any]) -> tuple[bytes | None, bytes | None, list[tuple[str, bytes]]]:
    def bytes_of(text: str | None) -> bytes | None:
        return None if text is None else base64.b64decode(text)

    headers = [(name, base64.b64decode(text)) for name, text in message["headers_base64"]]
    return bytes_of(message["key_base64"]), bytes_of(message["value_base64"]), headers


@pytest.mark.parametrize("path", of_kind(*MODELS))
def test_golden_record_encodes_to_what_it_was(path: Path) -> None:
    message = read(path)

    encoded = decoded(message).model_dump_json(by_alias=True, exclude_unset=True)

    assert json.loads(encoded) == message["value"]


@pytest.mark.parametrize("path", of_kind(*MODELS))
def test_golden_record_is_the_same_after_a_round_trip(path: Path) -> None:
    message = read(path)
    record = decoded(message)

    again = json.loads(record.model_dump_json(by_alias=True))

    assert decoded(message | {"value": again}) == record


@pytest.mark.parametrize("path", of_kind(*MODELS))
def test_golden_record_has_its_id_as_key(path: Path) -> None:
    message = read(path)

    assert partition_key(decoded(message).id) == message["key"].encode()


@pytest.mark.parametrize("path", of_kind("dead-letter"))
def test_golden_dead_letter_keeps_the_original(path: Path) -> None:
    key, value, headers = opened(read(path))

    letter = DeadLetter.from_message(key, value, headers)

    assert (letter.key, letter.value) == (key, value)
    assert set(letter.to_headers()) <= set(headers)


def test_golden_dead_letter_gives_back_every_header_in_order() -> None:
    letter = DeadLetter.from_message(*opened(read(GOLDEN / "1.0" / "dead-letter.json")))

    assert letter.headers == (
        ("ce_type", b"dateline.raw-article"),
        ("trace", b"\x00\x01\xfe"),
        ("trace", b""),
        ("", b"no name"),
        ("__connect.errors.topic", b"older"),
    )


def test_golden_enriched_article_fills_every_list() -> None:
    article = decoded(read(GOLDEN / "1.0" / "enriched-article-full.json"))

    empty = [
        name
        for name, field in EnrichedArticle.model_fields.items()
        if field.default == () and not getattr(article, name)
    ]

    assert empty == []


def test_golden_enriched_article_cuts_its_text_in_code_points() -> None:
    article = decoded(read(GOLDEN / "1.0" / "enriched-article-full.json"))

    wrong = [part for part in _spans(article.model_dump()) if article.text[part["start"] : part["end"]] != part["text"]]

    assert wrong == []


def test_golden_enriched_article_keeps_fields_of_later_versions() -> None:
    article = decoded(read(GOLDEN / "1.0" / "enriched-article-full.json"))

    assert article.events[1].model_extra == {"salience": {"rank": 1, "of": 4}}


def test_golden_messages_exist_for_the_present_version() -> None:
    assert SCHEMA_VERSION in [version.name for version in VERSIONS]


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)
def test_golden_messages_never_change(version: Path) -> None:
    written = dict(reversed(line.split("  ")) for line in (version / "SHA256SUMS").read_text().splitlines())

    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in version.glob("*.json")}

    assert found == written


def _spans(node: Any) -> list[dict[str, Any]]:
    """Every record that has a text with its offsets, at any depth."""
    if isinstance(node, dict):
        inner = [part for value in node.values() for part in _spans(value)]
        return [node, *inner] if {"start", "end", "text"} <= node.keys() and isinstance(node["end"], int) else inner
    if isinstance(node, list | tuple):
        return [part for value in node for part in _spans(value)]
    return []
