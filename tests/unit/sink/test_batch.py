from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.deadletter import DeadLetter, Reason, Stage
from schemas.enriched import EnrichedArticle
from services.deadletter_limit import DeadLetterLimit, DeadLettersOverLimit
from services.errors import Transient
from services.sink.batch import Totals, Writer
from services.sink.patience import Abandoned
from services.sink.stores.memory import MemoryStore
from services.sink.stores.port import Located, TopicKey
from services.telemetry import Telemetry
from tests.articles import plain_article, rich_article

TOPIC = TopicKey("cluster", "enriched", "uuid")


@dataclass(frozen=True)
class Record:
    """As much of kafka-python's record as is looked at."""

    value: bytes | None
    offset: int
    partition: int = 0
    key: bytes | None = None
    headers: tuple[tuple[str, bytes | None], ...] = ()
    topic: str = TOPIC.name


@dataclass
class Desk:
    """What a batch is written with: a store, dead letters in a list, and patience for so many faults."""

    store: MemoryStore = field(default_factory=MemoryStore)
    letters: list[DeadLetter] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    telemetry: Telemetry = field(default_factory=lambda: Telemetry("sink"))
    faults: int = 0
    patience: int = 0
    most_in_a_row: int = 0

    def __post_init__(self) -> None:
        limit = DeadLetterLimit(run=self.most_in_a_row, ratio=1)
        self.writer = Writer(self, TOPIC, self, self, self.telemetry, limit)  # type: ignore[arg-type]

    def write(self, *given: Any) -> Any:
        """The store's, and that of the dead letters."""
        if isinstance(given[0], TopicKey):
            if self.faults:
                self.faults -= 1
                raise Transient("locked")
            stored = self.store.write(*given)
            self.order.append("rows")
            return stored
        letters: Sequence[DeadLetter] = given[0]
        self.letters += letters
        self.order.append("letters")
        return None

    def until_done(self, act: Callable[[], list[Located]], what: str) -> list[Located]:  # noqa: ARG002
        for _ in range(self.patience + 1):
            try:
                return act()
            except Transient:
                continue
        raise Abandoned

    def look(self) -> None:
        """Nothing takes long here."""

    def metric(self, name: str, **labels: str) -> float | None:
        return self.telemetry.registry.get_sample_value(name, {"stage": "sink"} | labels)


def record(offset: int, article: EnrichedArticle | None = None, partition: int = 0) -> Record:
    article = article or plain_article(f"a{offset}")
    return Record(article.model_dump_json(by_alias=True).encode(), offset, partition)


def refused(offset: int) -> Record:
    entity = rich_article().entities[0]
    return record(offset, rich_article("refused", entities=(entity, entity)))


def test_batch_writes_articles_and_watermarks() -> None:
    desk = Desk()

    ends = desk.writer.write([record(4), record(5), record(0, partition=1)])

    assert ends == {0: 6, 1: 1}
    assert set(desk.store.articles) == {("a4", 1), ("a5", 1), ("a0", 1)}
    assert (desk.store.watermark(TOPIC, 0), desk.store.watermark(TOPIC, 1)) == (6, 1)


def test_batch_has_dead_letters_written_before_the_watermark_moves() -> None:
    desk = Desk()

    desk.writer.write([record(0), Record(b"no json", 1)])

    assert desk.order == ["letters", "rows"]


def test_batch_keeps_the_bytes_of_a_dead_letter() -> None:
    desk = Desk()

    desk.writer.write([Record(b"\xff", 7, 3, b"\xfe", (("h", b"v"), ("h", None)))])

    (letter,) = desk.letters
    assert (letter.value, letter.key, letter.headers) == (b"\xff", b"\xfe", (("h", b"v"), ("h", b"")))
    assert (letter.topic, letter.partition, letter.offset) == ("enriched", 3, 7)
    assert (letter.stage, letter.reason, letter.attempts) == (Stage.SINK, Reason.NOT_JSON, 1)


