"""The electronic signature of a valid prescription: made beside the window, its secret kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.errors import Refusal
from osnp_console.app.prescription.signature import NotSigned, SignDocument
from osnp_console.app.prescription.signing_place import SigningPlace, SigningWay, signing_key

ASKED = {
    SigningWay.FILE: "Phrase de passe du fichier de signature",
    SigningWay.TOKEN: "Code de la carte",
}
"""What is asked for, by what signs at this desk."""


class Signing(QObject):
    """One for the window; one signature at a time.

    Signals:
        signed(str, bytes): the prescription's id, and its document with the signature.
        refused(str, str): the prescription's id, and why nothing was signed.
        changed(): a signature began or ended.
    """

    signed = Signal(str, bytes)
    refused = Signal(str, str)
    changed = Signal()
    _home = Signal(object)

    def __init__(
        self,
        sign: SignDocument | None,
        place: Callable[[], SigningPlace],
        parent: QObject | None = None,
    ) -> None:
        """Without `sign` nothing signs here; `place` is read at each signature."""
        super().__init__(parent)
        self._sign, self._place = sign, place
        self.under_way = ""
        """The id of the prescription being signed, empty while there is none."""
        self._home.connect(self._come_home)

    @property
    def is_there(self) -> bool:
        """Whether this desk signs otherwise than by hand."""
        return self._sign is not None and self._place().way is not SigningWay.BY_HAND

    @property
    def asked(self) -> str:
        """What the person is asked for."""
        return ASKED.get(self._place().way, "")

    def sign(self, key: str, content: bytes, secret: str) -> None:
        """Sign a document; a card may take seconds."""
        sign = self._sign
        if self.under_way or sign is None:
            return
        try:
            signing = signing_key(self._place(), secret)
        except Refusal as refusal:
            self.refused.emit(key, refusal.message)
            return
        self.under_way = key
        self.changed.emit()

        def run() -> None:
            answer: object
            try:
                answer = sign(content, signing)
            except BaseException as error:  # raised again at home where it is none of those told
                answer = error
            self._home.emit(answer)

        Thread(target=run, name="signature", daemon=True).start()

    @Slot(object)
    def _come_home(self, answer: object) -> None:
        key, self.under_way = self.under_way, ""
        self.changed.emit()
        if isinstance(answer, bytes):
            self.signed.emit(key, answer)
        elif isinstance(answer, NotSigned):
            self.refused.emit(key, answer.message)
        elif isinstance(answer, BaseException):
            raise answer
