"""What was booked, in the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from osnp_console.app.base.live import Subject
from osnp_console.app.ports import Conflict
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.storage import failures, slot_tables
from osnp_console.storage.failures import failure
from osnp_console.storage.rows import AnyRow
from osnp_console.storage.server_engine import attempt
from osnp_console.storage.slot_documents import read_slot, slot_text
from osnp_console.storage.transaction import Transaction

_a = slot_tables.appointments.c
UNSETTLED = (AppointmentState.ASKED, AppointmentState.PENDING, AppointmentState.UNKNOWN)


class StoredAppointments:
    """The appointments within a transaction (`app.ports.AppointmentRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def save(self, appointment: Appointment) -> Appointment:
        """Insert it (version 0) or update it; raises Conflict when it was saved elsewhere meanwhile."""
        connection = self._transaction.writing()
        self._transaction.tell(Subject.APPOINTMENT, appointment.call)
        saved = replace(appointment, version=appointment.version + 1)
        known = connection.execute(select(_a.version).where(_a.id == appointment.id)).scalar()
        if (known or 0) != appointment.version:
            raise Conflict(appointment.call)
        if known is None:
            try:
                with attempt(connection):
                    connection.execute(insert(slot_tables.appointments).values(_columns(saved)))
            except IntegrityError as error:
                # On a server, another desk added it since it was looked for.
                raise Conflict(appointment.call) from error
            return saved
        # The version once more: where the right to write is not exclusive, another desk may be quicker.
        same = (_a.id == appointment.id, _a.version == appointment.version)
        statement = update(slot_tables.appointments).where(*same).values(_columns(saved))
        if connection.execute(statement).rowcount != 1:
            raise Conflict(appointment.call)
        return saved

    def hold(self, call: str) -> None:
        """Be the only one to book for a call until the transaction ends."""
        self._transaction.hold("rendez-vous", call)

    def get(self, appointment: str) -> Appointment:
        """The appointment of that id; raises StoreFailure (`introuvable`)."""
        statement = select(slot_tables.appointments).where(_a.id == appointment)
        row = self._transaction.reading.execute(statement).first()
        if row is None:
            raise failure("introuvable", failures.NO_APPOINTMENT)
        return _appointment(row)

    def of_call(self, call: str) -> Sequence[Appointment]:
        """Those of a call, oldest first."""
        statement = select(slot_tables.appointments).where(_a.call == call).order_by(_a.asked_at, _a.key)
        return [_appointment(row) for row in self._transaction.reading.execute(statement)]

    def unsettled(self) -> Sequence[Appointment]:
        """Those asked, to be confirmed or of unknown outcome, oldest first."""
        open_states = [state.value for state in UNSETTLED]
        statement = (
            select(slot_tables.appointments).where(_a.state.in_(open_states)).order_by(_a.asked_at, _a.key)
        )
        return [_appointment(row) for row in self._transaction.reading.execute(statement)]


def _columns(one: Appointment) -> dict[str, object]:
    return {
        "id": one.id,
        "call": one.call,
        "desk": one.desk,
        "source": one.source,
        "state": one.state.value,
        "state_since": one.state_since,
        "asked_at": one.asked_at,
        "dispositif": one.dispositif,
        "reference": one.reference,
        "message": one.message,
        "typed": one.typed,
        "slot": slot_text(one.slot),
        "version": one.version,
    }


def _appointment(row: AnyRow) -> Appointment:
    return Appointment(
        id=row.id,
        call=row.call,
        desk=row.desk,
        source=row.source,
        slot=read_slot(row.slot),
        state=AppointmentState(row.state),
        asked_at=row.asked_at,
        state_since=row.state_since,
        dispositif=row.dispositif,
        reference=row.reference,
        message=row.message,
        typed=row.typed,
        version=row.version,
    )
