"""Where communes are, as the national directory of communes answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osnp_console.storage.column_types import line

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "commune_centre",
        sa.Column("commune", line(5), nullable=False),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("commune", name="pk_commune_centre"),
    )
