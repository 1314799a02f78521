"""Prepares the message to the nurse, and opens it with the user's own mail client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from osnp_console.app.errors import Refusal, StoreFailure
from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.secure_mail import KeepMessage, ToSend, prepare_sending, read_address
from osnp_console.app.prescription.transmission import message_to, transmission_sheet_of
from osnp_console.domain.commune import Commune
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor

OPENED = "Message prêt dans la messagerie\u202f: le relire, l’envoyer, puis noter l’envoi ici."
NOT_OPENED = "Message prêt\u202f: l’ouvrir avec la messagerie sécurisée, puis noter l’envoi ici. {}"
NOT_WRITTEN = "Le message n’a pas pu être écrit\u202f: vérifier le disque."
NO_DISPOSITIF = "Le catalogue n’a plus ce dispositif\u202f: le message ne peut pas être préparé."
Then = Callable[[str], None]


def open_with_client(path: str) -> bool:
    """Hand the file to whatever opens messages on this workstation; False where nothing does."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(path))


class DeskMail(QObject):
    """One for the window (`ui.prescriptions.ports.MakesMail`). It marks nothing as sent."""

    def __init__(
        self,
        store: StoreDoor,
        threads: AgendaDoor,
        keep: KeepMessage,
        dispositifs: Mapping[str, Dispositif],
        living: Callable[[str], Commune | None],
        desk: Callable[[], str],
        clock: Callable[[], datetime],
        opener: Callable[[str], bool] = open_with_client,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._threads, self._keep = store, threads, keep
        self._dispositifs, self._living = dispositifs, living
        self._desk, self._clock, self._open = desk, clock, opener

    def __call__(self, prescription: Prescription, address: str, then: Then) -> None:
        """Prepare it; `then` gets a sentence: where the message is, or why there is none."""
        try:
            to = read_address(address)
        except Refusal as refusal:
            then(refusal.message)
            return
        prepare = prepare_sending(prescription.id, to, self._desk(), self._clock())

        def work(open_unit: OpenUnit) -> ToSend | str:
            try:
                return prepare(open_unit)
            except Refusal as refusal:
                return refusal.message

        def prepared(found: ToSend | str) -> None:
            if isinstance(found, str):
                then(found)
            else:
                self._threads.go_and(lambda: self._written(found, to), lambda path: self._ready(path, then))

        def failed(failure: StoreFailure) -> None:
            then(failure.message)

        self._store.ask(work, prepared, failed)

    def _written(self, found: ToSend, to: str) -> tuple[str, str]:
        """Where the file is, and why there is none."""
        one = found.prescription
        dispositif = self._dispositifs.get(one.content.dispositif)
        if dispositif is None:
            return "", NO_DISPOSITIF
        visit = dispositif.nurse_visit
        message = message_to(to, one, visit.delay_hours if visit is not None else None)
        sheet = transmission_sheet_of(one, dispositif, found.nurse, self._living)
        try:
            return self._keep(message, found.document, sheet), ""
        except OSError:
            return "", NOT_WRITTEN

    def _ready(self, written: tuple[str, str], then: Then) -> None:
        path, fault = written
        if fault:
            then(fault)
        else:
            then(OPENED if self._open(path) else NOT_OPENED.format(path))
