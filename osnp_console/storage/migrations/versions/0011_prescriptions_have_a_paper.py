"""The head of the site's papers with its logos, and the sheets that wait to be printed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osnp_console.storage.column_types import line

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "site_paper",
        sa.Column("name", line(16), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("person", line(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_site_paper"),
    )
    op.create_table(
        "site_logo",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_site_logo"),
    )
    op.create_table(
        "waiting_print",
        sa.Column("id", line(64), nullable=False),
        sa.Column("prescription", line(64), nullable=False),
        sa.Column("desk", line(32), nullable=False),
        sa.Column("size", line(8), nullable=False),
        sa.Column("printer", line(160), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", line(16), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_print"),
    )
    op.create_index("ix_waiting_print_desk_asked_at", "waiting_print", ["desk", "asked_at"])
