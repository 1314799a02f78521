"""The tables of prescriptions, of their documents and numbers, of nurses, of the FINESS that were settled."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, Table, UniqueConstraint

from osnp_console.storage.column_types import Line, Prose
from osnp_console.storage.tables import Instant, metadata

prescriptions = Table(
    "prescription",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Line(64), nullable=False, unique=True),
    # No foreign key: a call may still wait to be written when its prescription is.
    Column("call", Line(64), nullable=False),
    Column("dispositif", Line(128), nullable=False),
    Column("desk", Line(32), nullable=False),
    Column("state", Line(16), nullable=False),
    Column("state_since", Instant, nullable=False),
    Column("made_at", Instant, nullable=False),
    # The day it was written on, in Paris: searched by.
    Column("day", Date, nullable=False),
    # As printed; null before validation.
    Column("number", Line(160), unique=True),
    Column("finess", Line(9), nullable=False),
    Column("nurse", Line(64), nullable=False),
    # Words and act codes, each after a blank and a letter: ` n:martin n:lea a:pansement `.
    Column("found_by", Prose, nullable=False),
    Column("document", Prose, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "call"),
    Index(None, "state", "state_since"),
    Index(None, "day"),
    Index(None, "nurse", "day"),
)

numbers = Table(
    "prescription_number",
    metadata,
    # The last rank given; moved in the transaction that validates, so that no gap is left.
    Column("dispositif", Line(128), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

papers = Table(
    "prescription_paper",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("prescription", Line(64), nullable=False),
    Column("kind", Line(16), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("sha256", Line(71), nullable=False),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("prescription", "kind"),
)

nurses = Table(
    "nurse",
    metadata,
    Column("id", Line(64), primary_key=True),
    Column("document", Prose, nullable=False),
)

settled_finess = Table(
    "settled_finess",
    metadata,
    Column("dispositif", Line(128), primary_key=True),
    Column("finess", Line(9), nullable=False),
    Column("source", Prose, nullable=False),
    Column("prefix_accepted", Boolean, nullable=False),
    Column("person", Line(80), nullable=False),
    Column("at", Instant, nullable=False),
)
