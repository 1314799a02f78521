"""One transaction on the base: it reads until something is written, and leaves no trace unless committed."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from osnp_console.storage.engine import begin_writing


class Transaction:
    """A connection lent for one unit of work; not for several threads at once."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect()
        self._writes = False

    @property
    def reading(self) -> Connection:
        """The connection, for statements that only read."""
        return self._connection

    def writing(self) -> Connection:
        """The connection with the right to write; whoever holds it is the only writer until the end."""
        if not self._writes:
            begin_writing(self._connection)
            self._writes = True
        return self._connection

    def commit(self) -> None:
        """Put what was written on the disk."""
        self._connection.commit()
        self._writes = False

    def end(self) -> None:
        """Give the connection back; what was not committed is gone."""
        self._connection.close()
