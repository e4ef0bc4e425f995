"""A feed from its paths to the topic: what the command runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from schemas.article import RawArticle, partition_key
from schemas.cloudevents import event_headers
from schemas.topics import RAW
from services.feed.articles import Reading, articles, open_sources
from services.feed.connect import connect
from services.feed.publish import Message, Producer
from services.feed.record import Accepted
from services.feed.send import Due, Progress, Sending, Summary, send_all
from services.feed.sources import Refusal
from services.kafka import KafkaConnection
from services.telemetry import Telemetry

EVENT_SOURCE = "/dateline/feed"


def feed(
    paths: Sequence[str | Path],
    *,
    connection: KafkaConnection,
    topic: str,
    telemetry: Telemetry,
    reading: Reading = Reading(),  # noqa: B008 - immutable
    sending: Sending = Sending(),  # noqa: B008 - immutable
    pace: Callable[[RawArticle], float] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_refused: Callable[[Refusal], None] | None = None,
    producer: Producer | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Summary:
    """Put the articles of files, folders and standard input (``-``) on the topic.

    `pace` says of each article how many seconds after the start it may go. `producer` is a connected one, for tests.
    Raises UserError before anything is sent where a path is missing, and as `connect` and `send_all` do.
    """
    sources = open_sources(paths, reading)
    return send_all(
        (_due(item, pace) for item in articles(sources, reading)),
        sources,
        producer=producer or connect(connection, topic, compression=sending.compression, deadline=sending.deadline),
        topic=topic,
        sending=sending,
        telemetry=telemetry,
        on_progress=on_progress,
        on_refused=on_refused,
        clock=clock,
    )


def message_of(accepted: Accepted) -> Message:
    """The message of an article: its JSON, its id as the key, and CloudEvents headers."""
    article = accepted.article
    headers = event_headers(
        RAW.kind, f"{article.id}/{article.version}", EVENT_SOURCE, subject=article.id, time=article.fetched_at
    )
    return Message(accepted.place, accepted.value, partition_key(article.id), headers)


def _due(item: Accepted | Refusal, pace: Callable[[RawArticle], float] | None) -> Due | Refusal:
    if isinstance(item, Refusal):
        return item
    return Due(message_of(item), pace(item.article) if pace is not None else 0.0)
