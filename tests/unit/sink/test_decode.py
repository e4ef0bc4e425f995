from __future__ import annotations

import json

import pytest
from hypothesis import given

from schemas.cloudevents import event_headers
from schemas.deadletter import Reason
from schemas.enriched import EnrichedArticle
from services.errors import Poison
from services.sink.decode import decode_enriched
from tests.articles import any_article, plain_article, rich_article


@given(article=any_article())
def test_decode_reads_what_enrichment_writes(article: EnrichedArticle) -> None:
    value = article.model_dump_json(by_alias=True).encode()

    assert decode_enriched(article.id.encode(), value, ()) == article


def test_decode_reads_every_kind_of_record() -> None:
    article = rich_article()

    assert decode_enriched(b"a1", article.model_dump_json(by_alias=True).encode(), ()) == article


def test_decode_accepts_a_message_without_a_key() -> None:
    assert decode_enriched(None, plain_article().model_dump_json().encode(), ()).id == "a1"


def test_decode_refuses_the_key_of_another_article() -> None:
    with pytest.raises(Poison) as caught:
        decode_enriched(b"a2", plain_article().model_dump_json().encode(), ())

    assert caught.value.reason is Reason.INVALID


def test_decode_refuses_a_record_of_another_topic() -> None:
    headers = event_headers("raw-article", "1", "/dateline/feed", subject="a1")

    with pytest.raises(Poison) as caught:
        decode_enriched(b"a1", plain_article().model_dump_json().encode(), headers)

    assert caught.value.reason is Reason.UNSUPPORTED_VERSION


def test_decode_refuses_offsets_that_do_not_cut_the_text() -> None:
    record = rich_article().model_dump(mode="json", by_alias=True)
    record["entities"][0]["start"] += 1

    with pytest.raises(Poison) as caught:
        decode_enriched(b"a1", json.dumps(record).encode(), ())

    assert caught.value.reason is Reason.INVALID
