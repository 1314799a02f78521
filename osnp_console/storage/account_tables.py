"""The tables of accounts and of wrong passwords."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from osnp_console.storage.column_types import Line, Prose
from osnp_console.storage.tables import Instant, metadata

accounts = Table(
    "account",
    metadata,
    Column("id", Line(64), primary_key=True),
    # As it is compared; never given to another person, since the journal names accounts.
    Column("identifier", Line(64), nullable=False, unique=True),
    Column("name", Line(80), nullable=False),
    # JSON as text, like every list here.
    Column("roles", Prose, nullable=False),
    Column("state", Line(16), nullable=False),
    # The encoded hash with its salt and parameters; empty for a removed account.
    Column("password", Prose, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
)

attempts = Table(
    "account_attempt",
    metadata,
    # A desk, or the keyed hash of what was typed as identifier: an account that does not exist has one too.
    Column("subject", Line(80), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Instant, nullable=False, index=True),
)
