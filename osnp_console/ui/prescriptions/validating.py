"""The doctor's password given again, and the validation that follows: waited for beside the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Thread

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.prescription.paper import PaperWords, paper_of_prescription
from osnp_console.app.prescription.site_records import SiteHeader
from osnp_console.app.prescription.validate import IdentifyAgain, ValidatePrescription
from osnp_console.domain.commune import Commune
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.lock.seat import Seat
from osnp_console.ui.prescriptions.ports import PrescriptionOffice

NOT_SIGNED_IN = "Se connecter d’abord\u202f: une ordonnance est validée par une personne."


class Validating(QObject):
    """One for the window; one validation at a time.

    Signals:
        done(object): the Prescription, validated and numbered.
        refused(object, str): the Refusal or StoreFailure, and the id of the prescription.
        changed(): a validation began or ended.
    """

    done = Signal(object)
    refused = Signal(object, str)
    changed = Signal()
    _home = Signal(object)

    def __init__(
        self,
        seat: Seat,
        sign_in: IdentifyAgain,
        office: PrescriptionOffice,
        header: Callable[[], SiteHeader],
        dispositifs: Iterable[Dispositif],
        living: Callable[[str], Commune | None],
        desk: Callable[[], str],
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        """`header` gives the head of the site's papers, `living` finds a commune by its INSEE code.

        `desk` gives the code of this desk.
        """
        super().__init__(parent)
        self._seat, self._office, self._living, self._desk = seat, office, living, desk
        self._header = header
        self._dispositifs = {one.id: one for one in dispositifs}
        self._use_case = ValidatePrescription(
            sign_in, self._submit, self._render, self._dispositifs.values(), clock
        )
        self.under_way = ""
        """The id of the prescription being validated, empty while there is none."""
        self._home.connect(self._come_home)

    def validate(self, seen: Prescription, password: str, *, confirmed: bool) -> None:
        """Validate what is on screen, for whoever sits here and gives their password again."""
        if self.under_way:
            return
        identifier, desk = self._seat.identifier, self._desk()
        if not identifier:
            self.refused.emit(Refusal("interdit", NOT_SIGNED_IN, "password"), seen.id)
            return
        self.under_way = seen.id
        self.changed.emit()

        def run() -> None:
            answer: object
            try:
                answer = self._use_case.validate(
                    seen.id, seen.content, identifier, password, desk, confirmed=confirmed
                )
            except BaseException as error:  # raised again at home where it is none of those told
                answer = error
            self._home.emit(answer)

        Thread(target=run, name="validation", daemon=True).start()

    def _submit(self, work: Callable[[OpenUnit], Prescription]) -> Prescription:
        return self._seat.background.submit(work).result()

    def _render(self, prescription: Prescription) -> bytes:
        dispositif = self._dispositifs[prescription.content.dispositif]
        words = PaperWords(dispositif, self._living, self._header())
        return self._office.pdf(paper_of_prescription(prescription, words))

    @Slot(object)
    def _come_home(self, answer: object) -> None:
        key, self.under_way = self.under_way, ""
        self.changed.emit()
        if isinstance(answer, Prescription):
            self.done.emit(answer)
        elif isinstance(answer, Refusal | StoreFailure):
            self.refused.emit(answer, key)
        elif isinstance(answer, BaseException):
            raise answer
