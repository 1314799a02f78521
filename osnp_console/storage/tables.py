"""The tables, as the newest revision has them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    text,
)

from osnp_console.domain.journal import SIGNED_IN
from osnp_console.storage.column_types import Line, Prose

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware instant: kept in UTC, handed back aware in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the base; raises ValueError for a naive instant, whose zone nobody knows."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant kept in the base is aware")
        utc = value.astimezone(UTC)
        # SQLite has no zones: its text is read back as UTC below.
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the base."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


calls = Table(
    "call",
    metadata,
    # Grows with each call taken: the most recent ones are found by it without sorting.
    Column("key", Integer, primary_key=True),
    Column("id", Line(64), nullable=False, unique=True),
    Column("desk", Line(32), nullable=False),
    Column("number", Integer, nullable=False),
    # The day in Paris on which it was taken: its number counts that day's calls.
    Column("day", Date, nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("state", Line(16), nullable=False),
    Column("state_since", Instant),
    Column("outcome", Line(32)),
    Column("call_back_at", Instant),
    Column("closed_at", Instant),
    Column("alarm_at", Instant),
    Column("alarm_seen", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    # The desk that took it over, null while it is with the desk that took it.
    Column("owner", Line(32)),
    # JSON as text: the same on every database, and never half readable by a query.
    Column("sheet_values", Prose, nullable=False),
    Column("sheet_asked", Prose, nullable=False),
    Column("sheet_pending", Prose, nullable=False),
    Column("person", Prose, nullable=False, server_default=""),
    Column("commune", Line(5)),
    Column("reason", Line(64)),
    # Its words between blanks: ` n:martin t:0261911234 o: `.
    Column("found_by", Prose, nullable=False, server_default=""),
    Index(None, "desk", "day", "number"),
    Index(None, "state", "taken_at"),
    Index(None, "day", "taken_at"),
    Index(None, "outcome", "call_back_at"),
)

# The index of what calls are found by. Ranges compare bytes, hence the "C" collation.
words = Table(
    "call_word",
    metadata,
    Column("word", Line(40, "C"), primary_key=True),
    Column("key", Integer, ForeignKey("call.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

SIGN_INS = text(f"kind = '{SIGNED_IN}'")
"""Which lines of the journal are sign-ins; said by the query as by the index, which is then used."""

journal = Table(
    "journal",
    metadata,
    Column("desk", Line(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", Line(32), nullable=False),
    # No foreign key: the journal outlives the calls it speaks of.
    Column("call", Line(64), index=True),
    Column("facts_hash", Line(64), nullable=False),
    Column("seal", Line(64), nullable=False),
    # The account of whoever did it; no foreign key, for the same reason as the call.
    Column("person", Line(64)),
    # A few of its lines only: when each account last signed in.
    Index(None, "person", "at", sqlite_where=SIGN_INS, postgresql_where=SIGN_INS),
)

facts = Table(
    "journal_facts",
    metadata,
    Column("desk", Line(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("facts", Prose, nullable=False),
    ForeignKeyConstraint(["desk", "number"], ["journal.desk", "journal.number"]),
)

notes = Table(
    "base_note",
    metadata,
    Column("name", Line(32), primary_key=True),
    Column("value", Prose, nullable=False),
)

version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Alembic's own table; outside `metadata`, which holds ours."""
