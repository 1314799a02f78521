"""Personal accounts, wrong passwords of late, and who did what the journal says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osnp_console.storage.column_types import line

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; journal lines of before name nobody."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "account",
        sa.Column("id", line(64), nullable=False),
        sa.Column("identifier", line(64), nullable=False),
        sa.Column("name", line(80), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("state", line(16), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("made_at", instant, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("identifier", name="uq_account_identifier"),
    )
    op.create_table(
        "account_attempt",
        sa.Column("subject", line(80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_account_attempt"),
    )
    op.create_index("ix_account_attempt_last_at", "account_attempt", ["last_at"])
    op.add_column("journal", sa.Column("person", line(64)))
