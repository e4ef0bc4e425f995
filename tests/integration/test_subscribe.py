from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from schemas.enriched import EnrichedArticle
from services.broker.embedded import EmbeddedBroker, running_broker
from services.broker.jars import default_jar_dir
from services.errors import UserError
from services.ops.topics import committed
from services.subscribe import subscribe
from tests.articles import rich_article
from tests.integration.enriched_feed import START, Feed, feed_on

pytestmark = pytest.mark.integration


@pytest.fixture
def feed(broker: EmbeddedBroker) -> Iterator[Feed]:
    with feed_on(broker) as made:
        yield made


def test_subscribe_reads_all_partitions_from_the_earliest(feed: Feed) -> None:
    feed.put("a", "b")
    feed.put("c", partition=1)

    assert sorted(feed.read()) == ["a", "b", "c"]


def test_subscribe_keeps_the_order_of_a_partition(feed: Feed) -> None:
    ids = [f"a{number:03}" for number in range(250)]
    feed.put(*ids)

    assert feed.read() == ids


def test_subscribe_delivers_the_record_as_it_was_sent(feed: Feed) -> None:
    sent = rich_article()
    feed.put_bytes(sent.model_dump_json(by_alias=True).encode())

    with feed.subscribe() as articles:
        assert list(articles) == [sent]


def test_subscribe_from_a_moment(feed: Feed) -> None:
    feed.put("a", at=START)
    feed.put("b", at=START + timedelta(hours=1))
    feed.put("c", partition=1, at=START)

    assert feed.read(since=START + timedelta(minutes=1)) == ["b"]


def test_subscribe_from_an_offset(feed: Feed) -> None:
    feed.put("a", "b", "c")

    assert feed.read(offset=2) == ["c"]


def test_subscribe_from_an_offset_past_the_end_reads_nothing_old(feed: Feed) -> None:
    feed.put("a", "b")

    assert feed.read(offset=50) == []


def test_subscribe_from_the_latest_reads_what_comes(feed: Feed) -> None:
    feed.put("a")
    with feed.subscribe(offset="latest", until_end=False) as articles:
        feed.put("b")

        assert next(articles).id == "b"


def test_subscribe_until_end_stops_at_the_end_of_the_start(feed: Feed) -> None:
    feed.put("a", "b")
    with feed.subscribe() as articles:
        feed.put("c", partition=1)
        feed.put("d")

        assert [article.id for article in articles] == ["a", "b"]


def test_subscribe_until_end_leaves_what_came_later_to_the_group(feed: Feed) -> None:
    feed.put("a")
    with feed.subscribe(group="g") as articles:
        feed.put("b")
        list(articles)

    assert feed.read(group="g") == ["b"]


def test_subscribe_until_end_of_an_empty_topic_is_over(feed: Feed) -> None:
    assert feed.read() == []


def test_subscribe_where_chooses(feed: Feed) -> None:
    feed.put("a", "b", "c")

    assert feed.read(where=lambda article: article.id != "b") == ["a", "c"]


def test_subscribe_where_in_a_line_chooses_by_events(feed: Feed) -> None:
    feed.put("a")
    feed.put_bytes(rich_article("b").model_dump_json(by_alias=True).encode(), "b")

    assert feed.read(where="type=CONSULT source=NOR polarity=affirmed") == ["b"]


async def test_subscribe_async_where_in_a_line_chooses_by_events(feed: Feed) -> None:
    feed.put("a")
    feed.put_bytes(rich_article("b").model_dump_json(by_alias=True).encode(), "b")

    assert [article.id async for article in feed.subscribe(where="type=CONSULT")] == ["b"]


def test_subscribe_where_that_fails_loses_nothing(feed: Feed) -> None:
    feed.put("a", "b")
    faults = iter([ValueError("once")])

    def chosen(article: EnrichedArticle) -> bool:
        if fault := next(faults, None):
            raise fault
        return True

    with feed.subscribe(where=chosen) as articles:
        with pytest.raises(ValueError, match="once"):
            next(articles)

        assert [article.id for article in articles] == ["a", "b"]


def test_subscribe_stops_after_max_articles(feed: Feed) -> None:
    feed.put("a", "b", "c")

    assert feed.read(max_articles=2, until_end=False) == ["a", "b"]


def test_subscribe_passes_over_and_counts_what_does_not_decode(feed: Feed) -> None:
    feed.put("a")
    feed.put_bytes(b"{not json")
    feed.put_bytes(b'{"id": "no article"}')
    feed.put("b")

    with feed.subscribe() as articles:
        assert [article.id for article in articles] == ["a", "b"]
        assert articles.undecodable == 2


