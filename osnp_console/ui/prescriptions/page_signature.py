"""A doctor signs what is valid on screen: the passphrase or the code, what comes of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.prescriptions.desk_prescriptions import DeskPrescriptions
from osnp_console.ui.prescriptions.document_view import DocumentView
from osnp_console.ui.prescriptions.signing import Signing

HINT = "La signature est ajoutée au document archivé."


class PageSignature(QObject):
    """Between the question in place and the signature beside the window.

    Signals:
        done(): the signature is on its way to the archive.
    """

    done = Signal()

    def __init__(
        self,
        view: DocumentView,
        desk: DeskPrescriptions,
        signing: Signing,
        shown: Callable[[], Prescription | None],
        parent: QObject,
    ) -> None:
        """`shown` gives the prescription on screen."""
        super().__init__(parent)
        self._view, self._desk, self._signing, self._shown = view, desk, signing, shown
        view.pin.given.connect(self._given)
        signing.signed.connect(self._signed)
        signing.refused.connect(self._refused)

    def ask(self) -> None:
        """Ask for what the key takes."""
        self._view.pin.ask(f"{self._signing.asked}\u202f: {HINT}")

    @Slot(str)
    def _given(self, secret: str) -> None:
        one = self._shown()
        if one is None:
            return
        key = one.id

        def sign(content: bytes) -> None:
            self._signing.sign(key, content, secret)

        def not_read(sentence: str) -> None:
            self._view.pin.say(sentence)

        self._desk.with_original(key, sign, not_read)

    @Slot(str, bytes)
    def _signed(self, key: str, document: bytes) -> None:
        self._desk.sign(key, document)
        if self._is_shown(key):
            self._view.pin.close_it()
            self.done.emit()

    @Slot(str, str)
    def _refused(self, key: str, sentence: str) -> None:
        if self._is_shown(key):
            self._view.pin.say(sentence)

    def _is_shown(self, key: str) -> bool:
        one = self._shown()
        return one is not None and one.id == key
