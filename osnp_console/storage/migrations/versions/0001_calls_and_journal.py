"""The calls and the journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osnp_console.storage.column_types import line

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the first tables."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "call",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", line(64), nullable=False),
        sa.Column("desk", line(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("taken_at", instant, nullable=False),
        sa.Column("state", line(16), nullable=False),
        sa.Column("state_since", instant),
        sa.Column("outcome", line(32)),
        sa.Column("call_back_at", instant),
        sa.Column("closed_at", instant),
        sa.Column("alarm_at", instant),
        sa.Column("alarm_seen", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sheet_values", sa.Text(), nullable=False),
        sa.Column("sheet_asked", sa.Text(), nullable=False),
        sa.Column("sheet_pending", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_call"),
        sa.UniqueConstraint("id", name="uq_call_id"),
    )
    op.create_index("ix_call_desk_day_number", "call", ["desk", "day", "number"])
    op.create_index("ix_call_state_taken_at", "call", ["state", "taken_at"])
    op.create_table(
        "journal",
        sa.Column("desk", line(32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("kind", line(32), nullable=False),
        sa.Column("call", line(64)),
        sa.Column("facts_hash", line(64), nullable=False),
        sa.Column("seal", line(64), nullable=False),
        sa.PrimaryKeyConstraint("desk", "number", name="pk_journal"),
    )
    op.create_index("ix_journal_call", "journal", ["call"])
    op.create_table(
        "journal_facts",
        sa.Column("desk", line(32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk", "number"],
            ["journal.desk", "journal.number"],
            name="fk_journal_facts_desk_number_journal",
        ),
        sa.PrimaryKeyConstraint("desk", "number", name="pk_journal_facts"),
    )
