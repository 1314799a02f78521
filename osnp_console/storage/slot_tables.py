"""The tables of sources, effecteurs, appointments, and of where communes are."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from osnp_console.storage.tables import Instant, metadata

sources = Table(
    "source",
    metadata,
    # Grows with each source added: they are listed in that order.
    Column("key", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("document", Text, nullable=False),
)

memories = Table(
    "source_memory",
    metadata,
    Column("source", String(64), ForeignKey("source.id", ondelete="CASCADE"), primary_key=True),
    Column("answered_at", Instant, nullable=False),
    Column("had_slots_at", Instant),
    Column("slots", Text, nullable=False),
)

effecteurs = Table(
    "effecteur",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("document", Text, nullable=False),
)

appointments = Table(
    "appointment",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    # No foreign key: a call may still wait to be written when its appointment is.
    Column("call", String(64), nullable=False),
    Column("desk", String(32), nullable=False),
    Column("source", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("state_since", Instant, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("dispositif", String(128)),
    Column("reference", Text),
    Column("message", Text),
    Column("typed", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "call", "asked_at"),
    Index(None, "state", "asked_at"),
)

centres = Table(
    "commune_centre",
    metadata,
    Column("commune", String(5), primary_key=True),
    # Both null: the commune was asked for and is not known there.
    Column("latitude", Float),
    Column("longitude", Float),
    Column("read_at", Instant, nullable=False),
)