def test_subscribe_group_goes_on_after_what_was_finished(feed: Feed) -> None:
    feed.put("a", "b", "c", "d")
    with feed.subscribe(group="g") as articles:
        next(articles), next(articles), next(articles)

    assert feed.read(group="g") == ["c", "d"]


def test_subscribe_group_delivers_the_article_in_hand_again(feed: Feed) -> None:
    feed.put("a", "b")
    with feed.subscribe(group="g") as articles:
        next(articles)

    assert feed.read(group="g") == ["a", "b"]


def test_subscribe_group_commit_finishes_the_article_in_hand(feed: Feed) -> None:
    feed.put("a", "b")
    with feed.subscribe(group="g") as articles:
        next(articles)
        articles.commit()

    assert feed.read(group="g") == ["b"]


def test_subscribe_group_finishes_what_where_leaves_out(feed: Feed) -> None:
    feed.put("a", "b", "c")

    feed.read(group="g", where=lambda _: False)

    assert committed(feed.connection, "g", feed.topic)[0] == 3


def test_subscribe_group_finishes_all_when_the_loop_runs_out(feed: Feed) -> None:
    feed.put("a", "b")

    for _article in feed.subscribe(group="g", max_articles=2):
        pass

    assert committed(feed.connection, "g", feed.topic)[0] == 2


def test_subscribe_group_latest_begins_at_the_end_only_once(feed: Feed) -> None:
    feed.put("a")
    feed.read(group="g")
    feed.put("b")

    assert feed.read(group="g", offset="latest") == ["b"]


def test_subscribe_group_shares_the_partitions(feed: Feed) -> None:
    feed.put("a", "b")
    feed.put("c", "d", partition=1)

    async def read() -> list[str]:
        async with feed.subscribe(group="g") as articles:
            return [article.id async for article in articles]

    async def both() -> list[list[str]]:
        return await asyncio.gather(read(), read())

    first, second = asyncio.run(both())
    assert set(first + second) == {"a", "b", "c", "d"}


def test_subscribe_without_a_group_commits_nothing(feed: Feed) -> None:
    feed.put("a")

    assert feed.read() == feed.read()


async def test_subscribe_async_reads_the_same(feed: Feed) -> None:
    feed.put("a", "b")

    assert [article.id async for article in feed.subscribe()] == ["a", "b"]


async def test_subscribe_async_leaves_the_loop_free_while_it_waits(feed: Feed) -> None:
    feed.put("a")
    async with feed.subscribe(offset="latest", until_end=False) as articles:
        waiting = asyncio.ensure_future(anext(articles))
        await asyncio.sleep(0.05)
        await asyncio.to_thread(feed.put, "b")

        assert (await waiting).id == "b"


async def test_subscribe_async_cancelled_loses_nothing(feed: Feed) -> None:
    async with feed.subscribe(until_end=False) as articles:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(articles), 0.3)
        await asyncio.to_thread(feed.put, "a", "b")

        assert [(await anext(articles)).id, (await anext(articles)).id] == ["a", "b"]


async def test_subscribe_async_group_goes_on_after_what_was_finished(feed: Feed) -> None:
    feed.put("a", "b", "c")
    async with feed.subscribe(group="g") as articles:
        await anext(articles)
        await anext(articles)

    assert [article.id async for article in feed.subscribe(group="g")] == ["b", "c"]


def test_subscribe_to_a_topic_that_is_not_there_names_it(feed: Feed) -> None:
    with pytest.raises(UserError, match="there is no topic nowhere at"):
        next(subscribe(feed.connection, topic="nowhere"))


def test_subscribe_closed_is_over(feed: Feed) -> None:
    feed.put("a", "b")
    articles = feed.subscribe()
    next(articles)
    articles.close()

    assert list(articles) == []


def test_subscribe_waits_for_a_broker_that_was_killed(tmp_path: Path) -> None:
    with running_broker(tmp_path, default_jar_dir()) as broker, feed_on(broker) as feed:
        feed.put("a")
        with feed.subscribe(until_end=False) as alone, feed.subscribe(until_end=False, group="g") as member:
            next(alone), next(member)
            broker.kill()
            broker.start()
            feed.put("b")

            assert next(alone).id == "b"
            # What a member had in hand may come again.
            assert next(article.id for article in member if article.id != "a") == "b"
