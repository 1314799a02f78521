"""The local shared agendas in the base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Table, delete, select
from sqlalchemy.exc import IntegrityError

from osnp_console.app.base.live import Subject
from osnp_console.app.local_agenda.records import SeatTaken
from osnp_console.domain.agenda.booking import Booking
from osnp_console.domain.agenda.plan import Agenda, Closure, Plan, SingleOpening, WeeklyOpening
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.commune import fold
from osnp_console.storage import agenda_tables, failures
from osnp_console.storage.agenda_documents import (
    agenda_text,
    closure_text,
    read_agenda,
    read_closure,
    read_single,
    read_weekly,
    single_text,
    weekly_text,
)
from osnp_console.storage.failures import failure
from osnp_console.storage.rows import AnyRow
from osnp_console.storage.server_engine import attempt
from osnp_console.storage.source_records import put_row
from osnp_console.storage.transaction import Transaction

T = TypeVar("T")
_g, _b = agenda_tables.agendas.c, agenda_tables.bookings.c
_ENTRIES = (agenda_tables.openings, agenda_tables.singles, agenda_tables.closures)


class StoredAgendas:
    """The agendas within a transaction (`app.local_agenda_records.LocalAgendaRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[Agenda]:
        """Every agenda, by name."""
        texts = self._transaction.reading.execute(select(_g.document)).scalars()
        return sorted((read_agenda(text) for text in texts), key=lambda one: (fold(one.name), one.id))

    def put(self, agenda: Agenda) -> None:
        """Add it, or replace the one of that id; its openings, closures and bookings stay."""
        values = {"id": agenda.id, "document": agenda_text(agenda)}
        self._transaction.tell(Subject.AGENDA, agenda.id)
        put_row(self._transaction.writing(), agenda_tables.agendas, _g.id == agenda.id, values)

    def remove(self, agenda: str) -> bool:
        """Remove it with all that is in it; False when there is none of that id."""
        connection = self._transaction.writing()
        self._transaction.tell(Subject.AGENDA, agenda)
        return connection.execute(delete(agenda_tables.agendas).where(_g.id == agenda)).rowcount > 0

    def plan(self, agenda: str, start: datetime, end: datetime) -> Plan:
        """The agenda, its weekly openings, the rest that touches the window; raises StoreFailure."""
        document = self._transaction.reading.execute(select(_g.document).where(_g.id == agenda)).scalar()
        if document is None:
            raise failure("introuvable", failures.NO_AGENDA)
        openings = select(agenda_tables.openings.c.document).where(agenda_tables.openings.c.agenda == agenda)
        weekly = self._transaction.reading.execute(openings).scalars()
        return Plan(
            read_agenda(document),
            tuple(sorted((read_weekly(text) for text in weekly), key=lambda one: one.id)),
            self._touching(agenda_tables.singles, agenda, start, end, read_single),
            self._touching(agenda_tables.closures, agenda, start, end, read_closure),
        )

    def _touching(
        self, table: Table, agenda: str, start: datetime, end: datetime, read: Callable[[str], T]
    ) -> tuple[T, ...]:
        touches = (table.c.agenda == agenda, table.c.starts_at <= end, table.c.ends_at >= start)
        statement = select(table.c.document).where(*touches).order_by(table.c.starts_at, table.c.id)
        return tuple(read(text) for text in self._transaction.reading.execute(statement).scalars())

    def put_weekly(self, agenda: str, opening: WeeklyOpening) -> None:
        """Add it, or replace the one of that id."""
        self._put(agenda_tables.openings, agenda, {"id": opening.id, "document": weekly_text(opening)})

    def put_single(self, agenda: str, opening: SingleOpening) -> None:
        """Add it, or replace the one of that id."""
        self._put(agenda_tables.singles, agenda, _dated(opening, single_text(opening)))

    def put_closure(self, agenda: str, closure: Closure) -> None:
        """Add it, or replace the one of that id."""
        self._put(agenda_tables.closures, agenda, _dated(closure, closure_text(closure)))

    def _put(self, table: Table, agenda: str, values: dict[str, object]) -> None:
        """Of another agenda, the same id would be refused as a second row of that key."""
        is_it = (table.c.id == values["id"]) & (table.c.agenda == agenda)
        self._transaction.tell(Subject.AGENDA, agenda)
        put_row(self._transaction.writing(), table, is_it, {**values, "agenda": agenda})

    def drop(self, agenda: str, entry: str) -> bool:
        """Remove the opening or closure of that id; False when the agenda has none."""
        connection = self._transaction.writing()
        self._transaction.tell(Subject.AGENDA, agenda)
        gone = 0
        for table in _ENTRIES:
            is_it = (table.c.id == entry, table.c.agenda == agenda)
            gone += connection.execute(delete(table).where(*is_it)).rowcount
        return gone > 0

    def hold(self, agenda: str) -> None:
        """Be the only one to book in it until the transaction ends; raises StoreFailure (`introuvable`).

        An embedded base has one writer at a time anyway; where it has several, its row is locked.
        """
        statement = select(_g.id).where(_g.id == agenda).with_for_update()
        if self._transaction.writing().execute(statement).first() is None:
            raise failure("introuvable", failures.NO_AGENDA)

    def bookings(self, agenda: str, start: datetime, end: datetime) -> Sequence[Booking]:
        """Those that touch these instants (included), in any state, by time."""
        statement = (
            select(agenda_tables.bookings)
            .where(_b.agenda == agenda, _b.starts_at <= end, _b.ends_at >= start)
            .order_by(_b.starts_at, _b.who, _b.booked_at, _b.id)
        )
        return [_booking(row) for row in self._transaction.reading.execute(statement)]

    def booking(self, key: str) -> Booking | None:
        """The booking of that attempt."""
        statement = select(agenda_tables.bookings).where(_b.id == key)
        row = self._transaction.reading.execute(statement).first()
        return _booking(row) if row is not None else None

    def save_booking(self, booking: Booking) -> None:
        """Add it, or replace the one of that key; raises SeatTaken."""
        connection = self._transaction.writing()
        self._transaction.tell(Subject.AGENDA, booking.agenda)
        try:
            with attempt(connection):
                put_row(connection, agenda_tables.bookings, _b.id == booking.key, _columns(booking))
        except IntegrityError as error:
            raise SeatTaken from error


def _dated(entry: SingleOpening | Closure, document: str) -> dict[str, object]:
    return {"id": entry.id, "starts_at": entry.start, "ends_at": entry.end, "document": document}


def _columns(booking: Booking) -> dict[str, object]:
    return {
        "id": booking.key,
        "agenda": booking.agenda,
        "who": booking.who,
        "starts_at": booking.start,
        "ends_at": booking.end,
        "seat": booking.seat,
        "over_booking": booking.over_booking,
        "state": booking.state.value,
        "state_since": booking.state_since,
        "booked_at": booking.booked_at,
        "call": booking.call,
        "desk": booking.desk,
    }


def _booking(row: AnyRow) -> Booking:
    return Booking(
        key=row.id,
        agenda=row.agenda,
        who=row.who,
        start=row.starts_at,
        end=row.ends_at,
        seat=row.seat,
        over_booking=row.over_booking,
        state=AppointmentState(row.state),
        state_since=row.state_since,
        booked_at=row.booked_at,
        desk=row.desk,
        call=row.call,
    )