def test_batch_finds_the_article_that_the_store_refuses() -> None:
    desk = Desk()

    desk.writer.write([record(0), refused(1), record(2)])

    assert set(desk.store.articles) == {("a0", 1), ("a2", 1)}
    assert [(letter.offset, letter.reason, letter.attempts) for letter in desk.letters] == [
        (1, Reason.REFUSED_BY_STORE, 2)
    ]


def test_batch_has_the_refused_article_written_before_its_watermark_moves() -> None:
    desk = Desk()

    desk.writer.write([refused(0)])

    assert desk.order == ["letters", "rows"]
    assert desk.store.watermark(TOPIC, 0) == 1


def test_batch_let_go_moves_and_counts_nothing() -> None:
    desk = Desk(faults=1)

    with pytest.raises(Abandoned):
        desk.writer.write([record(0), Record(b"no json", 1)])

    assert desk.store.watermark(TOPIC, 0) is None
    assert desk.writer.totals == Totals()
    assert desk.metric("dateline_queue_articles") == 0


def test_batch_is_written_after_faults_that_pass() -> None:
    desk = Desk(faults=3, patience=3)

    desk.writer.write([record(0)])

    assert desk.writer.totals == Totals(stored=1)


def test_batch_counts_reasons() -> None:
    desk = Desk()

    desk.writer.write([Record(None, 0), Record(b"{}", 1), refused(2)])

    reasons = ("empty", "invalid", "refused_by_store", "not_json")
    counted = [desk.metric("dateline_dead_letters_total", reason=reason) for reason in reasons]
    assert counted == [1, 1, 1, None]


def test_batch_does_not_count_what_another_process_has_stored() -> None:
    desk = Desk()
    desk.writer.write([record(0), record(1)])

    desk.writer.write([record(0), record(1), record(2)])

    assert desk.writer.totals == Totals(stored=3)


def test_batch_measures_no_time_below_zero() -> None:
    desk = Desk()

    desk.writer.write([record(0, plain_article(fetched_at="2190-01-01T00:00:00Z"))])

    assert desk.telemetry.registry.get_sample_value("dateline_feed_to_row_seconds_sum") == 0


def test_batch_leaves_articles_of_an_unknown_date_out_of_the_time_to_row() -> None:
    desk = Desk()

    desk.writer.write([record(0, plain_article(published_at=None))])

    assert desk.telemetry.registry.get_sample_value("dateline_publication_to_row_seconds_count") == 0


KINDS = st.lists(st.sampled_from(["good", "poison", "refused"]), min_size=1, max_size=12)


@given(kinds=KINDS)
def test_batch_gives_every_message_exactly_one_outcome(kinds: list[str]) -> None:
    desk = Desk()
    make = {"good": record, "poison": lambda offset: Record(b"", offset), "refused": refused}

    desk.writer.write([make[kind](offset) for offset, kind in enumerate(kinds)])

    good = kinds.count("good")
    assert desk.writer.totals == Totals(stored=good, dead_letters=len(kinds) - good)
    assert sorted(letter.offset for letter in desk.letters) == [n for n, kind in enumerate(kinds) if kind != "good"]
    assert (desk.metric("dateline_articles_total", outcome="stored") or 0) == good
    assert (desk.metric("dateline_articles_total", outcome="dead_letter") or 0) == len(kinds) - good
    assert desk.store.watermark(TOPIC, 0) == len(kinds)


def test_batch_with_too_many_dead_letters_moves_nothing() -> None:
    desk = Desk(most_in_a_row=2)

    with pytest.raises(DeadLettersOverLimit, match="the last: not_json"):
        desk.writer.write([record(0), *(Record(b"{", n) for n in (1, 2, 3))])

    assert (desk.order, desk.store.watermark(TOPIC, 0)) == ([], None)


def test_batch_with_too_many_refused_by_the_store_stops_before_the_last_of_them() -> None:
    desk = Desk(most_in_a_row=2)
    twice = rich_article().entities[:1] * 2

    with pytest.raises(DeadLettersOverLimit, match="the last: refused_by_store"):
        desk.writer.write([record(n, rich_article(f"a{n}", entities=twice)) for n in range(4)])

    assert (len(desk.letters), desk.store.watermark(TOPIC, 0)) == (2, 2)
