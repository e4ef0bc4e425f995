from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from schemas.enriched import EnrichedArticle, Entity
from schemas.events import DateMention, Event, Place, Span
from tests.articles import TEXT, any_article, at, plain_article, rich_article


def fault(**changes: Any) -> str:
    with pytest.raises(ValidationError) as raised:
        rich_article(**changes)
    return str(raised.value.errors()[0]["msg"])


def entity(**changes: Any) -> Entity:
    fields = at(TEXT, "Torvik") | {"id": "e1", "label": "GPE", "sentence": 0, "group": "g1", "name": "Torvik"}
    return Entity(**(fields | changes))


@settings(max_examples=50)
@given(any_article())
def test_enriched_survives_json(article: EnrichedArticle) -> None:
    assert EnrichedArticle.model_validate_json(article.model_dump_json(by_alias=True)) == article


def test_enriched_survives_json_with_some_of_everything() -> None:
    article = rich_article()

    assert EnrichedArticle.model_validate_json(article.model_dump_json(by_alias=True)) == article


def test_enriched_keeps_fields_it_does_not_know_at_any_depth() -> None:
    record = json.loads(rich_article().model_dump_json(by_alias=True))
    record["events"][0]["trigger"]["later"] = [1]

    read = EnrichedArticle.model_validate(record)

    assert json.loads(read.model_dump_json(by_alias=True)) == record


def test_enriched_offsets_count_code_points() -> None:
    text = "🚢 Torvik"

    article = plain_article(
        text=text, sentences=(Span(start=0, end=8),), entities=(entity(start=2, end=8, text="Torvik"),)
    )

    assert article.text[article.entities[0].start :] == "Torvik"


def test_enriched_entity_that_does_not_cut_the_text_is_refused() -> None:
    assert "entity e1: its offsets do not cut its text" in fault(entities=(entity(start=1, end=7),))


def test_enriched_entity_in_no_sentence_is_refused() -> None:
    assert "there is no sentence 2" in fault(entities=(entity(sentence=2),))


def test_enriched_sentence_past_the_text_is_refused() -> None:
    assert "ends after the text" in fault(sentences=(Span(start=0, end=10), Span(start=10, end=len(TEXT) + 1)))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3)])
def test_span_ends_after_it_starts(start: int, end: int) -> None:
    with pytest.raises(ValidationError, match="ends after it starts"):
        Span(start=start, end=end)


def test_span_starts_in_the_text() -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        Span(start=-1, end=3)


def test_date_mention_is_written_with_from() -> None:
    written = json.loads(rich_article().model_dump_json(by_alias=True))["dates"][0]

    assert {"from", "to"} <= written.keys()


def test_date_mention_is_read_with_from() -> None:
    assert DateMention.model_validate({"start": 0, "end": 1, "text": "x", "from": "2026-03-03T00:00:00Z"}).from_


@pytest.mark.parametrize(("field", "value"), [("latitude", 91), ("longitude", -181), ("country", "Norway")])
def test_place_out_of_bounds_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        Place.model_validate(at(TEXT, "Torvik") | {field: value})


@pytest.mark.parametrize(
    ("field", "value"), [("type", "FIGHT"), ("quad_class", 5), ("confidence", 1.5), ("cameo", "4"), ("tense", "aorist")]
)
def test_event_outside_the_closed_lists_is_refused(field: str, value: object) -> None:
    event = rich_article().events[0].model_dump() | {field: value}

    with pytest.raises(ValidationError, match=field):
        Event.model_validate(event)


@pytest.mark.parametrize("seconds", [-0.1, float("nan")])
def test_enriched_timings_are_not_negative(seconds: float) -> None:
    assert fault(timings={"nlp": seconds})
