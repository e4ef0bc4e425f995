"""Enriched articles as they come, for ``for`` and for ``async for``.

    with subscribe("127.0.0.1:9092", where="type=ASSAULT country=UKR polarity=affirmed") as articles:
        for article in articles:
            ...

An article is finished when the next one is asked for. With a group, Kafka remembers up to where all are finished, and
the group goes on from there, wherever it runs next: each article is delivered at least once. An article in hand when
the loop is left, by ``break`` or by an error, comes again. Without a group nothing is remembered.
"""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

import structlog

from schemas.enriched import EnrichedArticle
from schemas.topics import ENRICHED
from services.connect import DEADLINE
from services.decode import decode
from services.errors import Poison
from services.kafka import KafkaConnection
from services.subscribe.reader import Reader
from services.subscribe.start import choose_start
from services.subscribe.where import parse_where

log = structlog.get_logger(__name__)

ResultT = TypeVar("ResultT")


def subscribe(
    broker: str | KafkaConnection,
    *,
    topic: str = ENRICHED.name,
    group: str | None = None,
    since: datetime | None = None,
    offset: int | str | None = None,
    where: str | Callable[[EnrichedArticle], object] | None = None,
    until_end: bool = False,
    max_articles: int | None = None,
    deadline: float = DEADLINE,
) -> Subscription:
    """Articles from `topic`, at `broker` (``host:port``, or how to connect).

    group: Kafka deals the partitions out among all who name the same group, and remembers what they have finished.
    since: begin with what was put on the topic at that moment or later; needs a UTC offset, and no group.
    offset: ``"earliest"`` (as when nothing is given), ``"latest"``, or a number to begin at in every partition. With a
        group, earliest or latest, and only for partitions of which the group has finished nothing yet.
    where: only articles for which this is true; the others count as finished. A function, or a filter in a line, as
        ``"type=ASSAULT,COERCE target=UKR confidence>=0.6"``; README has its fields.
    until_end: stop at what is the end of the topic at the start.
    max_articles: stop after so many.

    Connects when it is entered or first asked, and raises UserError then if no broker answers within `deadline`
    seconds or there is no such topic; and here, at once, if arguments contradict each other or the filter cannot be
    read. A broker that goes away later is waited for. Partitions added later are seen by a group only.
    """
    connection = KafkaConnection(bootstrap=broker) if isinstance(broker, str) else broker
    start = choose_start(since, offset, group)
    wanted = parse_where(where) if isinstance(where, str) else where

    def connected() -> Reader:
        return Reader(connection, topic, group, start, until_end=until_end, deadline=deadline)

    return Subscription(connected, wanted, max_articles)


class Subscription:
    """Articles of a topic. Iterate it in one way, ``for`` or ``async for``, from one place at a time."""

    def __init__(
        self,
        connect: Callable[[], Reader],
        where: Callable[[EnrichedArticle], object] | None = None,
        max_articles: int | None = None,
    ) -> None:
        """See `subscribe`."""
        self.undecodable = 0
        """Messages passed over because they are no enriched article that this version can read; each is logged."""
        self._connect = connect
        self._where = where
        self._left = max_articles
        self._reader: Reader | None = None
        self._waiting: deque[tuple[Any, EnrichedArticle | Poison]] = deque()
        self._in_hand: Any = None
        self._ended = False
        self._thread: ThreadPoolExecutor | None = None

    def commit(self) -> None:
        """The article in hand is finished as well: with a group, it will not come again. Blocks for an answer."""
        self._put_down()
        if self._reader:
            self._on_thread(self._reader.commit)

    def close(self) -> None:
        """Commit what is finished and disconnect. Nothing comes afterwards.

        Ctrl-C cuts it short; where that is not the first one, nobody hears of it twice.
        """
        leaving = sys.exception()
        self._ended = True
        try:
            self._on_thread(self._disconnect)
        except KeyboardInterrupt:
            if not isinstance(leaving, KeyboardInterrupt):
                raise KeyboardInterrupt from leaving
        finally:
            if self._thread:
                self._thread.shutdown(wait=False)
                self._thread = None

    async def aclose(self) -> None:
        """The same, without blocking the event loop."""
        self._ended = True
        await self._off_loop(self._disconnect)
        if self._thread:
            self._thread.shutdown(wait=False)
            self._thread = None

    def __enter__(self) -> Self:
        _plainly(self._open)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        await self._off_loop(self._open)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.aclose()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> EnrichedArticle:
        self._put_down()
        while not self._is_over():
            if self._must_wait():
                _plainly(self._fetch)
            if article := self._take():
                return article
        self.close()
        raise StopIteration

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> EnrichedArticle:
        self._put_down()
        while not self._is_over():
            if self._must_wait():
                # Half a second at most. Cancelled, it goes on by itself, and what it brings waits for the next call.
                await self._off_loop(self._fetch)
            if article := self._take():
                return article
        await self.aclose()
        raise StopAsyncIteration

    def _put_down(self) -> None:
        if self._in_hand is not None and self._reader:
            self._reader.finish(self._in_hand)
        self._in_hand = None

    def _is_over(self) -> bool:
        return self._ended or (self._left is not None and self._left <= 0)

    def _must_wait(self) -> bool:
        return not self._waiting or self._reader is None or self._reader.commit_is_due

    def _take(self) -> EnrichedArticle | None:
        """The next article of those that wait, if there is one."""
        while self._waiting and self._reader:
            record, article = self._waiting[0]
            # Before it is taken, so that an error in `where` loses nothing.
            wanted = not isinstance(article, Poison) and (self._where is None or self._where(article))
            self._waiting.popleft()
            if isinstance(article, Poison):
                self._pass_over(record, article)
            elif wanted:
                self._in_hand = record
                if self._left is not None:
                    self._left -= 1
                return article
            self._reader.finish(record)
        return None

    def _pass_over(self, record: Any, poison: Poison) -> None:
        self.undecodable += 1
        log.warning(
            "undecodable_message",
            topic=record.topic,
            partition=record.partition,
            offset=record.offset,
            reason=poison.reason.value,
            error=poison.message,
        )

    def _open(self) -> Reader:
        if self._reader is None:
            self._reader = self._connect()
        return self._reader

    def _fetch(self) -> None:
        """Commit what is finished; then wait for messages, unless some are there."""
        if self._ended:
            return
        reader = self._open()
        reader.commit()
        if self._waiting:
            return
        if reader.at_end():
            self._ended = True
        else:
            self._waiting.extend((record, _article_in(record)) for record in reader.read())

    def _disconnect(self) -> None:
        # First of all: what Ctrl-C has cut short is not tried again.
        reader, self._reader = self._reader, None
        if reader:
            reader.close()

    async def _off_loop(self, work: Callable[[], ResultT]) -> ResultT:
        # One thread of its own: whatever was cancelled half-way is over before the next begins.
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "dateline-subscribe")
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _on_thread(self, work: Callable[[], ResultT]) -> ResultT:
        return self._thread.submit(work).result() if self._thread else work()


def _plainly(work: Callable[[], ResultT]) -> ResultT:
    """What `work` returns. Where in the client's insides Ctrl-C has come is left out of its traceback."""
    try:
        return work()
    except KeyboardInterrupt:
        raise KeyboardInterrupt from None


def _article_in(record: Any) -> EnrichedArticle | Poison:
    try:
        return decode(EnrichedArticle, ENRICHED.kind, record.value, record.headers)
    except Poison as poison:
        return poison
