"""Prescriptions for nurses, their documents and numbers, the nurses, the FINESS that a site settled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osnp_console.storage.column_types import line

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _create_prescriptions()
    _create_papers()
    _create_nurses()


def _create_prescriptions() -> None:
    op.create_table(
        "prescription",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", line(64), nullable=False),
        sa.Column("call", line(64), nullable=False),
        sa.Column("dispositif", line(128), nullable=False),
        sa.Column("desk", line(32), nullable=False),
        sa.Column("state", line(16), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", line(160)),
        sa.Column("finess", line(9), nullable=False),
        sa.Column("nurse", line(64), nullable=False),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_prescription"),
        sa.UniqueConstraint("id", name="uq_prescription_id"),
        sa.UniqueConstraint("number", name="uq_prescription_number"),
    )
    op.create_index("ix_prescription_call", "prescription", ["call"])
    op.create_index("ix_prescription_state_state_since", "prescription", ["state", "state_since"])
    op.create_index("ix_prescription_day", "prescription", ["day"])
    op.create_index("ix_prescription_nurse_day", "prescription", ["nurse", "day"])
    op.create_table(
        "prescription_number",
        sa.Column("dispositif", line(128), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("dispositif", "year", name="pk_prescription_number"),
    )


def _create_papers() -> None:
    op.create_table(
        "prescription_paper",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("prescription", line(64), nullable=False),
        sa.Column("kind", line(16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", line(71), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_prescription_paper"),
        sa.UniqueConstraint("prescription", "kind", name="uq_prescription_paper_prescription_kind"),
    )


def _create_nurses() -> None:
    op.create_table(
        "nurse",
        sa.Column("id", line(64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_nurse"),
    )
    op.create_table(
        "settled_finess",
        sa.Column("dispositif", line(128), nullable=False),
        sa.Column("finess", line(9), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("prefix_accepted", sa.Boolean(), nullable=False),
        sa.Column("person", line(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("dispositif", name="pk_settled_finess"),
    )
