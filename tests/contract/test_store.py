"""What every store must do, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.deadletter import Reason
from schemas.enriched import EnrichedArticle
from services.errors import Poison
from services.sink.stores.memory import MemoryStore
from services.sink.stores.port import Located, Store, TopicKey
from services.sink.stores.url import open_store
from tests.articles import any_article, plain_article, retraction, rich_article
from tests.postgres import new_database

TOPIC = TopicKey("cluster", "articles.enriched", "uuid-1")


def sqlite_store(folder: Path) -> Store:
    return open_store(f"sqlite:///{folder / 'store.db'}")


def postgres_store(_: Path) -> Store:
    return open_store(new_database())


def memory_store(_: Path) -> Store:
    return MemoryStore()


MAKERS = pytest.mark.parametrize("make", [sqlite_store, postgres_store, memory_store])


@pytest.fixture(params=[sqlite_store, postgres_store, memory_store])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened: Store = request.param(tmp_path)
    yield opened
    opened.close()


def refused_article() -> EnrichedArticle:
    entities = rich_article().entities
    return rich_article("refused", entities=(entities[0], entities[0]))


def test_store_gives_back_the_record_that_was_written(store: Store) -> None:
    article = rich_article()

    store.write(TOPIC, [Located(0, 0, article)], {0: 1})

    assert store.read("a1", 1) == article


@MAKERS
@settings(max_examples=15, deadline=None)
@given(article=any_article())
def test_store_gives_back_any_record(make: Callable[[Path], Store], article: EnrichedArticle) -> None:
    with TemporaryDirectory() as folder:
        store = make(Path(folder))

        store.write(TOPIC, [Located(0, 0, article)], {0: 1})

        assert store.read(article.id, article.version) == article
        store.close()


def test_store_keeps_fields_of_a_later_version(store: Store) -> None:
    store.write(TOPIC, [Located(0, 0, plain_article(mood="calm"))], {0: 1})

    read = store.read("a1", 1)

    assert read is not None
    assert read.model_extra == {"mood": "calm"}


def test_store_has_no_record_of_another_version(store: Store) -> None:
    store.write(TOPIC, [Located(0, 0, plain_article())], {0: 1})

    assert store.read("a1", 2) is None


def test_store_keeps_all_versions(store: Store) -> None:
    versions = [plain_article(), plain_article(version=2, text="Corrected."), retraction(version=3)]

    store.write(TOPIC, [Located(0, n, article) for n, article in enumerate(versions)], {0: 3})

    assert [store.read("a1", n) for n in (1, 2, 3)] == versions


def test_store_replaces_a_record_enriched_anew(store: Store) -> None:
    store.write(TOPIC, [Located(0, 0, rich_article())], {0: 1})
    anew = plain_article(cluster="c1")

    store.write(TOPIC, [Located(0, 1, anew)], {0: 2})

    assert store.read("a1", 1) == anew


def test_store_takes_the_later_of_two_in_one_batch(store: Store) -> None:
    first, second = plain_article(cluster="c1"), plain_article(cluster="c2")

    stored = store.write(TOPIC, [Located(0, 0, first), Located(0, 1, second)], {0: 2})

    assert store.read("a1", 1) == second
    assert len(stored) == 2


def test_store_has_no_watermark_of_a_partition_it_has_not_seen(store: Store) -> None:
    store.write(TOPIC, [], {0: 5})

    assert store.watermark(TOPIC, 1) is None


def test_store_moves_the_watermark_with_the_rows(store: Store) -> None:
    store.write(TOPIC, [Located(0, 6, plain_article()), Located(3, 1, plain_article("b"))], {0: 7, 3: 2})

    assert (store.watermark(TOPIC, 0), store.watermark(TOPIC, 3)) == (7, 2)


def test_store_moves_the_watermark_past_messages_without_rows(store: Store) -> None:
    store.write(TOPIC, [], {0: 9})

    assert store.watermark(TOPIC, 0) == 9


def test_store_remembers_that_a_partition_was_empty(store: Store) -> None:
    store.write(TOPIC, [], {0: 0})

    assert store.watermark(TOPIC, 0) == 0


def test_store_never_moves_a_watermark_backwards(store: Store) -> None:
    store.write(TOPIC, [], {0: 9})

    store.write(TOPIC, [], {0: 4})

    assert store.watermark(TOPIC, 0) == 9


def test_store_passes_over_articles_below_the_watermark(store: Store) -> None:
    newer = plain_article(cluster="newer")
    store.write(TOPIC, [Located(0, 8, newer)], {0: 9})

    stored = store.write(TOPIC, [Located(0, 3, plain_article(cluster="older"))], {0: 4})

    assert stored == []
    assert store.read("a1", 1) == newer


def test_store_takes_the_part_of_a_batch_that_lies_above_the_watermark(store: Store) -> None:
    store.write(TOPIC, [], {0: 4})
    batch = [Located(0, 3, plain_article("old")), Located(0, 4, plain_article("new"))]

    assert store.write(TOPIC, batch, {0: 5}) == batch[1:]


@pytest.mark.parametrize(
    "other",
    [TOPIC._replace(cluster_id="other"), TOPIC._replace(name="other"), TOPIC._replace(uuid="uuid-2")],
)
def test_store_takes_another_topic_for_another(store: Store, other: TopicKey) -> None:
    store.write(TOPIC, [], {0: 9})

    assert store.watermark(other, 0) is None


def test_store_starts_again_on_a_topic_that_was_created_anew(store: Store) -> None:
    store.write(TOPIC, [], {0: 9})
    anew = TOPIC._replace(uuid="uuid-2")

    stored = store.write(anew, [Located(0, 0, plain_article())], {0: 1})

    assert len(stored) == 1
    assert store.watermark(anew, 0) == 1


def test_store_forgets_the_watermarks_of_a_topic_alone(store: Store) -> None:
    other = TOPIC._replace(name="other")
    store.write(TOPIC, [], {0: 9, 1: 9})
    store.write(other, [], {0: 9})

    forgotten = store.forget(TOPIC.cluster_id, TOPIC.name)

    assert forgotten == 2
    assert (store.watermark(TOPIC, 0), store.watermark(other, 0)) == (None, 9)


def test_store_refuses_what_it_cannot_hold(store: Store) -> None:
    with pytest.raises(Poison) as caught:
        store.write(TOPIC, [Located(0, 0, refused_article())], {0: 1})

    assert caught.value.reason is Reason.REFUSED_BY_STORE


def test_store_writes_nothing_of_a_batch_with_a_refused_article(store: Store) -> None:
    batch = [Located(0, 0, plain_article()), Located(0, 1, refused_article())]

    with pytest.raises(Poison):
        store.write(TOPIC, batch, {0: 2})

    assert store.read("a1", 1) is None
    assert store.watermark(TOPIC, 0) is None


@MAKERS
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_store_ends_the_same_however_a_topic_is_delivered(make: Callable[[Path], Store], data: st.DataObject) -> None:
    log = data.draw(st.lists(any_article(), min_size=1, max_size=6))
    # Batches that start anywhere at or below what has been read: redelivery, and processes that come late.
    batches = data.draw(st.lists(st.tuples(st.integers(0, len(log)), st.integers(0, len(log))).map(sorted), max_size=5))
    with TemporaryDirectory() as folder:
        store = make(Path(folder))
        read = stored = 0
        for start, end in [*batches, (0, len(log))]:
            start = min(start, read)
            if end > start:
                here = [Located(0, n, log[n]) for n in range(start, end)]
                stored += len(store.write(TOPIC, here, {0: end}))
                read = max(read, end)

        wanted = {(article.id, article.version): article for article in log}
        assert {key: store.read(*key) for key in wanted} == wanted
        assert (stored, store.watermark(TOPIC, 0)) == (len(log), len(log))
        store.close()
