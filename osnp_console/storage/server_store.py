"""A base on a PostgreSQL server that several desks share: created, opened, brought up to date.

The journal's seals need a key that the server does not have: the site's key, 32 bytes, made when the base
is created and given once to each desk, which keeps it in its keyring. The base holds a witness of it (a
desk with another key is refused before it writes a line that nobody could verify) and a mark of its own,
which names it in the head files.

Heads: each desk keeps a file of its own, on its own disk, sealed with the site's key. It names the end of
the chains that this desk wrote, after each commit, and of the others' chains as they stood when it opened
the base. Whoever rules the server can thus neither change a line, nor cut off the end of a chain, without
a desk telling it. The file is made when the desk joins, that is when the site's key is given to it; one
that is gone later is told as missing, not made again. After the server was restored from an older copy every
desk tells the lines that are gone, until an administrator accepts it there (`base accepter`).
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, inspect, select

from osnp_console.app.base.address import ServerAddress
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.journal import Head
from osnp_console.storage import failures, tables
from osnp_console.storage.chain_ends import fits
from osnp_console.storage.failures import failure, told
from osnp_console.storage.heads import HeadPlace, witness
from osnp_console.storage.journal_records import ends_of
from osnp_console.storage.search import CommuneCodes
from osnp_console.storage.server_engine import be_patient, lock_number, open_server_engine
from osnp_console.storage.server_failures import GONE, NOT_REACHED
from osnp_console.storage.store import Store, as_code
from osnp_console.storage.upgrade import (
    HEAD,
    REVISIONS,
    apply_revisions,
    check_writable,
    create_schema,
    revision_of,
)
from osnp_console.storage.word_index import index_is_current, rebuild_index

MARK, WITNESS = "marque", "temoin"
"""Notes of a base on a server: what names it, and what tells its key from another."""
ALREADY = "Ce serveur a déjà une base à cet endroit. Rien n’a été modifié."
NOT_OURS = "Cette base du serveur contient autre chose. Rien n’a été modifié. En prendre une vide."
NO_BASE = "Il n’y a pas encore de base de la console à cet endroit du serveur. Rien n’a été modifié."
WAITING = "Un autre poste met la base à jour : la console attend qu’il ait fini."
_MARK_BYTES = 16
_SCHEMA_LOCK = lock_number("schéma")
_n = tables.notes.c


@dataclass(frozen=True, slots=True)
class Server:
    """A base on a server as this desk reaches it.

    `password` is the server's, None where a certificate or the server's own rules do without. `key` is the
    site's. `heads` is this desk's folder for the ends of the chains. `joins` says that the key was given
    just now, by a person: a desk without a head file then gets one.
    """

    address: ServerAddress
    password: str | None
    key: bytes
    heads: Path
    joins: bool = False


def create_server_store(
    server: Server,
    *,
    commune_codes: CommuneCodes = as_code,
    fill: Callable[[Connection], Mapping[str, Head]] = lambda connection: {},
) -> Store:
    """Create the console's base in an empty base of the server.

    `fill` puts something into it in the same transaction, and says where the chains then end.

    Raises StoreFailure: `interdit` when it holds something, `cle`, `reseau`, `introuvable`.
    """
    with _reaching():
        engine = open_server_engine(server.address, server.password)
        try:
            with engine.begin() as connection:
                be_patient(connection)
                _take_schema_lock(connection, lambda: None)
                check_empty(connection)
                create_schema(connection)
                mark = secrets.token_bytes(_MARK_BYTES)
                notes = {MARK: mark.hex(), WITNESS: witness(server.key)}
                connection.execute(
                    insert(tables.notes), [{"name": name, "value": value} for name, value in notes.items()]
                )
                ends = fill(connection)
            heads = head_place(server, mark)
            heads.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            heads.write(server.key, ends)
        except BaseException:
            engine.dispose()
            raise
    return Store(heads, server.key, engine, commune_codes, check_writable)


@contextmanager
def _reaching() -> Iterator[None]:
    """As `told`, of a base that is not open yet: nothing that was typed waits for it."""
    try:
        with told():
            yield
    except StoreFailure as refused:
        if refused.message == GONE:
            raise StoreFailure("reseau", NOT_REACHED) from refused
        raise


def check_empty(connection: Connection) -> None:
    """Raises StoreFailure (`interdit`) for a base that holds tables, ours or others."""
    if revision_of(connection) is not None:
        raise failure("interdit", ALREADY)
    if inspect(connection).get_table_names():
        raise failure("interdit", NOT_OURS)


def open_server_store(
    server: Server,
    *,
    migrate: bool = True,
    commune_codes: CommuneCodes = as_code,
    waiting: Callable[[], None] = lambda: None,
) -> Store:
    """Open the base; an older one is brought up to date by one desk while the others wait.

    `waiting` is called once, on this thread, when another desk is at it (`WAITING` says so). With `migrate`
    false the base and this desk's heads are left as they are.

    Raises StoreFailure: `introuvable`, `cle`, `reseau`, `base_plus_recente`, `base_verrouillee`, `disque`,
    `interdit`.
    """
    with _reaching():
        engine = open_server_engine(server.address, server.password)
        try:
            with engine.connect() as connection:
                check_revision_there(connection)
                mark = check_site_key(connection, server.key)
            if migrate:
                bring_server_up_to_date(engine, waiting)
            heads = head_place(server, mark)
            if migrate:
                _note_ends(engine, heads, server)
        except BaseException:
            engine.dispose()
            raise
    return Store(heads, server.key, engine, commune_codes, check_writable)


def check_revision_there(connection: Connection) -> str:
    """The base's revision; raises StoreFailure for none, another program's and a newer one."""
    revision = revision_of(connection)
    if revision is None:
        others = inspect(connection).get_table_names()
        raise failure("base_endommagee", NOT_OURS) if others else failure("introuvable", NO_BASE)
    if revision not in REVISIONS:
        raise failure("base_plus_recente")
    return revision


def check_site_key(connection: Connection, key: bytes) -> bytes:
    """The base's mark, once the key is the site's; raises StoreFailure (`cle`)."""
    notes = {row.name: row.value for row in connection.execute(select(_n.name, _n.value))}
    if MARK not in notes or WITNESS not in notes:
        raise failure("base_endommagee", NOT_OURS)
    if not hmac.compare_digest(notes[WITNESS], witness(key)):
        raise failure("cle", failures.WRONG_KEY)
    return bytes.fromhex(notes[MARK])


def bring_server_up_to_date(engine: Engine, waiting: Callable[[], None]) -> tuple[str, str]:
    """Migrate an older base, one desk at a time; its revision before and after.

    All of it is one transaction: a failure, or a desk that stops in the middle, leaves the base as it was.
    """
    with engine.connect() as connection:
        before = check_revision_there(connection)
        if before == HEAD and index_is_current(connection):
            return before, HEAD
        connection.rollback()
        be_patient(connection)
        _take_schema_lock(connection, waiting)
        # Whoever was at it may have done it all, or be a newer console.
        revision = check_revision_there(connection)
        if revision != HEAD:
            apply_revisions(connection)
        if not index_is_current(connection):
            rebuild_index(connection)
        connection.commit()
    return before, HEAD


def _take_schema_lock(connection: Connection, waiting: Callable[[], None]) -> None:
    """Be the one desk that changes the schema, until the transaction ends."""
    if not connection.execute(select(func.pg_try_advisory_xact_lock(_SCHEMA_LOCK))).scalar():
        waiting()
        connection.execute(select(func.set_config("lock_timeout", "0", True)))
        connection.execute(select(func.pg_advisory_xact_lock(_SCHEMA_LOCK)))
    # Other desks finish what they are at; a desk that never does must not hold everybody up.
    connection.execute(select(func.set_config("lock_timeout", "30s", True)))


def head_place(server: Server, mark: bytes) -> HeadPlace:
    """This desk's file for the ends of the chains of the base that bears this mark."""
    return HeadPlace(server.heads / f"serveur-{mark.hex()}.tete", lambda: mark)


def _note_ends(engine: Engine, heads: HeadPlace, server: Server) -> None:
    """Note where every chain ends now; a head that its chain no longer has is left: it shows a cut."""
    known = heads.read(server.key)
    if known is None and server.joins:
        heads.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        heads.write(server.key, {})
        known = heads.read(server.key)
    if known is None or not known.sound:
        return
    noted = dict(known.heads)
    with engine.connect() as connection:
        for end in ends_of(connection):
            if fits(known.head(end.desk), end, connection):
                noted[end.desk] = end
    if noted != known.heads:
        heads.write(server.key, noted)
