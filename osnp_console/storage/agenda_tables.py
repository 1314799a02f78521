"""The tables of the local shared agendas."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from osnp_console.storage.column_types import Line, Prose
from osnp_console.storage.tables import Instant, metadata


def _of_agenda() -> Column[str]:
    return Column("agenda", Line(64), ForeignKey("agenda.id", ondelete="CASCADE"), nullable=False)


agendas = Table(
    "agenda",
    metadata,
    Column("id", Line(64), primary_key=True),
    Column("document", Prose, nullable=False),
)

openings = Table(
    "agenda_opening",
    metadata,
    Column("id", Line(64), primary_key=True),
    _of_agenda(),
    Column("document", Prose, nullable=False),
    Index(None, "agenda"),
)

singles = Table(
    "agenda_single",
    metadata,
    Column("id", Line(64), primary_key=True),
    _of_agenda(),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("document", Prose, nullable=False),
    Index(None, "agenda", "starts_at"),
)

closures = Table(
    "agenda_closure",
    metadata,
    Column("id", Line(64), primary_key=True),
    _of_agenda(),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("document", Prose, nullable=False),
    Index(None, "agenda", "ends_at"),
)

bookings = Table(
    "agenda_booking",
    metadata,
    # The attempt's own key: sent again, it finds itself.
    Column("id", Line(64), primary_key=True),
    _of_agenda(),
    Column("who", Line(200), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    # Empty once the place was given back; several empty ones do not collide.
    Column("seat", Integer),
    Column("over_booking", Boolean, nullable=False),
    Column("state", Line(16), nullable=False),
    Column("state_since", Instant, nullable=False),
    Column("booked_at", Instant, nullable=False),
    Column("call", Line(64)),
    Column("desk", Line(32), nullable=False),
    UniqueConstraint("agenda", "who", "starts_at", "seat"),
    Index(None, "agenda", "starts_at"),
    Index(None, "call"),
)
