"""Slots that desks propose at the moment, each desk's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osnp_console.storage.column_types import line

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "slot_proposal",
        sa.Column("desk", line(32), nullable=False),
        sa.Column("slot", line(64), nullable=False),
        sa.Column("person", line(80), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("desk", name="pk_slot_proposal"),
    )
