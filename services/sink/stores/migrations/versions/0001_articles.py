"""Articles with their entities and watermarks; the tables of events, still empty."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """From nothing."""
    op.create_table(
        "articles",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("language_source", sa.String(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("skipped", sa.String(), nullable=True),
        sa.Column("duplicate_of", sa.String(), nullable=True),
        sa.Column("cluster", sa.String(), nullable=True),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.Column("entities", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("quotations", sa.Integer(), nullable=False),
        sa.Column("dateline", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("coder", sa.String(), nullable=True),
        sa.Column("ontology", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version"),
    )
    op.create_index("articles_by_time", "articles", ["published_at"], unique=False)
    op.create_table(
        "dateline_store",
        sa.Column("layout", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("layout"),
    )
    op.create_table(
        "watermarks",
        sa.Column("cluster_id", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("partition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("topic_uuid", sa.String(), nullable=False),
        sa.Column("next_offset", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cluster_id", "topic", "partition"),
    )
    op.create_table(
        "actors",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("known_as", sa.Text(), nullable=True),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id", "version"], ["articles.id", "articles.version"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "version", "id"),
    )
    op.create_index("actors_by_code", "actors", ["code"], unique=False)
    op.create_table(
        "dates",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("date_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("date_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["article_id", "version"], ["articles.id", "articles.version"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "version", "position"),
    )
    op.create_table(
        "entities",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), autoincrement=False, nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["article_id", "version"], ["articles.id", "articles.version"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "version", "id"),
    )
    op.create_index("entities_by_name", "entities", ["name", "label"], unique=False)
    op.create_table(
        "events",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("plover", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("contexts", sa.JSON(), nullable=False),
        sa.Column("cameo", sa.String(), nullable=True),
        sa.Column("quad_class", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("trigger_text", sa.Text(), nullable=False),
        sa.Column("trigger_lemma", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=False),
        sa.Column("polarity", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("tense", sa.String(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=True),
        sa.Column("attributions", sa.Integer(), nullable=False),
        sa.Column("date_text", sa.Text(), nullable=True),
        sa.Column("date_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("date_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place_text", sa.Text(), nullable=True),
        sa.Column("place_name", sa.Text(), nullable=True),
        sa.Column("place_country", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("geonames_id", sa.BigInteger(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id", "version"], ["articles.id", "articles.version"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "version", "id"),
    )
    op.create_index("events_by_type", "events", ["plover", "date_from"], unique=False)
    op.create_table(
        "places",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("admin1", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("geonames_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["article_id", "version"], ["articles.id", "articles.version"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "version", "position"),
    )
    op.create_table(
        "quotations",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id", "version"], ["articles.id", "articles.version"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "version", "id"),
    )
    op.create_table(
        "event_participants",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "event_id"],
            ["events.article_id", "events.version", "events.id"],
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "version", "event_id", "part", "position"),
    )
