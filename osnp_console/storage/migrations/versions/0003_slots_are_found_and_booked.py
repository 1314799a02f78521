"""Agenda sources and what is remembered of them, effecteurs, appointments, the local shared agendas."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from osnp_console.storage.column_types import line

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _create_sources()
    _create_appointments()
    _create_agendas()
    _create_bookings()


def _create_sources() -> None:
    op.create_table(
        "source",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", line(64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_source"),
        sa.UniqueConstraint("id", name="uq_source_id"),
    )
    op.create_table(
        "source_memory",
        sa.Column("source", line(64), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=False),
        sa.Column("had_slots_at", INSTANT),
        sa.Column("slots", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"], ["source.id"], name="fk_source_memory_source_source", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source", name="pk_source_memory"),
    )
    op.create_table(
        "effecteur",
        sa.Column("id", line(64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_effecteur"),
    )


def _create_appointments() -> None:
    op.create_table(
        "appointment",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", line(64), nullable=False),
        sa.Column("call", line(64), nullable=False),
        sa.Column("desk", line(32), nullable=False),
        sa.Column("source", line(64), nullable=False),
        sa.Column("state", line(16), nullable=False),
        sa.Column("state_since", INSTANT, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("dispositif", line(128)),
        sa.Column("reference", sa.Text()),
        sa.Column("message", sa.Text()),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_appointment"),
        sa.UniqueConstraint("id", name="uq_appointment_id"),
    )
    op.create_index("ix_appointment_call_asked_at", "appointment", ["call", "asked_at"])
    op.create_index("ix_appointment_state_asked_at", "appointment", ["state", "asked_at"])


def _create_agendas() -> None:
    op.create_table(
        "agenda",
        sa.Column("id", line(64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agenda"),
    )
    spans = {"agenda_opening": False, "agenda_single": True, "agenda_closure": True}
    for table, dated in spans.items():
        span = (
            sa.Column("starts_at", INSTANT, nullable=False),
            sa.Column("ends_at", INSTANT, nullable=False),
        )
        op.create_table(
            table,
            sa.Column("id", line(64), nullable=False),
            sa.Column("agenda", line(64), nullable=False),
            *(span if dated else ()),
            sa.Column("document", sa.Text(), nullable=False),
            sa.ForeignKeyConstraint(
                ["agenda"], ["agenda.id"], name=f"fk_{table}_agenda_agenda", ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        )
    op.create_index("ix_agenda_opening_agenda", "agenda_opening", ["agenda"])
    op.create_index("ix_agenda_single_agenda_starts_at", "agenda_single", ["agenda", "starts_at"])
    op.create_index("ix_agenda_closure_agenda_ends_at", "agenda_closure", ["agenda", "ends_at"])


def _create_bookings() -> None:
    op.create_table(
        "agenda_booking",
        sa.Column("id", line(64), nullable=False),
        sa.Column("agenda", line(64), nullable=False),
        sa.Column("who", line(200), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("seat", sa.Integer()),
        sa.Column("over_booking", sa.Boolean(), nullable=False),
        sa.Column("state", line(16), nullable=False),
        sa.Column("state_since", INSTANT, nullable=False),
        sa.Column("booked_at", INSTANT, nullable=False),
        sa.Column("call", line(64)),
        sa.Column("desk", line(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda"], ["agenda.id"], name="fk_agenda_booking_agenda_agenda", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_booking"),
        sa.UniqueConstraint(
            "agenda", "who", "starts_at", "seat", name="uq_agenda_booking_agenda_who_starts_at_seat"
        ),
    )
    op.create_index("ix_agenda_booking_agenda_starts_at", "agenda_booking", ["agenda", "starts_at"])
    op.create_index("ix_agenda_booking_call", "agenda_booking", ["call"])
