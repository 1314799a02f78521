"""The form's way to the call: what it writes, and what others wrote meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.domain.call_sheet import EMPTY_SHEET, Answer, CallSheet
from osnp_console.ui.calls import DeskCalls


class Answers(QObject):
    """Writes to the call on screen, and tells apart what the form wrote from what came from elsewhere.

    Signals:
        wrote(str): the form wrote the field of that code.
        came(object): codes (a frozenset) answered elsewhere: in the question strip, in the checklist.
    """

    wrote = Signal(str)
    came = Signal(object)

    def __init__(self, calls: DeskCalls, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.calls = calls
        self._writing = False
        self._sheet = EMPTY_SHEET
        calls.edited.connect(self._is_edited)

    @property
    def sheet(self) -> CallSheet:
        """The sheet of the call on screen, empty without one."""
        call = self.calls.current
        return EMPTY_SHEET if call is None else call.record.sheet

    def follow(self) -> None:
        """The form now shows the sheet as it is."""
        self._sheet = self.sheet

    def put(self, code: str, answer: Answer) -> None:
        """Write an answer, or what is typed of it."""
        self._writing = True
        try:
            self.calls.answer(code, answer)
        finally:
            self._writing = False
        self.follow()
        self.wrote.emit(code)

    def put_and_settle(self, code: str, answer: Answer) -> None:
        """Write an answer that is complete."""
        self.put(code, answer)
        self.settle()

    def type(self, code: str, text: str) -> None:
        """Keep a text that is no answer yet; empty when there is none any more."""
        self.calls.type(code, text)
        self.follow()

    def settle(self) -> None:
        """What was written last is complete."""
        self.calls.settle()

    @Slot(object, object)
    def _is_edited(self, call: OpenCall, changed: object) -> None:
        if self._writing or call is not self.calls.current:
            return
        before, now = self._sheet, call.record.sheet
        codes = {*before.values, *before.asked, *before.pending, *now.values, *now.asked, *now.pending}
        other = frozenset(
            code
            for code in codes
            if before.answer(code) != now.answer(code) or before.pending.get(code) != now.pending.get(code)
        )
        self._sheet = now
        if other:
            self.came.emit(other)
