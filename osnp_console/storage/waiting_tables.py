"""The table of people on waiting lists."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from osnp_console.storage.column_types import Line, Prose
from osnp_console.storage.tables import Instant, metadata

entries = Table(
    "waiting_entry",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Line(64), nullable=False, unique=True),
    # The list: the dispositif's id.
    Column("dispositif", Line(128), nullable=False),
    # No foreign key: a call may still wait to be written when its entry is. Empty where there is none.
    Column("call", Line(64), nullable=False),
    Column("desk", Line(32), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("state", Line(16), nullable=False),
    Column("state_since", Instant, nullable=False),
    Column("document", Prose, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "call"),
    Index(None, "dispositif", "made_at"),
)
