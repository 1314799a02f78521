"""A store in memory that runs at once, an agenda that books, and a desk that orders bookings."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count
from typing import TypeVar, cast

from osnp_console.app.booking.book_slot import BookSlot
from osnp_console.app.booking.order import Agendas, BookingOrder
from osnp_console.app.booking.outcome import BookingDone
from osnp_console.app.effecteurs.directory import Directory
from osnp_console.app.people.session import UNNAMED
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.slots.recheck_slot import SlotRecheck
from osnp_console.app.slots.search_slots import SlotSearch
from osnp_console.app.sources.agendas import (
    Booker,
    BookingRequest,
    BookingResult,
    Cancelling,
    Connector,
    Connectors,
    Deadline,
    Outcome,
    SourceTools,
)
from osnp_console.domain.appointment import Appointment
from osnp_console.domain.dispositif import Dispositif, SlotClocks, Status
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.slots.ruling import Admission, SlotRuling
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.domain.states import Verdict
from tests.unit.desk_calls import MemoryJournal
from tests.unit.local_agendas import MemoryAgendas
from tests.unit.slot_doubles import HandTurned, ManyAgendas, made_source
from tests.unit.slot_records import MemoryAppointments
from tests.unit.strategies import SOURCE

T = TypeVar("T")
DISK_FULL = "Disque plein."
NO_ANSWER = "Le serveur ne répond plus."


class MemoryBase:
    """Appointments and journal in memory.

    `fails` makes that many commits fail, as a full disk does; `loses` loses the answers of so many that are
    done.
    """

    def __init__(self) -> None:
        self.appointments = MemoryAppointments()
        self.journal: list[JournalEntry] = []
        self.fails = 0
        self.loses = 0

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        """Do the work at once."""
        future: Future[T] = Future()
        try:
            future.set_result(work(self.unit))
        except StoreFailure as failure:
            future.set_exception(failure)
        return future

    @property
    def unit(self) -> OpenUnit:
        """Opens a transaction that knows appointments and journal, which is all that booking needs."""
        return cast(OpenUnit, self._unit)

    @contextmanager
    def _unit(self) -> Iterator[BookingUnit]:
        unit = BookingUnit(self)
        yield unit

    @property
    def kinds(self) -> list[str]:
        """What the journal holds, by kind."""
        return [entry.kind for entry in self.journal]


class BookingUnit:
    """One transaction: leaving it without `commit` writes nothing."""

    session = UNNAMED

    def __init__(self, base: MemoryBase) -> None:
        self._base = base
        self.appointments = MemoryAppointments()
        self.appointments.saved = dict(base.appointments.saved)
        self.journal = MemoryJournal(base.journal)
        self.agendas = MemoryAgendas()

    def commit(self) -> None:
        """Write for good."""
        if self._base.fails:
            self._base.fails -= 1
            raise StoreFailure("disque", DISK_FULL)
        self._base.appointments.saved = self.appointments.saved
        self._base.journal += self.journal.waiting
        if self._base.loses:
            self._base.loses -= 1
            raise StoreFailure("reseau", NO_ANSWER)


class BookingAgenda:
    """An agenda that books; its answers are scripted, and every request is kept.

    A script step is a result, an exception to raise, or something that happens before the next step.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, BookingRequest]] = []
        self.script: deque[BookingResult | Exception | Callable[[], object]] = deque()
        self.cancels: Cancelling | Exception = Cancelling(True)

    def then(self, *steps: BookingResult | Exception | Callable[[], object]) -> None:
        """Answer so."""
        self.script.extend(steps)

    def book(self, request: BookingRequest, deadline: Deadline) -> BookingResult:
        self.asked.append(("book", request))
        return self._answer()

    def verify(self, request: BookingRequest, deadline: Deadline) -> BookingResult:
        self.asked.append(("verify", request))
        return self._answer()

    def cancel(self, request: BookingRequest, reference: str, deadline: Deadline) -> Cancelling:
        self.asked.append((f"cancel {reference}", request))
        if isinstance(self.cancels, Exception):
            raise self.cancels
        return self.cancels

    def _answer(self) -> BookingResult:
        while self.script:
            step = self.script.popleft()
            if isinstance(step, BookingResult):
                return step
            if isinstance(step, Exception):
                raise step
            step()
        return BookingResult(Outcome.BOOKED, "Appointment/1")


def made_dispositif(name: str, clocks: SlotClocks | None = None) -> Dispositif:
    """A dispositif of which only the clocks matter."""
    return Dispositif(
        name,
        "CPTS de la Lande",
        "44",
        "medecine_generale",
        Status.IN_SERVICE,
        "Créneaux",
        SOURCE,
        clocks=clocks,
    )


def admits(
    name: str, verdict: Verdict = Verdict.ELIGIBLE, *missing: str, clocks: SlotClocks | None = None
) -> Admission:
    """A dispositif that says so of the call."""
    return Admission(made_dispositif(name, clocks), verdict, missing, may_refer=True)


def ruling_of(*admissions: Admission) -> SlotRuling:
    """Decides by those dispositifs alone."""
    return SlotRuling({one.dispositif.id: one for one in admissions})


class BookingDesk:
    """A desk that books in invented agendas: `a` and `b` book by themselves, `web` is a portal."""

    def __init__(self) -> None:
        self.hand = HandTurned()
        self.base = MemoryBase()
        self.read = ManyAgendas()
        self.booking = BookingAgenda()
        self.late: list[BookingDone] = []
        self.opened: list[AgendaSource] = []
        self.refuses_to_open: Exception | None = None
        names = count(1)
        connectors = self.connectors()
        search = SlotSearch(connectors, self.hand.tools(), spawn=self.hand.spawn, later=self.hand.later)
        recheck = SlotRecheck(search, self.hand.tools(), spawn=lambda work: work())
        self.use = BookSlot(
            self.base,
            connectors,
            self.hand.tools(),
            recheck,
            lambda: f"rdv-{next(names)}",
            late=self.late.append,
            spawn=lambda work: work(),
        )
        self.agendas = Agendas(
            {
                "a": made_source("a"),
                "b": made_source("b"),
                "web": made_source("web", SourceKind.PORTAL),
                "phone": made_source("phone", SourceKind.PHONE),
            },
            Directory(),
        )

    def connectors(self) -> Connectors:
        """The kinds that this desk knows."""
        read = self.read.connector()
        books = Connector(read.kind, read.title, (), open=read.open, book=self._booker)
        return {
            SourceKind.FHIR_AGENDA: books,
            SourceKind.PORTAL: Connector(SourceKind.PORTAL, "Portail", (), open=None),
            SourceKind.PHONE: Connector(SourceKind.PHONE, "Téléphone", (), open=None),
        }

    def _booker(self, source: AgendaSource, tools: SourceTools) -> Booker:
        if self.refuses_to_open is not None:
            raise self.refuses_to_open
        self.opened.append(source)
        return self.booking

    def book(
        self, slot: Slot, ruling: SlotRuling | None = None, *, go_on: str = "", override: str = ""
    ) -> BookingDone:
        """Book it for the call."""
        judged = ruling or ruling_of(admits("44-lande-mg"))
        order = BookingOrder("appel-1", "44-3", slot, judged, reason="Angine", go_on=go_on, override=override)
        return self.use.book(order, self.agendas)

    @property
    def states(self) -> list[str]:
        """Where the appointments in the base stand."""
        return [one.state.value for one in self.kept]

    @property
    def kept(self) -> list[Appointment]:
        """The appointments in the base."""
        return list(self.base.appointments.saved.values())
