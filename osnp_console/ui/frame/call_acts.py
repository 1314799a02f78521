"""What is done to the calls from anywhere in the frame: taken, shown, held, ended, taken back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.errors import Refusal
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.frame.calls_back import CallsBack
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.frame.surround import Surround
from osnp_console.ui.frame.workspaces import Workspaces


class CallActs(QObject):
    """Does what bars, band and workspaces ask of the calls, and puts the keyboard where it goes on.

    Signals:
        ready(): the base told what it has: calls can be taken.
    """

    ready = Signal()

    def __init__(
        self,
        calls: DeskCalls,
        door: StoreDoor,
        surround: Surround,
        workspaces: Workspaces,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._calls, self._surround, self._workspaces = calls, surround, workspaces
        self._desk = workspaces.call_desk
        self._back = CallsBack(calls, door, surround.notices, self)
        self._back.stock_taken.connect(self._stock_taken)
        self._back.came.connect(self._came_back)
        self._hear_bars()
        self._hear_workspaces()

    def _hear_bars(self) -> None:
        top, alarm, bar = self._surround.top, self._surround.alarm, self._surround.bar
        top.new_wanted.connect(self.take)
        top.emergency_wanted.connect(self.raise_alarm)
        top.call_chosen.connect(self._show)
        alarm.call_wanted.connect(self._show)
        alarm.left.connect(self._workspaces.take_keyboard_back)
        bar.hold_wanted.connect(self.hold)
        bar.close_wanted.connect(self._end)
        bar.prescription_wanted.connect(self.prescribe)
        bar.book_wanted.connect(self._book)

    def _hear_workspaces(self) -> None:
        desk, places, transfers = self._desk, self._workspaces.places, self._workspaces.transfers
        desk.new_wanted.connect(self.take)
        desk.open_wanted.connect(self.open)
        desk.ended.connect(self._ended)
        desk.settings_wanted.connect(self._workspaces.link_agendas)
        self._workspaces.prescriptions.call_wanted.connect(self.open)
        transfers.call_wanted.connect(self._open_sent)
        transfers.call_shown.connect(self._to_sheet)
        transfers.source_wanted.connect(self._to_source)
        transfers.end_wanted.connect(self._end)
        places.reopen_wanted.connect(self.open)
        places.take_over_wanted.connect(self._back.take_over)

    # --- into hand --------------------------------------------------------------------------------------

    def take_stock(self, desk: str) -> None:
        """The base is open: number the calls of that desk from its last one, offer those that were open."""
        self._back.take_stock(desk)

    def take(self) -> None:
        """A new call, the keyboard in its first field."""
        self._desk.finish_typing()
        try:
            self._calls.take()
        except Refusal as refusal:
            self._surround.notices.say_trouble(refusal.message)
            return
        self._to_sheet()

    def open(self, call_id: str) -> None:
        """Show a call: an open one, else a closed one taken up again."""
        mine = self._in_hand(call_id)
        if mine is not None:
            self._show(mine)
        else:
            self._back.take_up(call_id)

    def _open_sent(self, call_id: str) -> None:
        """A call that this desk sent, wherever it was left: here, open and put aside, or ended."""
        mine = self._in_hand(call_id)
        if mine is not None:
            self._show(mine)
        else:
            self._back.take_over(call_id)

    def _in_hand(self, call_id: str) -> OpenCall | None:
        return next((call for call in self._calls.calls if call.record.id == call_id), None)

    def _stock_taken(self, offered: bool) -> None:
        self.ready.emit()
        # A call that was taken before the base had answered keeps the keyboard.
        if self._calls.current is None:
            (self._surround.notice.yes if offered else self._desk.no_call.take).setFocus()

    def _came_back(self) -> None:
        self._workspaces.show_call()
        self._desk.begin_again()

    # --- on screen --------------------------------------------------------------------------------------

    def _show(self, call: OpenCall) -> None:
        self._desk.finish_typing()
        self._workspaces.show_call()
        self._calls.show(call)

    def step(self, step: int) -> None:
        """The call after the one on screen, or before it with -1."""
        self._desk.finish_typing()
        self._workspaces.show_call()
        self._calls.show_next(step)

    def _to_sheet(self) -> None:
        self._workspaces.show_call()
        self._desk.begin()

    def _to_source(self, dispositif: str) -> None:
        self._workspaces.show_call()
        self._desk.checklist.focus_dispositif(dispositif)
        self._desk.checklist.show_source()

    # --- done to the one on screen ----------------------------------------------------------------------

    def prescribe(self) -> None:
        """F7: the nurse prescription of the call on screen."""
        self._desk.finish_typing()
        self._workspaces.prescriptions.prescribe()

    def hold(self) -> None:
        """Put the call on hold, or take it back, where it is seen."""
        if self._workspaces.here in (Place.CALL, Place.TRANSFERS):
            self._calls.hold_or_resume()

    def raise_alarm(self) -> None:
        """F12: the call goes back to the ARM."""
        if self._calls.current is not None:
            self._workspaces.show_call()
            self._calls.raise_alarm()

    def _book(self) -> None:
        self._workspaces.show_call()
        self._desk.slots.book()

    def _end(self) -> None:
        self._workspaces.show_call()
        self._desk.ask_outcome()

    def _ended(self) -> None:
        if self._calls.current is None:
            self._desk.no_call.take.setFocus()
        else:
            self._desk.begin()
