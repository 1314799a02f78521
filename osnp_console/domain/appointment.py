"""What was booked for a call, and what became of it: one table of legal moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from osnp_console.domain.slots.slot import Slot


class AppointmentState(Enum):
    """Where an appointment stands; booked, fulfilled, noshow, cancelled and pending are INT_R03's.

    `ASKED` is an attempt whose answer is not there yet, `UNKNOWN` one whose answer never came: the agenda
    may have booked. `LOST` was never booked.
    """

    ASKED = "demande"
    PENDING = "a_confirmer"
    UNKNOWN = "inconnu"
    BOOKED = "reserve"
    FULFILLED = "honore"
    NO_SHOW = "absent"
    CANCELLED = "annule"
    LOST = "non_obtenu"


_S = AppointmentState
MOVES: Mapping[AppointmentState, frozenset[AppointmentState]] = {
    _S.ASKED: frozenset({_S.PENDING, _S.UNKNOWN, _S.BOOKED, _S.LOST}),
    _S.UNKNOWN: frozenset({_S.BOOKED, _S.PENDING, _S.LOST}),
    _S.PENDING: frozenset({_S.BOOKED, _S.CANCELLED, _S.LOST}),
    _S.BOOKED: frozenset({_S.FULFILLED, _S.NO_SHOW, _S.CANCELLED}),
    _S.FULFILLED: frozenset(),
    _S.NO_SHOW: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.LOST: frozenset(),
}
"""SAS guide, INT_R03 for pending to the end; before that, ours."""

HOLDING = frozenset({_S.ASKED, _S.UNKNOWN, _S.PENDING, _S.BOOKED})
"""States in which another booking for the same call must be thought over."""


class IllegalAppointmentMove(Exception):
    """A move that the appointment's state does not allow."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One attempt to book, kept from before it is sent. Instants are aware.

    `id` is the attempt's own key: sent again, it never books twice. `reference` is the agenda's key once
    known. `dispositif` is the catalogue's id through which the slot was had, None where not known. `message`
    is what the agenda said, in French. `typed` is the line typed after a portal, as typed.
    """

    id: str
    call: str
    desk: str
    source: str
    slot: Slot
    state: AppointmentState
    asked_at: datetime
    state_since: datetime
    dispositif: str | None = None
    reference: str | None = None
    message: str | None = None
    typed: str = ""
    version: int = 0

    def may(self, state: AppointmentState) -> bool:
        """Whether it may go to that state."""
        return state in MOVES[self.state]

    def moved(
        self,
        state: AppointmentState,
        now: datetime,
        *,
        reference: str | None = None,
        message: str | None = None,
    ) -> Appointment:
        """The appointment in its new state; raises IllegalAppointmentMove."""
        if not self.may(state):
            raise IllegalAppointmentMove(f"{self.state.value} → {state.value}")
        return replace(
            self,
            state=state,
            state_since=now,
            reference=reference if reference is not None else self.reference,
            message=message if message is not None else self.message,
        )
