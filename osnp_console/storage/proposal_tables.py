"""The table of slots that desks propose at the moment."""

from __future__ import annotations

from sqlalchemy import Column, Table

from osnp_console.storage.column_types import Line
from osnp_console.storage.tables import Instant, metadata

proposals = Table(
    "slot_proposal",
    metadata,
    # One row a desk: a proposal takes the place of the desk's former one.
    Column("desk", Line(32), primary_key=True),
    Column("slot", Line(64), nullable=False),
    Column("person", Line(80), nullable=False),
    Column("until", Instant, nullable=False),
)
