"""A doctor validates what is on screen: the page read at full height, the password, what comes of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.prescriptions.around import Surroundings
from osnp_console.ui.prescriptions.document_view import DocumentView
from osnp_console.ui.prescriptions.validating import Validating

READ_FIRST = "{}, relire la page\u202f: après validation, plus rien ne change. Mot de passe\u202f:"
CONFIRM_FIRST = "Relire ce qui est en ambre, et le confirmer, avant de valider."


class PageValidation(QObject):
    """Between the question in place and the validation beside the window.

    Signals:
        done(str): it is valid; a sentence with its number.
        refused(str): it is not, and why: the form is on screen again.
    """

    done = Signal(str)
    refused = Signal(str)

    def __init__(
        self,
        view: DocumentView,
        around: Surroundings,
        validating: Validating,
        shown: Callable[[], Prescription | None],
        parent: QObject,
    ) -> None:
        """`shown` gives the prescription on screen."""
        super().__init__(parent)
        self._view, self._around, self._desk = view, around, around.desk
        self._validating, self._shown = validating, shown
        self._once_saved = ""
        view.password.given.connect(self._given)
        view.password.cancelled.connect(self._cancelled)
        around.desk.queue.settled.connect(self._all_saved)
        validating.done.connect(self._validated)
        validating.refused.connect(self._not_validated)

    def ask(self, one: Prescription) -> None:
        """Show the page at full height and ask for the password; what is to be read again comes before."""
        waiting = self._around.to_read_again(one)
        if waiting:
            self.refused.emit(CONFIRM_FIRST)
            self._view.form.focus_fault(waiting[0].field)
            return
        self._desk.save_all()
        self._view.show_full(True)
        self._view.password.ask(READ_FIRST.format(self._desk.session().name))

    @Slot()
    def _cancelled(self) -> None:
        self._once_saved = ""
        self._view.show_full(False)

    @Slot(str)
    def _given(self, password: str) -> None:
        one = self._shown()
        if one is None:
            return
        if self._desk.is_saved(one.id):
            self._validating.validate(one, password, confirmed=True)
        elif self._desk.why_stopped(one.id):
            self._give_up(self._desk.why_stopped(one.id))
        else:
            self._once_saved = password  # what is read is what is kept: validated once it is

    @Slot()
    def _all_saved(self) -> None:
        password, self._once_saved = self._once_saved, ""
        if password and self._view.password.isVisible():
            self._given(password)

    @Slot(object)
    def _validated(self, prescription: Prescription) -> None:
        self._desk.was_validated(prescription)
        if not self._is_shown(prescription.id):
            return
        self._view.password.close_it()
        self._view.show_full(False)
        number = prescription.number.text if prescription.number is not None else ""
        self.done.emit(f"Ordonnance validée\u202f: {number}.")

    @Slot(object, str)
    def _not_validated(self, failure: Refusal | StoreFailure, key: str) -> None:
        if not self._is_shown(key):
            return
        field = failure.field if isinstance(failure, Refusal) else None
        if failure.code in ("conflit", "a_confirmer") or (field is not None and field != "password"):
            self._give_up(failure.message)
        else:
            self._view.password.say(failure.message)

    def _give_up(self, sentence: str) -> None:
        self._view.password.wait(waiting=False)
        self._view.password.close_it()
        self._view.show_full(False)
        self.refused.emit(sentence)

    def _is_shown(self, key: str) -> bool:
        one = self._shown()
        return one is not None and one.id == key
