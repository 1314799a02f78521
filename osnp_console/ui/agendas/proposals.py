"""The slot this desk proposes to its patient, told to the other desks; and what they propose, told here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtCore import Slot as QtSlot

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.ports import StoreFailure
from osnp_console.app.slots.proposal_words import proposed_sentence
from osnp_console.app.slots.proposals import proposals_elsewhere, propose, withdraw
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.slots.proposal import (
    NOTHING_ELSEWHERE,
    RENEWED_AFTER,
    RENEWED_AT_MOST,
    Elsewhere,
    slot_key,
)
from osnp_console.domain.slots.slot import Slot
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls

RESTS_MS = 700
"""How long a slot stays chosen before it is proposed: going through the list proposes nothing."""
NOT_TWICE = timedelta(milliseconds=400)
"""A key pressed twice by mistake, or held, does not confirm what it just asked."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was last written for this desk, and when it was tried."""

    slot: str
    desk: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Said:
    """What the operator was told of a slot before booking it."""

    slot: str
    desks: frozenset[str]
    at: datetime


class DeskProposals(QObject):
    """One for the window. A store that fails says nothing here and keeps nobody from anything.

    One question at a time is with the store; what is chosen meanwhile waits for its answer.

    Signals:
        changed(object): the Elsewhere that is known now.
    """

    changed = Signal(object)

    def __init__(
        self,
        calls: DeskCalls,
        door: StoreDoor,
        appointment: Callable[[], Appointment | None],
        parent: QObject | None = None,
    ) -> None:
        """`appointment` gives that of the call on screen, if it has one."""
        super().__init__(parent)
        self._calls = calls
        self._appointment = appointment
        self._door = door
        self.elsewhere = NOTHING_ELSEWHERE
        self._chosen: Slot | None = None
        self._wanted: Slot | None = None
        self._since = calls.clock()
        self._kept: _Kept | None = None
        self._said: _Said | None = None
        self._is_asking = False
        self._reads = False
        self._rest = QTimer(self, singleShot=True, interval=RESTS_MS)
        self._rest.timeout.connect(self._rested)
        calls.shown.connect(self._shown)
        calls.ticked.connect(self._ticked)

    # --- what the desk proposes -------------------------------------------------------------------------

    @QtSlot(object)
    def choose(self, slot: Slot | None) -> None:
        """Another slot is chosen for the call on screen, or none."""
        is_same = slot is not None and self._chosen is not None and slot_key(slot) == slot_key(self._chosen)
        self._chosen = slot
        if is_same:
            return
        self._said = None
        if slot is None:
            self._rest.stop()
            self._wanted = None
            self._sync()
        else:
            self._rest.start()

    def close(self) -> None:
        """The window is going: withdraw what is proposed, without waiting for it."""
        self._rest.stop()
        self._chosen = self._wanted = None
        kept, self._kept = self._kept, None
        if kept is not None:
            self._door.ask(withdraw(kept.desk, self._calls.clock()), lambda seen: None, lambda failed: None)

    def _rested(self) -> None:
        self._since = self._calls.clock()
        self._wanted = self._chosen if self._chosen and not self._is_booked(self._chosen) else None
        self._sync()

    def _is_booked(self, slot: Slot) -> bool:
        appointment = self._appointment()
        if appointment is None or appointment.state is not AppointmentState.BOOKED:
            return False
        return slot_key(appointment.slot) == slot_key(slot)

    @QtSlot()
    def look_at_booking(self) -> None:
        """The appointment of the call on screen may be another one: what is booked is proposed no more."""
        if self._wanted is not None and self._is_booked(self._wanted):
            self._wanted = None
            self._sync()

    # --- what the others propose ------------------------------------------------------------------------

    @QtSlot()
    def refresh(self) -> None:
        """Read again what the other desks propose."""
        self._reads = True
        self._sync()

    def before_booking(self, slot: Slot) -> str:
        """The sentence to show instead of booking; empty when it may be booked.

        Asked once for each slot, and again only when further desks propose it.
        """
        now = self._calls.clock()
        if not self.elsewhere.take_all(slot, now):
            return ""
        proposals = self.elsewhere.of(slot, now)
        desks = frozenset(one.desk for one in proposals)
        said = self._said
        if said is None or said.slot != slot_key(slot) or not desks <= said.desks:
            self._said = _Said(slot_key(slot), desks, now)
        elif now - said.at >= NOT_TWICE:
            return ""
        return proposed_sentence(proposals, self.elsewhere.own)

    def is_told(self, slot: Slot) -> bool:
        """Whether the operator was told that others propose it, and the next key books it all the same."""
        said = self._said
        if said is None or said.slot != slot_key(slot):
            return False
        now = self._calls.clock()
        desks = {one.desk for one in self.elsewhere.of(slot, now)}
        return self.elsewhere.take_all(slot, now) and desks <= said.desks

    # --- with the store ---------------------------------------------------------------------------------

    def _sync(self) -> None:
        """Bring the store in line with what is chosen; read the others with it, or alone if that is due."""
        if self._is_asking:
            return
        call, now, wanted, kept = self._calls.current, self._calls.clock(), self._wanted, self._kept
        if call is not None and wanted is not None:
            key, desk = slot_key(wanted), call.desk.code
            if kept is None or (kept.slot, kept.desk) != (key, desk) or now - kept.at >= RENEWED_AFTER:
                self._kept = _Kept(key, desk, now)
                work = propose(wanted, desk, now)
            elif self._reads:
                work = proposals_elsewhere(desk, now)
            else:
                return
        elif kept is not None:
            self._kept = None
            work = withdraw(kept.desk, now)
        elif self._reads and call is not None:
            work = proposals_elsewhere(call.desk.code, now)
        else:
            self._reads = False
            return
        self._is_asking, self._reads = True, False
        self._door.ask(work, self._answered, self._failed)

    def _answered(self, elsewhere: Elsewhere) -> None:
        self._is_asking = False
        if elsewhere != self.elsewhere:
            self.elsewhere = elsewhere
            self.changed.emit(elsewhere)
        self._sync()

    def _failed(self, failure: StoreFailure) -> None:
        # Nothing is said: it is tried again when it is renewed, and what was known ends by itself.
        self._is_asking = False

    # --- the calls --------------------------------------------------------------------------------------

    @QtSlot(object)
    def _shown(self, call: OpenCall | None) -> None:
        if call is not None:
            self.refresh()
        elif self._chosen is not None:
            self.choose(None)

    @QtSlot(object)
    def _ticked(self, now: datetime) -> None:
        if self._wanted is not None and now - self._since >= RENEWED_AT_MOST:
            self._wanted = None
        if self._wanted is not None or self._kept is not None or self._reads:
            self._sync()
