"""The tables of what a site settles of its papers, and of the sheets that wait to be printed."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table

from osnp_console.storage.column_types import Line, Prose
from osnp_console.storage.tables import Instant, metadata

site_papers = Table(
    "site_paper",
    metadata,
    # One row.
    Column("name", Line(16), primary_key=True),
    Column("document", Prose, nullable=False),
    Column("person", Line(80), nullable=False),
    Column("at", Instant, nullable=False),
)

logos = Table(
    "site_logo",
    metadata,
    # From left to right, from 0 on.
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

prints = Table(
    "waiting_print",
    metadata,
    Column("id", Line(64), primary_key=True),
    # No foreign key: a print is let go of by hand alone.
    Column("prescription", Line(64), nullable=False),
    Column("desk", Line(32), nullable=False),
    Column("size", Line(8), nullable=False),
    Column("printer", Line(160), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("outcome", Line(16), nullable=False),
    Column("sentence", Prose, nullable=False),
    Index(None, "desk", "asked_at"),
)
