from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from schemas.enriched import Skipped
from services.sink import query
from services.sink.stores.port import Located, TopicKey
from services.sink.stores.url import open_store, reading
from tests.articles import plain_article, retraction, rich_article
from tests.postgres import new_database

ARTICLES = [
    rich_article("old", published_at=datetime(2020, 1, 1, tzinfo=UTC)),
    rich_article("corrected", published_at=datetime(2023, 1, 1, tzinfo=UTC)),
    rich_article("corrected", 2, published_at=datetime(2023, 1, 1, tzinfo=UTC)),
    plain_article("french", language="fr", skipped=Skipped.LANGUAGE, published_at=datetime(2024, 1, 1, tzinfo=UTC)),
    rich_article("wrong", published_at=datetime(2025, 1, 1, tzinfo=UTC)),
    retraction("wrong", 2),
    plain_article("undated", published_at=None),
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    folder = tmp_path_factory.mktemp("store")
    url = f"sqlite:///{folder}/store.db" if request.param == "sqlite" else new_database()
    with closing(open_store(url)) as store:
        located = [Located(0, n, article) for n, article in enumerate(ARTICLES)]
        store.write(TopicKey("c", "t"), located, {0: len(located)})
    with reading(url) as opened:
        yield opened


def test_query_counts_what_is_current(connection: Connection) -> None:
    assert query.counts(connection) == query.Counts(
        articles=4,
        records=7,
        entities={"PERSON": 4, "GPE": 2},
        events={"CONSULT": 2},
        skipped={"language": 1},
    )


def test_query_lists_the_latest_first_and_the_undated_by_when_they_came(connection: Connection) -> None:
    assert [line.id for line in query.latest(connection)] == ["undated", "french", "corrected", "old"]


def test_query_gives_the_beginning_of_what_has_no_title(connection: Connection) -> None:
    undated, _, corrected, _ = query.latest(connection)
    assert (undated.title, undated.beginning, corrected.beginning) == ("", "A text.", "")


def test_query_tells_why_an_article_was_not_read(connection: Connection) -> None:
    assert [(line.skipped, line.language) for line in query.latest(connection, 2)] == [(None, "en"), ("language", "fr")]


def test_query_lists_no_more_than_was_asked_for(connection: Connection) -> None:
    assert [line.id for line in query.latest(connection, limit=2)] == ["undated", "french"]


def test_query_lists_the_current_version(connection: Connection) -> None:
    assert query.latest(connection)[2].version == 2


def test_query_names_those_mentioned_most(connection: Connection) -> None:
    assert query.latest(connection)[3].top == (("Ilma Vasko", "PERSON"), ("Torvik", "GPE"))


def test_query_says_what_happens_first_in_each(connection: Connection) -> None:
    assert [line.acts for line in query.latest(connection)] == [(), (), *[("Ilma Vasko CONSULT envoys of Orland",)] * 2]


def test_query_gives_one_article_in_its_highest_version(connection: Connection) -> None:
    assert query.article(connection, "corrected") == ARTICLES[2]


def test_query_gives_one_article_in_the_version_asked_for(connection: Connection) -> None:
    assert query.article(connection, "corrected", 1) == ARTICLES[1]


def test_query_gives_none_for_an_unknown_article(connection: Connection) -> None:
    assert query.article(connection, "unknown") is None
