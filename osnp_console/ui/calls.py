"""The calls in hand as the window sees them: signals out, acts in, everything saved as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from osnp_console.app.calls.calls_in_hand import CallsInHand
from osnp_console.app.calls.kept_aside import Aside, not_there_yet
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.person_search import PersonSearch
from osnp_console.app.calls.write_behind import ChangedElsewhere, Flushed, WriteBehind
from osnp_console.app.people.session import Session
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.domain.call_merging import OUTCOME
from osnp_console.domain.call_record import CallRecord, Move
from osnp_console.domain.call_sheet import Answer, CallSheet
from osnp_console.domain.journal import JournalEntry
from osnp_console.ui.background import StoreDoor

Clock = Callable[[], datetime]
RETRY_MS = 5_000


class DeskCalls(QObject):
    """One object for every panel: what happened to which call.

    Panels call the acts below and repaint on the signals; they never change a call themselves.
    """

    opened = Signal(object)
    """An OpenCall was taken, recovered or reopened."""
    came_over = Signal(object)
    """An OpenCall was taken over from another desk; `opened` went before."""
    closed = Signal(object)
    """An OpenCall was ended."""
    shown = Signal(object)
    """The call on screen is another one: OpenCall, or None."""
    edited = Signal(object, object)
    """Something was typed: OpenCall, and the frozenset of ids whose verdict may have changed."""
    settled = Signal(object)
    """An answer is complete: the question may be another one, rows may change place."""
    moved = Signal(object)
    """An OpenCall was held or resumed, its alarm raised, seen or dropped."""
    logged = Signal(object)
    """A JournalEntry."""
    ticked = Signal(object)
    """Once a second, aligned to the second: now."""
    changed_elsewhere = Signal(object, object)
    """Another desk changed an OpenCall: with its CallMerge, after `edited` and `settled`."""
    ended_otherwise = Signal(object, object)
    """A call ended here had been ended otherwise at another desk: its record as ended here, the CallMerge."""
    handed_over = Signal(object)
    """An OpenCall was taken over by another desk; `closed` went before, nothing was lost."""
    booked_elsewhere = Signal(str)
    """Another desk wrote of the booking of a call that is in hand here: its id."""
    stored = Signal(object)
    """None when all that was typed is in the store, else the StoreFailure that keeps it from it."""

    def __init__(
        self,
        in_hand: CallsInHand,
        kept: WriteBehind,
        door: StoreDoor,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._in_hand = in_hand
        self._kept = kept
        self._door = door
        self.clock = clock
        self._flushing = False
        self._aside: Aside | None = None
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self.save)
        # After what is typed is painted: the store's thread would take the interpreter from the painting.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.save)
        self._second = QTimer(self, singleShot=True)
        self._second.timeout.connect(self._tick)
        self._arm_second()

    # --- what is there ----------------------------------------------------------------------------------

    @property
    def calls(self) -> list[OpenCall]:
        """The open calls, in the order they were opened."""
        return list(self._in_hand.calls)

    @property
    def current(self) -> OpenCall | None:
        """The call on screen."""
        return self._in_hand.current

    def alarms(self) -> list[OpenCall]:
        """The calls with a vital emergency: those not seen first, then oldest first."""
        return self._in_hand.alarms()

    # --- acts -------------------------------------------------------------------------------------------

    def number_from(self, day: date, last: int) -> None:
        """Say which number the desk's last call of a day (in Paris) bore."""
        self._in_hand.number_from(day, last)
        for call in self._in_hand.calls:
            self.moved.emit(call)
        self._soon.start()

    def take(self, received: CallSheet | None = None) -> OpenCall:
        """A new call; `received` is what another desk typed of a patient whom it handed over."""
        return self._announce(self._in_hand.take(self.clock(), received))

    def reopen(self, record: CallRecord) -> OpenCall:
        """Take a closed call up again; one that is in hand already is shown."""
        return self._shown_again(record) or self._announce(self._in_hand.reopen(record, self.clock()))

    def take_over(self, record: CallRecord) -> OpenCall:
        """Take a call that is open at another desk; one that is in hand already is shown."""
        shown = self._shown_again(record)
        if shown is not None:
            return shown
        call = self._announce(self._in_hand.take_over(record, self.clock()))
        self.came_over.emit(call)
        return call

    def hand_over(self, session: Session) -> None:
        """Somebody else goes on with the open calls; raises Forbidden when they may take none."""
        self._in_hand.hand_over(session, self.clock())
        for call in self._in_hand.calls:
            self.moved.emit(call)
        self._soon.start()

    def recover(self, records: list[CallRecord]) -> None:
        """Take back the calls that were open when the program ended."""
        self._in_hand.recover(records, self.clock())
        for call in self._in_hand.calls:
            self.opened.emit(call)
        self.shown.emit(self.current)
        self._soon.start()

    def show(self, call: OpenCall) -> None:
        """Put a call on screen; its state does not change."""
        if call is not self.current:
            self.settle()
            self._in_hand.show(call)
            self.shown.emit(call)

    def show_next(self, step: int) -> None:
        """Put the next (1) or the previous (-1) call on screen."""
        calls = self._in_hand.calls
        if self.current is not None and len(calls) > 1:
            self.show(calls[(calls.index(self.current) + step) % len(calls)])

    def hold_or_resume(self) -> None:
        """Hold the call on screen, or take it on the line again."""
        call = self.current
        if call is None:
            return
        if call.record.may(Move.HOLD):
            self._in_hand.hold(call, self.clock())
        else:
            self._in_hand.resume(call, self.clock())
        for other in self._in_hand.calls:
            self.moved.emit(other)
        self._soon.start()

    def close(self, outcome: str, call_back_at: datetime | None = None) -> None:
        """End the call on screen with an outcome."""
        call = self.current
        if call is None:
            return
        self._in_hand.close(call, outcome, self.clock(), call_back_at)
        self.closed.emit(call)
        self.shown.emit(self.current)
        self._soon.start()

    def answer(self, code: str, answer: Answer) -> None:
        """Take in a field's answer, or what is typed of it (its journal line waits for `settle`)."""
        call = self.current
        if call is not None:
            changed = self._in_hand.answer(call, code, answer)
            self.edited.emit(call, changed)
            self._soon.start()

    def type(self, code: str, text: str) -> None:
        """Keep a text that is being typed in a field whose answer is chosen from a list."""
        call = self.current
        if call is not None:
            self._in_hand.type(call, code, text)
            self._soon.start()

    def settle(self) -> None:
        """An answer is complete (a chosen row, a segment, Entrée, Tab)."""
        call = self.current
        if call is not None and self._in_hand.settle(call, self.clock()):
            self.settled.emit(call)
            self._soon.start()

    def raise_alarm(self) -> None:
        """Declare a vital emergency for the call on screen."""
        self._alarm(self.current, self._in_hand.raise_alarm)

    def see_alarm(self, call: OpenCall) -> None:
        """Say that a call's alarm was seen."""
        self._alarm(call, self._in_hand.see_alarm)

    def drop_alarm(self, call: OpenCall, reason: str) -> None:
        """Take a call's vital emergency back; the reason is kept. Raises ValueError without one."""
        self._in_hand.drop_alarm(call, reason, self.clock())
        self._alarm_changed(call)

    # --- saving -----------------------------------------------------------------------------------------

    @Slot()
    def save(self) -> None:
        """Hand what waits to the store's thread, unless it is busy with the last of it."""
        if not self._kept.is_waiting:
            return
        if self._aside is not None:
            self._aside.keep(self._kept.waiting())
        if self._flushing:
            return
        self._flushing = True
        self._door.ask(self._kept.flush, self._saved, self._not_saved)

    def keep_aside(self, aside: Aside | None) -> None:
        """Keep what waits for a shared base on this workstation too, until the base has it."""
        self._aside = aside
        self._kept.write_first(aside.keep_first if aside is not None else None)

    def bring_back(self) -> None:
        """What waited for the base when the program last stopped goes to it, before anything else does."""
        aside = self._aside
        if aside is None:
            return

        def work(open_unit: OpenUnit) -> Flushed:
            self._kept.restore(not_there_yet(open_unit, aside.read()))
            return self._kept.flush(open_unit)

        self._flushing = True
        self._door.ask(work, self._saved, self._not_saved)

    @property
    def is_saved(self) -> bool:
        """True when nothing waits for the store."""
        return not self._flushing and not self._kept.is_waiting

    def _saved(self, flushed: Flushed) -> None:
        self._flushing = False
        self._retry.stop()
        for one in flushed.elsewhere:
            self.take_elsewhere(one)
        if self._kept.is_waiting:
            self.save()
            return
        if self._aside is not None:
            self._aside.keep(self._kept.waiting())
        self.stored.emit(None)

    def _not_saved(self, failure: StoreFailure) -> None:
        self._flushing = False
        self.stored.emit(failure)
        self._retry.start()

    # --- what other desks do ----------------------------------------------------------------------------

    def look_again(self, call_id: str) -> None:
        """A call was saved at another desk: bring it here, where it is open."""
        self._in_hand.look_again(call_id)
        self.save()

    def look_at_booking(self, call_id: str) -> None:
        """An appointment was saved at another desk: its call, where it is open here, shows it as it is."""
        if self._in_hand.find(call_id) is not None:
            self.booked_elsewhere.emit(call_id)

    def take_elsewhere(self, one: ChangedElsewhere) -> None:
        """Take in what another desk changed."""
        call = self._in_hand.find(one.mine.id)
        merge = self._in_hand.take_elsewhere(one, self.clock())
        if call is None or merge is None:
            if any(had.code == OUTCOME for had in one.merge.both):
                self.ended_otherwise.emit(one.mine, one.merge)
            return
        self._soon.start()
        if self._in_hand.find(call.record.id) is None:
            self.closed.emit(call)
            if call.record.is_open:
                self.handed_over.emit(call)
            else:
                self.changed_elsewhere.emit(call, merge)
            self.shown.emit(self.current)
            return
        self.moved.emit(call)
        self.edited.emit(call, frozenset(row.dispositif.id for row in call.checklist.rows))
        self.settled.emit(call)
        self.changed_elsewhere.emit(call, merge)

    def searched(self, search: PersonSearch) -> None:
        """Persons of other calls were shown at this desk: the journal says so."""
        self._in_hand.searched(search, self.clock())
        self._soon.start()

    def note(self, entry: JournalEntry) -> None:
        """Something happened around a call: written as what is typed is, whatever becomes of the base."""
        self._in_hand.note(entry)
        self._soon.start()

    # --- inside -----------------------------------------------------------------------------------------

    def _shown_again(self, record: CallRecord) -> OpenCall | None:
        mine = self._in_hand.find(record.id)
        if mine is not None:
            self.show(mine)
        return mine

    def _announce(self, call: OpenCall) -> OpenCall:
        self.opened.emit(call)
        for other in self._in_hand.calls:
            if other is not call:
                self.moved.emit(other)
        self.shown.emit(call)
        self._soon.start()
        return call

    def _alarm(self, call: OpenCall | None, act: Callable[[OpenCall, datetime], None]) -> None:
        if call is not None:
            act(call, self.clock())
            self._alarm_changed(call)

    def _alarm_changed(self, call: OpenCall) -> None:
        self.moved.emit(call)
        self.edited.emit(call, frozenset(row.dispositif.id for row in call.checklist.rows))
        self.settled.emit(call)
        self._soon.start()

    def log(self, entry: JournalEntry) -> None:
        """Pass on an entry of the calls in hand: they call it for each one they write."""
        self.logged.emit(entry)

    def _arm_second(self) -> None:
        self._second.start(1000 - self.clock().microsecond // 1000)

    @Slot()
    def _tick(self) -> None:
        now = self.clock()
        for call in self._in_hand.calls:
            if call.pass_midnight(now):
                self.settled.emit(call)
        self.ticked.emit(now)
        self._arm_second()
