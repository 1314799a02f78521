"""When each account last signed in is found without reading the whole journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the index: of the journal, only the lines of who signed in."""
    signed_in = sa.text("kind = 'connexion'")
    op.create_index(
        "ix_journal_person_at",
        "journal",
        ["person", "at"],
        sqlite_where=signed_in,
        postgresql_where=signed_in,
    )
