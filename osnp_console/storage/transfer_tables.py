"""The table of transfers to lines."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from osnp_console.storage.column_types import Line, Prose
from osnp_console.storage.tables import Instant, metadata

transfers = Table(
    "transfer",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Line(64), nullable=False, unique=True),
    # No foreign keys: a call may still wait to be written when its transfer is. Empty where there is none.
    Column("call", Line(64), nullable=False),
    Column("line_call", Line(64), nullable=False),
    Column("dispositif", Line(128), nullable=False),
    Column("desk", Line(32), nullable=False),
    Column("taken_desk", Line(32), nullable=False),
    Column("prepared_at", Instant, nullable=False),
    Column("state", Line(16), nullable=False),
    Column("state_since", Instant, nullable=False),
    Column("document", Prose, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "call"),
    Index(None, "line_call"),
    Index(None, "state", "prepared_at"),
    Index(None, "dispositif", "state_since"),
)
