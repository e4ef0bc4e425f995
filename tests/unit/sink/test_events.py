from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from schemas.enriched import EnrichedArticle
from schemas.events import Actor, Interval, Modality, PloverType, Polarity, Tense
from services.selection import actor_of
from services.sink.events import EventRow, Who, events_of, find_events
from services.sink.filters import Wanted
from services.sink.stores.port import Located, TopicKey
from services.sink.stores.url import open_store, reading
from tests.articles import retraction, rich_article
from tests.postgres import new_database

DAY = timedelta(days=1)
EVENT = rich_article().events[0]
BASE = rich_article().actors


def article(id_: str, published: datetime | None, event: dict[str, Any] | None = None, **who: Any) -> EnrichedArticle:
    """An article with one event, changed; `who` changes its source."""
    changed = EVENT.model_copy(update=event or {})
    source = Actor(**(BASE[0].model_dump() | who))
    return rich_article(id_, events=(changed,), actors=(source, BASE[1]), published_at=published)


def march(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def dated(first: datetime | None, end: datetime | None) -> dict[str, Any]:
    return {"date": Interval(text="then", start=first, end=end)}


ARTICLES = [
    article("vasko", march(9), {"date": None}),
    article(
        "planned", march(8), {"type": PloverType.ASSAULT, "plover": PloverType.THREATEN, "modality": Modality.PLANNED,
                              **dated(march(20), march(27))},
        name="Army of Kenya", country="KEN", sectors=("MIL",), code="KEN MIL",
    ),
    article(
        "denied", march(7), {"polarity": Polarity.NEGATED, "tense": Tense.HISTORICAL, "place": None,
                             **dated(march(1), march(2))},
        name="Russia’s Élysée-Bank", country="RUS", sectors=("BUS", "GOV"), code="RUS BUS", known_as="Sberbank",
    ),
    article("nobody", march(6), {"sources": (), "date": None, "place": None}),
    article("unpublished", None, {"date": None, "place": None}, name="Percent 100%_sure", country=None, sectors=()),
    rich_article("wrong"),
    retraction("wrong"),
]  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    folder = tmp_path_factory.mktemp("store")
    url = f"sqlite:///{folder}/store.db" if request.param == "sqlite" else new_database()
    with closing(open_store(url)) as store:
        located = [Located(0, n, one) for n, one in enumerate(ARTICLES)]
        store.write(TopicKey("c", "t"), located, {0: len(located)})
    with reading(url) as opened:
        yield opened


def found(connection: Connection, limit: int = 100, **wanted: Any) -> list[str]:
    return [event.article_id for event in find_events(connection, Wanted(**wanted), limit)]


def who(value: str) -> Any:
    return (actor_of("--actor", value),)


def test_events_are_those_of_current_articles_the_newest_first(connection: Connection) -> None:
    assert found(connection) == ["vasko", "planned", "denied", "nobody", "unpublished"]


def test_events_are_no_more_than_was_asked_for(connection: Connection) -> None:
    assert found(connection, limit=2) == ["vasko", "planned"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"types": [PloverType.ASSAULT]}, ["planned"]),
        ({"plovers": [PloverType.THREATEN, PloverType.AID]}, ["planned"]),
        ({"polarities": [Polarity.NEGATED]}, ["denied"]),
        ({"modalities": [Modality.PLANNED]}, ["planned"]),
        ({"tenses": [Tense.HISTORICAL]}, ["denied"]),
        ({"types": [PloverType.ASSAULT], "polarities": [Polarity.NEGATED]}, []),
    ],
)
def test_events_by_the_words_of_closed_lists(connection: Connection, wanted: Any, expected: list[str]) -> None:
    assert found(connection, **wanted) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("KEN", ["planned"]),
        ("MIL", ["planned"]),
        ("RUS GOV", ["denied"]),
        ("KEN GOV", []),
        ("kenya", ["planned"]),
        ("army of kenya", ["planned"]),
        ("Ken", []),
        ("Ken*", ["planned"]),
        ("Russia", ["denied"]),
        ("élysée", ["denied"]),
        ("sberbank", ["denied"]),
        ("Vasko", ["vasko", "planned", "denied", "unpublished"]),
        ("100%_sure", ["unpublished"]),
        ("100_*", []),
        ("' OR 1=1 --", []),
    ],
)
def test_events_by_source(connection: Connection, value: str, expected: list[str]) -> None:
    """By codes, or by words of the name; all but one have "Vasko" where the source stands in the text."""
    assert found(connection, sources=who(value)) == expected


def test_events_by_target_and_not_by_source(connection: Connection) -> None:
    assert found(connection, targets=who("KEN")) == []
    assert len(found(connection, targets=who("envoys"))) == 5


def test_events_by_either_side(connection: Connection) -> None:
    assert found(connection, actors=who("KEN")) == ["planned"]
    assert len(found(connection, actors=who("envoys"))) == 5


def test_events_by_the_country_of_who_takes_part_or_of_the_place(connection: Connection) -> None:
    assert found(connection, countries=["NOR"]) == ["vasko", "planned"]
    assert found(connection, countries=["KEN", "RUS"]) == ["planned", "denied"]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (march(20), None, ["planned"]),
        (march(26, 12), march(28), ["planned"]),
        (march(27), march(28), []),
        (march(1), march(2), ["denied"]),
        (march(2), march(10), ["vasko", "nobody"]),
        (None, march(7), ["denied", "nobody", "unpublished"]),
    ],
)
def test_events_by_their_date_or_else_by_publication(
    connection: Connection, since: datetime | None, until: datetime | None, expected: list[str]
) -> None:
    assert found(connection, since=since, until=until) == expected


def test_events_have_who_takes_part_and_who_says_so(connection: Connection) -> None:
    event = find_events(connection, Wanted(), 1)[0]
    vasko = Who("Ilma Vasko", "Vasko", "NOR GOV", "NOR", "Foreign minister")
    assert (event.sources, event.targets, event.objects) == (
        [vasko],
        [Who("envoys of Orland", "envoys", None, None, None)],
        [Who("Orland", "Orland", None, None, None)],
    )
    assert event.speakers == [Who("Ilma Vasko", "said", "NOR GOV", "NOR", "Foreign minister")]


def test_events_of_one_article_keep_the_order_of_its_text(connection: Connection) -> None:
    shown: list[EventRow] = events_of(connection, "planned", 1, 5)
    assert [(event.type, event.modality) for event in shown] == [(PloverType.ASSAULT, Modality.PLANNED)]
    assert shown[0].date_from == march(20)
