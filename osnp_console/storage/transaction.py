"""One transaction on the base: it reads until something is written, and leaves no trace unless committed."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine

from osnp_console.app.base.live import Change, Subject
from osnp_console.storage.engine import begin_writing
from osnp_console.storage.live_feed import announce
from osnp_console.storage.server_engine import hold, is_server


class Transaction:
    """A connection lent for one unit of work; not for several threads at once.

    `before_writing` is done once, at the beginning of what writes. `link` is what the desk's announcements
    to the other ones are told apart by.
    """

    def __init__(
        self,
        engine: Engine,
        before_writing: Callable[[Connection], None] = lambda connection: None,
        link: str = "",
    ) -> None:
        self._connection = engine.connect()
        self._before_writing = before_writing
        self._link = link
        self._changes: set[Change] = set()
        self._writes = False

    @property
    def reading(self) -> Connection:
        """The connection, for statements that only read."""
        return self._connection

    def writing(self) -> Connection:
        """The connection with the right to write.

        On an encrypted file, whoever holds it is the only writer until the end. On a server others write
        too: what must not change under a unit is held by it (`hold`, row locks), and each statement reads
        what was committed before it.
        """
        if not self._writes:
            begin_writing(self._connection)
            self._before_writing(self._connection)
            self._writes = True
        return self._connection

    def hold(self, kind: str, name: str) -> Connection:
        """The right to write, and to be the only one with this name until the end (`server_engine.hold`)."""
        connection = self.writing()
        hold(connection, kind, name)
        return connection

    def tell(self, subject: Subject, what: str = "") -> None:
        """Note something written that other desks may have on screen: they hear of it with the commit."""
        self._changes.add(Change(subject, what))

    def commit(self) -> None:
        """Put what was written on the disk, and tell the other desks."""
        if self._changes and is_server(self._connection):
            announce(self._connection, self._changes, self._link)
        self._connection.commit()
        self._changes.clear()
        self._writes = False

    def end(self) -> None:
        """Give the connection back; what was not committed is gone."""
        self._connection.close()
