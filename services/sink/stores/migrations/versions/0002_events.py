"""All that the event coder finds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Only adds: what is stored stays as it is."""
    op.create_table(
        "actor_mentions",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "actor"], ["actors.article_id", "actors.version", "actors.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "version", "actor", "position"),
    )
    op.create_table(
        "event_attributions",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("speaker", sa.String(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "version", "event_id"],
            ["events.article_id", "events.version", "events.id"],
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "version", "event_id", "position"),
    )
    op.create_index("actors_by_country", "actors", ["country"], unique=False)
    op.add_column("events", sa.Column("place_admin1", sa.String(), nullable=True))
    op.add_column("events", sa.Column("place_start", sa.Integer(), nullable=True))
    op.add_column("events", sa.Column("place_end", sa.Integer(), nullable=True))
    op.create_index("events_by_act", "events", ["type", "date_from"], unique=False)
    op.create_index("events_by_place", "events", ["place_country"], unique=False)
    op.add_column("quotations", sa.Column("speaker_start", sa.Integer(), nullable=True))
    op.add_column("quotations", sa.Column("speaker_end", sa.Integer(), nullable=True))
