"""The store's number is kept by Alembic, as are the steps up to here."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """The table of our own that held it goes."""
    op.drop_table("dateline_store")
