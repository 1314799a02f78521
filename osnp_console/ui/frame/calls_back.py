"""Calls that come back into hand: open when the program ended, taken up again, or taken from another desk."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from osnp_console.app.calls.desk_calls import DeskStock, call_to_take_up, take_stock
from osnp_console.app.calls.follow_up import desk_words
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.clock import in_paris
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.frame.desk_notice import DeskNotice, Question


class CallsBack(QObject):
    """Reads them from the store and puts them in hand.

    Signals:
        stock_taken(bool): the base told what it has; whether calls that were open are offered.
        came(): a call is in hand again, and on screen.
    """

    stock_taken = Signal(bool)
    came = Signal()

    def __init__(
        self,
        calls: DeskCalls,
        door: StoreDoor,
        notices: DeskNotice,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls, self._door, self._notices = calls, door, notices
        self._recovered: list[CallRecord] = []
        self._desk = ""

    def take_stock(self, desk: str) -> None:
        """The base is open: number the calls of that desk from its last one, offer those that were open."""
        self._desk = desk
        today = in_paris(self._calls.clock()).date()
        self._door.ask(take_stock(desk, today), self._stock, self._notices.say_failure)

    def take_up(self, call_id: str) -> None:
        """Take a closed call up again; one that another desk has open is asked about before."""
        self._door.ask(call_to_take_up(call_id), self._taken_up, self._notices.say_failure)

    def take_over(self, call_id: str) -> None:
        """Take a call that is open at another desk, or was ended there meanwhile."""
        self._door.ask(call_to_take_up(call_id), self._taken_over, self._notices.say_failure)

    def _stock(self, found: DeskStock) -> None:
        last, still_open = found.last_number, found.still_open
        self._calls.number_from(in_paris(self._calls.clock()).date(), last)
        known = {call.record.id for call in self._calls.calls}
        self._recovered = [record for record in still_open if record.id not in known]
        if self._recovered:
            count = len(self._recovered)
            was = "1 appel était ouvert. Le" if count == 1 else f"{count} appels étaient ouverts. Les"
            self._notices.ask(
                Question(
                    f"{was} reprendre\u202f?",
                    "Reprendre",
                    "Laisser dans le suivi",
                    self._take_back,
                    self._leave_them,
                )
            )
        self.stock_taken.emit(bool(self._recovered))

    def _take_back(self) -> None:
        recovered, self._recovered = self._recovered, []
        if recovered:
            self._calls.recover(recovered)
            self.came.emit()

    def _leave_them(self) -> None:
        self._recovered = []

    def _taken_up(self, record: CallRecord) -> None:
        is_here = any(call.record.id == record.id for call in self._calls.calls)
        if not record.is_open or is_here or record.owned_by == self._desk:
            self._taken_over(record)
            return
        # Taking a call away from another desk is said, never done on the way to something else.
        self._notices.ask(
            Question(
                f"{record.title} est ouvert à {desk_words(record.owned_by)}. Le prendre ici\u202f?",
                "Prendre l’appel ici",
                "Le laisser",
                partial(self.take_over, record.id),
                lambda: None,
            )
        )

    def _taken_over(self, record: CallRecord) -> None:
        if record.is_open:
            self._calls.take_over(record)
        else:
            self._calls.reopen(record)
        self.came.emit()
