"""Which desk has a call in hand, where another one than the desk that took it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osnp_console.storage.column_types import line

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; calls of before are with the desk that took them."""
    op.add_column("call", sa.Column("owner", line(32)))
