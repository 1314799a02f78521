"""Types of columns that hold text: the same on an encrypted file and on a server."""

from __future__ import annotations

from sqlalchemy import Dialect, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine


def line(length: int, collation: str | None = None) -> String:
    """The type of a `Line` as a migration creates it."""
    return String(length).with_variant(Text(collation=collation), "postgresql")


class Line(TypeDecorator[str]):
    """A short text of at most that many characters, by intent: no database refuses a longer one.

    SQLite never enforced it; what was typed must not be lost on a server that would. A zero character,
    which PostgreSQL cannot keep, becomes U+FFFD there.
    """

    impl = String
    cache_ok = True

    def __init__(self, length: int, collation: str | None = None) -> None:
        super().__init__(length)
        self.length = length
        self.collation_there = collation

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Text on a server, in the collation asked for."""
        if dialect.name != "postgresql":
            return String(self.length)
        return Text(collation=self.collation_there)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To the base."""
        if value is None or dialect.name != "postgresql":
            return value
        return value.replace("\0", "\ufffd")


class Prose(Line):
    """A text of any length, kept like a `Line`."""

    impl = Text
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(0)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Text everywhere."""
        return Text()
