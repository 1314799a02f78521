"""Trying a base on a server: whether this desk may open it, and what opening it would do. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, inspect, select

from osnp_console.app.ports import StoreFailure
from osnp_console.storage.account_tables import accounts
from osnp_console.storage.failures import told
from osnp_console.storage.journal_records import ends_of
from osnp_console.storage.server_engine import lock_number, open_server_engine
from osnp_console.storage.server_failures import GONE, NOT_REACHED
from osnp_console.storage.server_store import Server, check_revision_there, check_site_key
from osnp_console.storage.upgrade import HEAD
from osnp_console.storage.word_index import index_is_current

BUSY_NOW = (
    "Un autre poste met la base à jour en ce moment, et rien ne s’y lit. Réessayer dans quelques minutes."
)


@dataclass(frozen=True, slots=True)
class Trial:
    """A base of the console that the desk's secrets open; `desks` are the codes of those that wrote in it."""

    has_accounts: bool
    is_older: bool
    is_being_updated: bool
    desks: frozenset[str]


def try_server(server: Server) -> Trial:
    """Connect, and look.

    Raises StoreFailure: `introuvable`, `cle`, `reseau`, `base_plus_recente`, `base_verrouillee`, `interdit`,
    `base_endommagee` for what is no base of the console.
    """
    engine = open_server_engine(server.address, server.password)
    try:
        with told(), engine.connect() as connection:
            return _look(connection, server.key)
    except StoreFailure as failure:
        if failure.message == GONE:  # nothing was typed yet that would wait for it
            raise StoreFailure("reseau", NOT_REACHED) from failure
        if failure.code == "base_verrouillee":
            raise StoreFailure(failure.code, BUSY_NOW) from failure
        raise
    finally:
        engine.dispose()


def _look(connection: Connection, key: bytes) -> Trial:
    revision = check_revision_there(connection)
    check_site_key(connection, key)
    is_older = revision != HEAD or not index_is_current(connection)
    being_updated = is_older and _is_being_updated(connection)
    desks = frozenset(end.desk for end in ends_of(connection))
    return Trial(_has_accounts(connection), is_older, being_updated, desks)


def _has_accounts(connection: Connection) -> bool:
    if not inspect(connection).has_table(accounts.name):
        return False  # older than accounts are
    return connection.execute(select(accounts.c.id).limit(1)).first() is not None


def _is_being_updated(connection: Connection) -> bool:
    """Whether another desk holds the schema; what is taken here goes with the transaction, at once."""
    return not connection.execute(select(func.pg_try_advisory_xact_lock(lock_number("schéma")))).scalar()
