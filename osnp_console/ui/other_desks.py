"""What this desk does when others change something: bring it in, tell who shows it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from osnp_console.app.base.live import Change, Subject
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.domain.call_merging import CallMerge
from osnp_console.ui.burst import Burst
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.live import Live

REST_MS = 200
"""What is on screen is read again at the first change, then not more often than that (ours)."""
_OF_SLOTS = frozenset({Subject.AGENDA, Subject.SOURCES, Subject.DIRECTORY})


class OtherDesks(QObject):
    """Between what is heard and the calls and agendas of this desk.

    Signals:
        calls_changed(): calls of other desks are not what they were; at once, then together.
        slots_changed(): what is declared, or the openings of a local agenda, changed elsewhere.
        proposals_changed(): other slots are proposed elsewhere.
        came_back(int, int): the link is back and all is in the base: how many fields came from other desks,
            how many of them were changed at both.
    """

    calls_changed = Signal()
    slots_changed = Signal()
    proposals_changed = Signal()
    came_back = Signal(int, int)

    def __init__(self, live: Live, calls: DeskCalls, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.live = live
        self._calls = calls
        self._taken, self._to_see = 0, 0
        self._is_coming_back = False
        self._of_calls = self._burst(self.calls_changed)
        self._of_slots = self._burst(self.slots_changed)
        self._of_proposals = self._burst(self.proposals_changed)
        live.changed.connect(self._changed)
        live.linked.connect(self._linked)
        calls.changed_elsewhere.connect(self._merged)
        calls.stored.connect(self._stored)

    def _burst(self, changed: SignalInstance) -> Burst:
        burst = Burst(REST_MS, self)
        burst.due.connect(changed)
        return burst

    @Slot(object)
    def _changed(self, change: Change) -> None:
        if change.subject is Subject.CALL:
            self._calls.look_again(change.id)
            self._of_calls.tell()
        elif change.subject is Subject.APPOINTMENT:
            self._calls.look_at_booking(change.id)
            self._of_calls.tell()
        elif change.subject is Subject.PROPOSAL:
            self._of_proposals.tell()
        elif change.subject in _OF_SLOTS:
            self._of_slots.tell()

    @Slot(bool)
    def _linked(self, was_alone: bool) -> None:
        """Nobody told what happened meanwhile: everything on screen is read again."""
        self._taken, self._to_see, self._is_coming_back = 0, 0, was_alone
        for call in self._calls.calls:
            self._calls.look_again(call.record.id)
            if was_alone:
                self._calls.look_at_booking(call.record.id)
        if was_alone:
            for burst in (self._of_calls, self._of_slots, self._of_proposals):
                burst.tell()
            # Also without a call in hand: what waits goes to the base now, not at the next try.
            self._calls.save()
            self._tell_once_stored()

    @Slot(object, object)
    def _merged(self, call: OpenCall, merge: CallMerge) -> None:
        self._taken += len(merge.taken) + len(merge.both)
        self._to_see += len(merge.both)

    @Slot(object)
    def _stored(self, failure: object) -> None:
        if failure is None:
            self._tell_once_stored()

    def _tell_once_stored(self) -> None:
        if self._is_coming_back and self._calls.is_saved:
            self._is_coming_back = False
            self.came_back.emit(self._taken, self._to_see)
