"""Units of work opened for somebody: their rights as the base has them now, their name on every line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from osnp_console.app.local_agenda.records import LocalAgendaRecords
from osnp_console.app.people.account_records import AccountRecords
from osnp_console.app.people.session import NOBODY, Session, Standing, session_of
from osnp_console.app.places.position_records import PositionRecords
from osnp_console.app.ports import (
    AppointmentRecords,
    Background,
    CallRecords,
    EffecteurRecords,
    JournalRecords,
    OpenUnit,
    PastEntry,
    SourceRecords,
    Unit,
)
from osnp_console.app.prescription.print_records import PrintRecords
from osnp_console.app.prescription.records import NurseRecords, PrescriptionRecords
from osnp_console.app.prescription.site_records import SitePaperRecords
from osnp_console.app.slots.proposals import ProposalRecords
from osnp_console.app.transfer.records import TransferRecords
from osnp_console.app.waiting.records import WaitingRecords
from osnp_console.domain.journal import BASE_CARED_FOR, Facts, JournalEntry, JournalLine
from osnp_console.domain.permissions import Act

T = TypeVar("T")
COPIED, RESTORED = "copie", "restauration"
"""What the journal calls a copy of the base, and a copy put in its place."""


def signed(open_unit: OpenUnit, session: Session) -> OpenUnit:
    """The units of `open_unit`, for a session.

    Whoever signed in has the rights that their account has in the base now, not those it had then: blocked
    meanwhile, it has none. A session without a person has those that the base leaves to a desk.
    """

    @contextmanager
    def opened() -> Iterator[Unit]:
        with open_unit() as unit:
            yield SignedUnit(unit, session)

    def units() -> AbstractContextManager[Unit]:
        return opened()

    return units


class SignedUnit:
    """One transaction of a session (`app.ports.Unit`)."""

    def __init__(self, unit: Unit, session: Session) -> None:
        self._unit = unit
        self._given = session
        self._now: Session | None = None
        self.journal: JournalRecords = SignedJournal(unit.journal, session.person)

    @property
    def session(self) -> Session:
        """Who acts, as the base knows them now."""
        if self._now is None:
            self._now = self._as_kept()
        return self._now

    def _as_kept(self) -> Session:
        given = self._given
        if given.standing is Standing.NOBODY:
            return given
        if given.person is None:
            left = self._unit.session
            return replace(left, desk=given.desk, at=given.at, why_closed=given.why_closed)
        kept = self._unit.accounts.get(given.person)
        if kept is None:
            return replace(NOBODY, desk=given.desk, at=given.at)
        return session_of(kept.account, given.desk, given.at)

    @property
    def calls(self) -> CallRecords:
        return self._unit.calls

    @property
    def sources(self) -> SourceRecords:
        return self._unit.sources

    @property
    def effecteurs(self) -> EffecteurRecords:
        return self._unit.effecteurs

    @property
    def appointments(self) -> AppointmentRecords:
        return self._unit.appointments

    @property
    def agendas(self) -> LocalAgendaRecords:
        return self._unit.agendas

    @property
    def positions(self) -> PositionRecords:
        return self._unit.positions

    @property
    def proposals(self) -> ProposalRecords:
        return self._unit.proposals

    @property
    def transfers(self) -> TransferRecords:
        return self._unit.transfers

    @property
    def waiting(self) -> WaitingRecords:
        return self._unit.waiting

    @property
    def prescriptions(self) -> PrescriptionRecords:
        return self._unit.prescriptions

    @property
    def nurses(self) -> NurseRecords:
        return self._unit.nurses

    @property
    def site_papers(self) -> SitePaperRecords:
        return self._unit.site_papers

    @property
    def prints(self) -> PrintRecords:
        return self._unit.prints

    @property
    def accounts(self) -> AccountRecords:
        return self._unit.accounts

    def commit(self) -> None:
        """Write for good; raises StoreFailure when it cannot."""
        self._unit.commit()


class SignedJournal:
    """The journal of a session: an entry that names nobody yet is the session's."""

    def __init__(self, journal: JournalRecords, person: str | None) -> None:
        self._journal = journal
        self._person = person

    def append(self, entry: JournalEntry) -> JournalLine:
        """Seal an entry; what somebody else typed before keeps their name."""
        return self._journal.append(
            entry if entry.person is not None else replace(entry, person=self._person)
        )

    def of_call(self, call: str) -> Sequence[PastEntry]:
        """What happened to a call, in order."""
        return self._journal.of_call(call)


def note(unit: Unit, kind: str, about: Facts, call: str | None = None) -> None:
    """Journal an act of the unit's session, within its transaction.

    Where nobody is signed in there is no such line, as before there were accounts.
    """
    session = unit.session
    if session.person is not None and session.desk and session.at is not None:
        unit.journal.append(JournalEntry(session.desk, session.at, kind, call, about))


def requiring(act: Act) -> Callable[[OpenUnit], None]:
    """Work for the store: nothing, unless whoever acts may not do it; then the work raises Forbidden.

    For what begins outside the store: a request to an agenda, a secret in the keyring.
    """

    def work(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            unit.session.require(act)

    return work


def caring_for_base(what: str) -> Callable[[OpenUnit], None]:
    """Work for the store, before the base is copied or verified from the window: whether that is allowed.

    The journal says what was begun; the work raises Forbidden, StoreFailure.
    """

    def work(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            unit.session.require(Act.CARE_FOR_BASE)
            note(unit, BASE_CARED_FOR, {"quoi": what})
            unit.commit()

    return work


def noting_restored(desk: str, now: datetime, session: Session) -> Callable[[OpenUnit], None]:
    """Work for the store, in a base that was put in the place of another: its journal says who did it.

    Whoever did may not be in it yet, or any more: they were asked of the base before. The work raises
    StoreFailure.
    """

    def work(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            told = {"quoi": RESTORED}
            unit.journal.append(JournalEntry(desk, now, BASE_CARED_FOR, None, told, session.person))
            unit.commit()

    return work


class SignedBackground:
    """Work on a store, each for whoever is signed in when it is asked for (`app.ports.Background`)."""

    def __init__(self, background: Background, session: Callable[[], Session]) -> None:
        self._background = background
        self._session = session

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        """Queue `work` for the session of now, whoever is signed in when its turn comes."""
        session = self._session()
        return self._background.submit(lambda units: work(signed(units, session)))
