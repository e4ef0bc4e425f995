from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from schemas.cloudevents import JSON, event_headers, schema_urn
from schemas.deadletter import REPLAYED_KIND, DeadLetter, Place, Reason, Replayed, Stage
from schemas.export import documents, main, outdated, write
from schemas.topics import TOPICS
from tests.articles import plain_article, retraction, rich_article

DOCUMENTS: dict[str, Any] = {name: json.loads(text) for name, text in documents().items()}
ASYNCAPI = DOCUMENTS["asyncapi.json"]
GOLDEN = Path(__file__).parents[2] / "golden"
MESSAGES = [json.loads(path.read_text("utf-8")) for path in sorted(GOLDEN.glob("*/*.json"))]
RECORDS = [message for message in MESSAGES if "value" in message]


@pytest.fixture
def letter() -> DeadLetter:
    return DeadLetter(
        "articles.raw", 3, 12, Stage.ENRICH, Reason.EMPTY, "x.Y", "no value", 1, datetime(2026, 3, 3, tzinfo=UTC)
    )


def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(DOCUMENTS[f"{kind}.schema.json"])


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [found for value in node.values() for found in references(value)]
    return [found for value in node for found in references(value)] if isinstance(node, list) else []


def test_export_in_the_package_is_current() -> None:
    assert outdated() == []


def test_export_is_the_same_every_time() -> None:
    assert documents() == documents()


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.kind)
def test_export_is_valid_json_schema_under_its_own_name(topic: Any) -> None:
    schema = DOCUMENTS[f"{topic.kind}.schema.json"]

    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == schema_urn(topic.kind)


@pytest.mark.parametrize(
    "article", [rich_article(), plain_article(), retraction()], ids=["rich", "plain", "retraction"]
)
def test_export_accepts_an_enriched_article_as_it_is_sent(article: Any) -> None:
    validator("enriched-article").validate(json.loads(article.model_dump_json(by_alias=True)))


@pytest.mark.parametrize("message", RECORDS, ids=lambda message: f"{message['kind']} {message['key']}")
def test_export_accepts_every_golden_record(message: dict[str, Any]) -> None:
    validator(message["kind"]).validate(message["value"])


@pytest.mark.parametrize(
    "change", [{"id": " a"}, {"version": 0}, {"status": "draft"}, {"content_hash": "?"}, {"id": None}]
)
def test_export_refuses_what_the_models_refuse(change: dict[str, object]) -> None:
    record = json.loads(plain_article().model_dump_json(by_alias=True)) | change

    assert not validator("enriched-article").is_valid(record)


def test_export_accepts_the_headers_of_every_golden_dead_letter() -> None:
    letters = [message for message in MESSAGES if message["kind"] == "dead-letter"]
    headers = [dict(message["headers_base64"]) for message in letters]

    # Values are in base64 there: only which headers there are can be told from them.
    assert [set(validator("dead-letter").schema["required"]) - one.keys() for one in headers] == [set()] * len(letters)


@pytest.mark.parametrize("reason", Reason)
def test_export_accepts_the_headers_of_a_dead_letter(reason: Reason, letter: DeadLetter) -> None:
    headers = dict(letter.to_headers()) | {"__dateline.errors.reason": reason.value.encode()}

    validator("dead-letter").validate({name: value.decode() for name, value in headers.items()})


def test_export_refuses_a_dead_letter_for_a_reason_not_listed(letter: DeadLetter) -> None:
    headers = {name: value.decode() for name, value in letter.to_headers()}

    assert not validator("dead-letter").is_valid(headers | {"__dateline.errors.reason": "bad_mood"})


def test_export_accepts_the_headers_of_a_marker() -> None:
    marker = Replayed(Place("articles.raw", 3, 12), Place("articles.raw", 3, 99), 1, datetime(2026, 3, 3, tzinfo=UTC))

    validator(REPLAYED_KIND).validate({name: value.decode() for name, value in marker.to_headers()})


def test_asyncapi_has_letters_and_markers_on_the_topic_of_dead_letters() -> None:
    assert list(ASYNCAPI["channels"]["articles.deadletter"]["messages"]) == ["dead-letter", REPLAYED_KIND]


@pytest.mark.parametrize("topic", [topic for topic in TOPICS if topic.schema], ids=lambda topic: topic.kind)
def test_asyncapi_describes_the_headers_that_are_sent(topic: Any) -> None:
    schema = ASYNCAPI["components"]["messages"][topic.kind]["headers"]
    sent = {name: value.decode() for name, value in event_headers(topic.kind, "1", "/x", subject="a1")}

    Draft202012Validator(schema).validate(sent)
    assert set(schema["properties"]) == set(sent)


def test_asyncapi_refuses_the_headers_of_another_kind() -> None:
    schema = ASYNCAPI["components"]["messages"]["raw-article"]["headers"]
    sent = {name: value.decode() for name, value in event_headers("enriched-article", "1", "/x", subject="a1")}

    assert not Draft202012Validator(schema).is_valid(sent)


def test_asyncapi_has_every_topic_of_the_table() -> None:
    assert [channel["address"] for channel in ASYNCAPI["channels"].values()] == [topic.name for topic in TOPICS]


def test_asyncapi_takes_partitions_and_retention_from_the_table() -> None:
    found = [channel["bindings"]["kafka"] for channel in ASYNCAPI["channels"].values()]

    assert [(kafka["partitions"], kafka["topicConfiguration"]["retention.ms"]) for kafka in found] == [
        (topic.partitions, topic.retention_ms) for topic in TOPICS
    ]


def test_asyncapi_refers_to_what_is_there() -> None:
    lost = []
    for reference in references(ASYNCAPI):
        file, _, pointer = reference.partition("#")
        node = DOCUMENTS.get(file.removeprefix("./")) if file else ASYNCAPI
        for step in pointer.split("/")[1:]:
            node = node.get(step) if node else None
        if node is None:
            lost.append(reference)

    assert lost == []


def test_asyncapi_has_somebody_who_sends_and_somebody_who_receives_on_every_channel() -> None:
    found = {
        (each["channel"]["$ref"].removeprefix("#/channels/"), each["action"])
        for each in ASYNCAPI["operations"].values()
    }

    assert found == {(topic.name, action) for topic in TOPICS for action in ("send", "receive")}


def test_asyncapi_records_are_json() -> None:
    assert ASYNCAPI["defaultContentType"] == JSON


def test_write_brings_a_folder_up_to_date(tmp_path: Path) -> None:
    (tmp_path / "gone.schema.json").write_text("{}")

    write(tmp_path)

    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == documents()


def test_outdated_names_what_is_missing_changed_or_no_longer_wanted(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "asyncapi.json").unlink()
    (tmp_path / "raw-article.schema.json").write_text("{}")
    (tmp_path / "gone.schema.json").write_text("{}")

    assert outdated(tmp_path) == ["asyncapi.json", "gone.schema.json", "raw-article.schema.json"]


def test_main_check_names_the_file_that_is_not_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("schemas.export.outdated", lambda: ["asyncapi.json"])

    assert main(["--check"]) == 1
    assert "schemas/json/asyncapi.json is not current" in capsys.readouterr().err


def test_main_check_is_content_with_what_is_current() -> None:
    assert main(["--check"]) == 0
