"""People on waiting lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osnp_console.storage.column_types import line

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "waiting_entry",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", line(64), nullable=False),
        sa.Column("dispositif", line(128), nullable=False),
        sa.Column("call", line(64), nullable=False),
        sa.Column("desk", line(32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", line(16), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_waiting_entry"),
        sa.UniqueConstraint("id", name="uq_waiting_entry_id"),
    )
    op.create_index("ix_waiting_entry_call", "waiting_entry", ["call"])
    op.create_index("ix_waiting_entry_dispositif_made_at", "waiting_entry", ["dispositif", "made_at"])
