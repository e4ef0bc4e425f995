"""The tables of the store, made to be queried by people; views.py has the views of them.

An article is a row of ``articles`` by id and version; what was found in it is in the tables below it, by the same two.
Times are in UTC; offsets are in code points of the article's ``text``, half-open.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.sql.schema import SchemaItem

LAYOUT = "0003"
"""Number of this layout, that of the last file in ``migrations/versions``; whatever is changed gets a new one."""

NUL = "\0"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. Databases that know no zones get the UTC wall clock."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To the database. Raises OverflowError for a time that is before year 1 in UTC."""
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of any characters. One that not every database can hold stands there as U+FFFD, so that offsets hold.

    What the article really has is in its record.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To the database."""
        return value if value is None else value.replace(NUL, "\N{REPLACEMENT CHARACTER}")


metadata = MetaData()

watermarks = Table(
    "watermarks",
    metadata,
    Column("cluster_id", String, primary_key=True),
    Column("topic", String, primary_key=True),
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("topic_uuid", String, nullable=False),
    Column("next_offset", BigInteger, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("status", String, nullable=False),
    Column("supersedes", Integer),
    Column("source", String, nullable=False),
    Column("feed", String, nullable=False),
    Column("url", String),
    Column("title", Words, nullable=False),
    Column("language", String),
    Column("language_source", String),
    Column("authors", JSON, nullable=False),
    Column("published_at", UtcDateTime),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("skipped", String),
    Column("duplicate_of", String),
    Column("cluster", String),
    Column("characters", Integer, nullable=False),
    Column("sentences", Integer, nullable=False),
    Column("entities", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("quotations", Integer, nullable=False),
    Column("dateline", String, nullable=False),
    Column("model", String, nullable=False),
    Column("coder", String),
    Column("ontology", String),
    # The two large ones last: SQLite reads a row from its start and stops where the query has what it needs.
    Column("text", Words, nullable=False),
    # The whole record but for its text, as compressed JSON: a fifth of the size, and nobody queries it, since all that
    # one asks for is in columns. With it the record comes back exactly, fields of later versions included.
    Column("record", LargeBinary, nullable=False),
    Index("articles_by_time", "published_at"),
)


def _found(name: str, *columns: SchemaItem, key: str = "id") -> Table:
    """A table of things found in articles; `key` tells them apart within one."""
    kind = Integer if key == "position" else String
    return Table(
        name,
        metadata,
        Column("article_id", String, primary_key=True),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column(key, kind, primary_key=True, autoincrement=False),
        *columns,
        ForeignKeyConstraint(["article_id", "version"], ["articles.id", "articles.version"], ondelete="CASCADE"),
    )


def _below(name: str, key: str, parent: Table, *columns: SchemaItem) -> Table:
    """A table of what belongs to one thing that was found, of which `key` is the id."""
    mine = ["article_id", "version", key]
    return Table(
        name,
        metadata,
        Column("article_id", String, primary_key=True),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column(key, String, primary_key=True),
        *columns,
        ForeignKeyConstraint(mine, [parent.c.article_id, parent.c.version, parent.c.id], ondelete="CASCADE"),
    )


def _span() -> tuple[Column[int], Column[int]]:
    # Not start and end, which are words of SQL's own and would have to be quoted.
    return Column("start_char", Integer, nullable=False), Column("end_char", Integer, nullable=False)


entities = _found(
    "entities",
    Column("label", String, nullable=False),
    Column("text", Words, nullable=False),
    *_span(),
    Column("sentence", Integer, nullable=False),
    Column("group_id", String, nullable=False),
    Column("name", Words, nullable=False),
    Column("actor", String),
    Index("entities_by_name", "name", "label"),
)

actors = _found(
    "actors",
    Column("name", Words, nullable=False),
    Column("kind", String, nullable=False),
    Column("country", String),
    Column("sectors", JSON, nullable=False),
    Column("code", String),
    Column("role", Words),
    Column("known_as", Words),
    Column("mentions", Integer, nullable=False),
    Index("actors_by_code", "code"),
    Index("actors_by_country", "country"),
)

actor_mentions = _below(
    "actor_mentions",
    "actor",
    actors,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("text", Words, nullable=False),
    *_span(),
)

events = _found(
    "events",
    Column("type", String, nullable=False),
    Column("plover", String, nullable=False),
    Column("mode", String),
    Column("contexts", JSON, nullable=False),
    Column("cameo", String),
    Column("quad_class", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("trigger_text", Words, nullable=False),
    Column("trigger_lemma", Words, nullable=False),
    *_span(),
    Column("sentence", Integer, nullable=False),
    Column("polarity", String, nullable=False),
    Column("modality", String, nullable=False),
    Column("tense", String, nullable=False),
    Column("speaker", String),
    Column("attributions", Integer, nullable=False),
    Column("date_text", Words),
    Column("date_from", UtcDateTime),
    Column("date_to", UtcDateTime),
    Column("place_text", Words),
    Column("place_name", Words),
    Column("place_country", String),
    Column("place_admin1", String),
    Column("place_start", Integer),
    Column("place_end", Integer),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("geonames_id", BigInteger),
    Column("confidence", Float, nullable=False),
    Column("rule", String, nullable=False),
    Column("path", Words, nullable=False),
    Index("events_by_type", "plover", "date_from"),
    Index("events_by_act", "type", "date_from"),
    Index("events_by_place", "place_country"),
)

event_participants = _below(
    "event_participants",
    "event_id",
    events,
    Column("part", String, primary_key=True),  # source, target or object
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("actor", String),
    Column("text", Words, nullable=False),
    *_span(),
)

event_attributions = _below(
    "event_attributions",
    "event_id",
    events,
    Column("position", Integer, primary_key=True, autoincrement=False),  # the outermost is 0
    Column("speaker", String),
    Column("cue", Words, nullable=False),
    *_span(),
)

quotations = _found(
    "quotations",
    Column("kind", String, nullable=False),
    Column("speaker", String),
    Column("speaker_start", Integer),
    Column("speaker_end", Integer),
    Column("cue", Words),
    Column("text", Words, nullable=False),
    *_span(),
)

places = _found(
    "places",
    Column("text", Words, nullable=False),
    *_span(),
    Column("name", Words),
    Column("country", String),
    Column("admin1", String),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("geonames_id", BigInteger),
    key="position",
)

dates = _found(
    "dates",
    Column("text", Words, nullable=False),
    *_span(),
    Column("date_from", UtcDateTime),
    Column("date_to", UtcDateTime),
    key="position",
)

FOUND = (
    entities,
    actors,
    actor_mentions,
    events,
    event_participants,
    event_attributions,
    quotations,
    places,
    dates,
)
"""What was found in articles, parents before children."""
