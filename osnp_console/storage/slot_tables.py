"""The tables of sources, effecteurs, appointments, and of where communes are."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table

from osnp_console.storage.column_types import Line, Prose
from osnp_console.storage.tables import Instant, metadata

sources = Table(
    "source",
    metadata,
    # Grows with each source added: they are listed in that order.
    Column("key", Integer, primary_key=True),
    Column("id", Line(64), nullable=False, unique=True),
    Column("document", Prose, nullable=False),
)

memories = Table(
    "source_memory",
    metadata,
    Column("source", Line(64), ForeignKey("source.id", ondelete="CASCADE"), primary_key=True),
    Column("answered_at", Instant, nullable=False),
    Column("had_slots_at", Instant),
    Column("slots", Prose, nullable=False),
)

effecteurs = Table(
    "effecteur",
    metadata,
    Column("id", Line(64), primary_key=True),
    Column("document", Prose, nullable=False),
)

appointments = Table(
    "appointment",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Line(64), nullable=False, unique=True),
    # No foreign key: a call may still wait to be written when its appointment is.
    Column("call", Line(64), nullable=False),
    Column("desk", Line(32), nullable=False),
    Column("source", Line(64), nullable=False),
    Column("state", Line(16), nullable=False),
    Column("state_since", Instant, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("dispositif", Line(128)),
    Column("reference", Prose),
    Column("message", Prose),
    Column("typed", Prose, nullable=False),
    Column("slot", Prose, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "call", "asked_at"),
    Index(None, "state", "asked_at"),
)

centres = Table(
    "commune_centre",
    metadata,
    Column("commune", Line(5), primary_key=True),
    # Both null: the commune was asked for and is not known there.
    Column("latitude", Float),
    Column("longitude", Float),
    Column("read_at", Instant, nullable=False),
)
