"""Patients handed over to lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osnp_console.storage.column_types import line

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "transfer",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", line(64), nullable=False),
        sa.Column("call", line(64), nullable=False),
        sa.Column("line_call", line(64), nullable=False),
        sa.Column("dispositif", line(128), nullable=False),
        sa.Column("desk", line(32), nullable=False),
        sa.Column("taken_desk", line(32), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", line(16), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_transfer"),
        sa.UniqueConstraint("id", name="uq_transfer_id"),
    )
    op.create_index("ix_transfer_call", "transfer", ["call"])
    op.create_index("ix_transfer_line_call", "transfer", ["line_call"])
    op.create_index("ix_transfer_state_prepared_at", "transfer", ["state", "prepared_at"])
    op.create_index("ix_transfer_dispositif_state_since", "transfer", ["dispositif", "state_since"])
