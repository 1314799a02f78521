"""Nurses called from the prescription on screen: dialled, the try noted, then what they said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.nurses import NurseAnswer
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.prescriptions.desk_prescriptions import DeskPrescriptions
from osnp_console.ui.prescriptions.form import PrescriptionForm


class PageCalls(QObject):
    """Between the list of nurses and the telephone."""

    def __init__(
        self,
        form: PrescriptionForm,
        desk: DeskPrescriptions,
        shown: Callable[[], Prescription | None],
        dial: Callable[[str], None],
        parent: QObject,
    ) -> None:
        """`shown` gives the prescription on screen."""
        super().__init__(parent)
        self._form, self._desk, self._shown, self._dial = form, desk, shown, dial
        self._to_called = False
        form.call_wanted.connect(self._call)
        form.answered.connect(self._answered)

    @Slot(str)
    def _call(self, nurse: str) -> None:
        one = self._shown()
        found = next((each for each in self._desk.nurses if each.id == nurse), None)
        if one is None or found is None or not self._desk.may(Act.PREPARE_PRESCRIPTION):
            return
        last = one.tries[-1] if one.tries else None
        self._to_called = True
        if last is None or last.nurse != nurse or last.answer is not None:
            self._desk.call_nurse(one.id, found)
        if found.phone:
            self._dial(found.phone)
        self.lead(one)

    def lead(self, one: Prescription) -> None:
        """Once the try is noted the keyboard is on who is called: the letters note the answer."""
        if self._to_called and one.tries and one.tries[-1].answer is None:
            self._to_called = False
            self._form.nurses.focus_called()

    @Slot(object)
    def _answered(self, answer: NurseAnswer) -> None:
        one = self._shown()
        if one is not None:
            self._desk.nurse_answered(one.id, answer)

    def dial(self) -> bool:
        """Ctrl+T: the row that has the keyboard, else the next nurse to call."""
        focused, nurses = QApplication.focusWidget(), self._form.nurses
        dial_row = getattr(focused, "dial_shown", None)
        if dial_row is not None and focused is not None and nurses.isAncestorOf(focused):
            return bool(dial_row())
        return nurses.dial_shown()
