"""A connection to the server that never waits for ever, and what it asks of the server for that.

A cut link may say nothing: a statement, a commit and the connecting itself each end by their own deadline
on this side, whatever the network does, and the server lets go of what a lost desk held.
Imported only where a server is used: psycopg costs a quarter of a second.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from psycopg import waiting

from osnp_console.app.base.address import ServerAddress

RV = TypeVar("RV")
CONNECT_SECONDS = 5
STATEMENT_SECONDS = 10
"""How long the server works on one statement before it gives it up."""
LOCK_SECONDS = 4
"""How long a statement waits for what another desk holds; the caller tries again later."""
ANSWER_SECONDS = 15.0
"""How long this side waits for an answer before it takes the link for lost: longer than the server works."""
IDLE_SECONDS = 20
"""How long a transaction may rest before the server ends it: longer than this side waits for an answer.

A desk that goes away while it books keeps the others from the shared agenda for that long.
"""
_SETTINGS = {
    # Whatever the server's usual way: what was committed is on its disk, also when it is killed.
    "synchronous_commit": "on",
    "statement_timeout": f"{STATEMENT_SECONDS}s",
    "lock_timeout": f"{LOCK_SECONDS}s",
    "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "default_transaction_isolation": "read\\ committed",
    "search_path": "public",
    "TimeZone": "UTC",
}


_log = logging.getLogger(__name__)


class _OwnEvent(logging.Filter):
    """What psycopg cannot end in order on a dead link is an event of ours, not a text on the screen.

    The failure itself is raised to whoever asked. `_pipeline.py` and `connection.py` of psycopg 3 begin all
    of these with the same words.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if not str(record.msg).startswith("error ignored"):
            return True
        _log.info("liaison_morte_fermee")
        return False


logging.getLogger("psycopg").addFilter(_OwnEvent())


class Link(psycopg.Connection[Any]):
    """A psycopg connection whose every answer has a deadline (`patience`, in seconds; None for none)."""

    patience: float | None = ANSWER_SECONDS

    def wait(
        self,
        gen: Generator[waiting.Wait, waiting.Ready | int, RV],
        interval: float = 0.1,
        timeout: float | None = None,
    ) -> RV:
        """Wait for an answer; raises psycopg.OperationalError once the deadline has passed."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except psycopg.errors._WaitTimeout as error:
            # What comes later would be taken for the answer to another statement.
            self.pgconn.finish()
            raise psycopg.OperationalError("the server gave no answer in time") from error


def open_link(address: ServerAddress, password: str | None) -> Link:
    """Connect; raises psycopg.OperationalError."""
    settings = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
    chosen: dict[str, Any] = {
        "host": address.host,
        "port": address.port,
        "user": address.user,
        "dbname": address.base,
        "sslmode": address.sslmode,
        "sslcert": address.sslcert,
        "sslkey": address.sslkey,
        "sslrootcert": address.sslrootcert,
        "password": password,
    }
    return Link.connect(
        **{name: value for name, value in chosen.items() if value is not None},
        connect_timeout=CONNECT_SECONDS,
        application_name="osnp-console",
        client_encoding="utf8",
        keepalives_idle=15,
        keepalives_interval=5,
        keepalives_count=3,
        tcp_user_timeout=int(ANSWER_SECONDS * 1000),
        options=settings,
        # Else a server that offers Kerberos would be asked for a ticket nobody has.
        gssencmode="disable",
    )
