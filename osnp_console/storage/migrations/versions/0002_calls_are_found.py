"""What calls are found by: words, and what a list shows of them.

The store fills both from the sheets after this revision, as it does whenever it reads words differently.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osnp_console.storage.column_types import line

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table of words."""
    op.add_column("call", sa.Column("person", sa.Text(), nullable=False, server_default=""))
    op.add_column("call", sa.Column("commune", line(5)))
    op.add_column("call", sa.Column("reason", line(64)))
    op.add_column("call", sa.Column("found_by", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_call_day_taken_at", "call", ["day", "taken_at"])
    op.create_index("ix_call_outcome_call_back_at", "call", ["outcome", "call_back_at"])
    op.create_table(
        "call_word",
        sa.Column("word", line(40, "C"), nullable=False),
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["key"], ["call.key"], name="fk_call_word_key_call", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "key", name="pk_call_word"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "base_note",
        sa.Column("name", line(32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_base_note"),
    )
