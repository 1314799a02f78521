"""The base as a whole: created or opened, then one unit of work after another."""

from __future__ import annotations

import contextlib
import logging
import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from osnp_console.app.people.session import NOBODY, UNNAMED, Session
from osnp_console.app.ports import StoreFailure
from osnp_console.storage import failures
from osnp_console.storage.account_records import StoredAccounts
from osnp_console.storage.agenda_records import StoredAgendas
from osnp_console.storage.appointment_records import StoredAppointments
from osnp_console.storage.chain_ends import StoredEnds, fits
from osnp_console.storage.engine import file_header, is_plain, open_engine
from osnp_console.storage.failures import failure, told
from osnp_console.storage.files import HEAD, beside, keep_private
from osnp_console.storage.heads import HeadPlace, heads_beside, journal_key, read_heads
from osnp_console.storage.journal_records import StoredJournal
from osnp_console.storage.nurse_records import StoredNurses
from osnp_console.storage.position_records import StoredPositions
from osnp_console.storage.prescription_records import StoredPrescriptions
from osnp_console.storage.proposal_records import StoredProposals
from osnp_console.storage.records import StoredCalls
from osnp_console.storage.search import CommuneCodes
from osnp_console.storage.site_paper_records import StoredPrints, StoredSitePapers
from osnp_console.storage.source_records import StoredEffecteurs, StoredSources
from osnp_console.storage.swap import finish_swap
from osnp_console.storage.transaction import Transaction
from osnp_console.storage.transfer_records import StoredTransfers
from osnp_console.storage.upgrade import bring_up_to_date, check_revision, create_schema
from osnp_console.storage.waiting_records import StoredWaiting

_log = logging.getLogger(__name__)


class Store:
    """An open base. Its methods raise StoreFailure; use it from one thread (`StoreThread`)."""

    def __init__(
        self,
        heads: HeadPlace,
        key: bytes,
        engine: Engine,
        commune_codes: CommuneCodes,
        before_writing: Callable[[Connection], None] = lambda connection: None,
    ) -> None:
        self.commune_codes = commune_codes
        self.engine = engine
        self._heads = heads
        self._key = key
        self._journal_key = journal_key(key)
        self._before_writing = before_writing
        self.link = secrets.token_hex(8)
        """What other desks tell this one's announcements apart by."""

    @contextmanager
    def unit(self) -> Iterator[StoredUnit]:
        """One transaction: leaving it without `commit` writes nothing."""
        with told():
            transaction = Transaction(self.engine, self._before_writing, self.link)
            try:
                yield StoredUnit(self, transaction, self._journal_key)
            finally:
                transaction.end()

    def advance_heads(self, journal: StoredJournal, transaction: Transaction) -> None:
        """Write where the chains end now. A head that does not fit its chain is left: it shows a cut.

        A disk or a base that refuses costs nothing here: the lines are committed, and whoever committed
        them must not believe that they are not. The next commit names them.
        """
        with contextlib.suppress(StoreFailure), told():
            known = self._heads.read(self._key)
            if known is None or not known.sound:
                return
            heads = dict(known.heads)
            for desk, end in journal.after.items():
                if fits(known.head(desk), journal.before[desk], transaction.reading):
                    heads[desk] = end
            if heads != known.heads:
                self._heads.write(self._key, heads)
            return
        _log.warning("repere_non_ecrit")

    def ends(self) -> StoredEnds:
        """Where the chains end, as this desk noted it and as they do."""
        return StoredEnds(self._heads, self._key, self.engine)

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        self.engine.dispose()


class StoredUnit:
    """One transaction on the base (`app.ports.Unit`)."""

    def __init__(self, store: Store, transaction: Transaction, key: bytes) -> None:
        self._store = store
        self._transaction = transaction
        self.calls = StoredCalls(transaction, store.commune_codes)
        self.journal = StoredJournal(transaction, key)
        self.sources = StoredSources(transaction)
        self.effecteurs = StoredEffecteurs(transaction)
        self.appointments = StoredAppointments(transaction)
        self.agendas = StoredAgendas(transaction)
        self.positions = StoredPositions(transaction)
        self.accounts = StoredAccounts(transaction)
        self.proposals = StoredProposals(transaction)
        self.transfers = StoredTransfers(transaction)
        self.waiting = StoredWaiting(transaction)
        self.prescriptions = StoredPrescriptions(transaction)
        self.nurses = StoredNurses(transaction)
        self.site_papers = StoredSitePapers(transaction)
        self.prints = StoredPrints(transaction)

    @property
    def session(self) -> Session:
        """Nobody is named here: any desk while the base has no account, nobody once it has one."""
        return NOBODY if self.accounts.any() else UNNAMED

    def commit(self) -> None:
        """Write for good; raises StoreFailure when it cannot, and then nothing was written."""
        with told():
            self._transaction.commit()
        if self.journal.after:
            self._store.advance_heads(self.journal, self._transaction)


def as_code(commune: str) -> Collection[str]:
    """A commune of the search line that is an INSEE code already."""
    return (commune,)


def create_store(file: Path, key: bytes, *, commune_codes: CommuneCodes = as_code) -> Store:
    """Create the base, which must not exist; raises StoreFailure (`interdit` when it does).

    `commune_codes` gives the INSEE codes of a commune as `read_search` names it.
    """
    with told():
        if file.exists():
            raise failure("interdit", "Une base existe déjà à cet endroit. Rien n’a été modifié.")
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        try:
            engine = open_engine(file, key)
            _write_ahead(engine)
            with engine.begin() as connection:
                create_schema(connection)
            heads = heads_beside(file)
            heads.write(key, {})
        except BaseException:
            _remove(file)
            raise
    return Store(heads, key, engine, commune_codes)


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm", HEAD):
        beside(file, ending).unlink(missing_ok=True)


def _write_ahead(engine: Engine) -> None:
    """WAL: a reader (`base verifier`) and the console do not wait for each other.

    Kept in the file; a restored copy comes without.
    """
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def open_store(
    file: Path, key: bytes, *, migrate: bool = True, commune_codes: CommuneCodes = as_code
) -> Store:
    """Open the base; an older one is migrated after a copy was made.

    With `migrate` false nothing at all is changed, and the base may be on a disk that is only read.

    Raises StoreFailure: `introuvable`, `cle`, `base_plus_recente`, `base_endommagee`, `base_verrouillee`,
    `disque`.
    """
    with told():
        finish_swap(file)
        check_key(file, key)
        keep_private(file)
        engine = open_engine(file, key)
        try:
            check_revision(engine)
            if migrate:
                _write_ahead(engine)
                bring_up_to_date(engine, file, key)
        except BaseException:
            engine.dispose()
            raise
    return Store(heads_beside(file), key, engine, commune_codes)


def check_key(file: Path, key: bytes) -> None:
    """Whether the key opens the file; raises StoreFailure that tells a wrong key from a damaged base."""
    header = file_header(file)
    if not header:
        if file.exists():
            raise failure("base_endommagee", failures.NOT_A_BASE)
        raise failure("introuvable", failures.NO_BASE)
    if is_plain(header):
        raise failure("base_endommagee", failures.NOT_ENCRYPTED)
    known = read_heads(file, key)
    if known is not None and known.witness and not known.is_key(key):
        raise failure("cle", failures.WRONG_KEY)
    engine = open_engine(file, key)
    try:
        with told(), engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    except StoreFailure as error:
        if error.code == "base_endommagee" and (known is None or not known.witness):
            raise failure("cle", failures.KEY_OR_DAMAGE) from error
        raise
    finally:
        engine.dispose()
