"""What leaves the window for the desktop: pages of agendas, numbers to phone, documents."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from osnp_console.app.booking.after_booking import patient_text
from osnp_console.app.booking.journal import paper_entry
from osnp_console.app.booking.link import booking_url
from osnp_console.app.booking.papers import Papers
from osnp_console.app.booking.proof import proof_of
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.app.errors import Refusal
from osnp_console.app.sources.agendas import Connectors
from osnp_console.app.transfer.looked_up import SHEET
from osnp_console.app.transfer.sheet import TransferSheet
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.checklist import Judgement
from osnp_console.domain.regulator import Regulator
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.ui.agendas.deal import Deal
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.telephony.phone_desk import PhoneDesk

NO_PAGE = "La page de réservation n’a pas été ouverte\u202f: son adresse n’est pas celle de cet agenda."
NO_BROWSER = "Aucun navigateur n’est relié à ce poste."
NO_READER = "Aucun lecteur n’est relié à ce poste. Le fichier est là\u202f: "
NOT_WRITTEN = "Le document n’a pas pu être écrit\u202f: vérifier le disque."


class Outside(QObject):
    """Opens pages and documents; a desktop that cannot is a sentence, never an obstacle.

    Signals:
        said(str): words for the journal strip of the call on screen.
    """

    said = Signal(str)

    def __init__(
        self,
        calls: DeskCalls,
        deals: Deals,
        home: AgendaDoor,
        connectors: Connectors,
        catalogue: Catalogue,
        papers: Papers,
        words: Callable[[], CallSheetWords],
        regulator: Callable[[], Regulator],
        phone: PhoneDesk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._deals = deals
        self._home = home
        self._connectors = connectors
        self._catalogue = catalogue
        self._papers = papers
        self._words = words
        self._regulator = regulator
        self.phone = phone
        phone.said.connect(self.said)

    # --- pages and numbers ------------------------------------------------------------------------------

    def open_slot_page(self, slot: Slot, source: AgendaSource) -> None:
        """Open the agenda's page of a slot, on a host of its source only."""
        connector = self._connectors.get(source.kind)
        url = next((one.url for one in slot.origins if one.source == source.id and one.url), None)
        if url is None or connector is None:
            return
        origin = source.options.get("origine")
        page = booking_url(url, origin if isinstance(origin, str) else None, connector.hosts(source))
        self.open_page(page)

    def open_page(self, page: str | None) -> None:
        """Open an address that was found fit."""
        if page is None:
            self.said.emit(NO_PAGE)
        elif not QDesktopServices.openUrl(QUrl(page)):
            self.said.emit(NO_BROWSER)

    def dial(self, number: str) -> None:
        """Dial a number; how it ended is said, and never waited for."""
        self.phone.dial(number)

    # --- documents --------------------------------------------------------------------------------------

    def export_missing(self) -> str:
        """Why an appointment message cannot be made at this desk; empty when it can."""
        if self._regulator().is_complete:
            return ""
        return "Qui réserve n’est pas dit\u202f: nom, prénom et courriel, Réglages, Ce poste."

    def make_proof(self, deal: Deal) -> None:
        """The proof of regulation of a deal's appointment."""
        appointment, call = deal.appointment, deal.call
        if appointment is None:
            return
        proof = proof_of(
            call.record,
            appointment,
            call.desk,
            self._words(),
            self._judgement(deal),
            (self._catalogue.version, self._catalogue.fingerprint),
            self._deals.agendas.name(appointment.source),
            self._regulator(),
        )
        self._make(deal.call, lambda: self._papers.proof(proof), "preuve de régulation")

    def make_patient_sheet(self, deal: Deal) -> None:
        """What the patient is told, to be printed."""
        if deal.appointment is not None:
            text = patient_text(deal.appointment.slot, self._calls.clock())
            self._make(deal.call, lambda: self._papers.patient(text), "texte pour le patient")

    def make_message(self, deal: Deal) -> None:
        """The appointment as RS-SAS-RDV."""
        appointment = deal.appointment
        if appointment is not None:
            source = self._deals.agendas.sources.get(appointment.source)
            kind, regulator = source.kind if source is not None else None, self._regulator()
            self._make(
                deal.call, lambda: self._papers.message(appointment, regulator, kind), "message RS-SAS-RDV"
            )

    def _judgement(self, deal: Deal) -> Judgement | None:
        name = deal.appointment.dispositif if deal.appointment is not None else None
        found = next((one for one in self._catalogue.dispositifs if one.id == name), None)
        return deal.call.checklist.judgement(found) if found is not None else None

    def make_transfer_sheet(self, call: OpenCall, sheet: TransferSheet) -> None:
        """The sheet of a call's transfer, for the line."""
        self._make(call, lambda: self._papers.transfer(sheet), SHEET)

    def _make(self, call: OpenCall, make: Callable[[], str], what: str) -> None:
        """Make a document on another thread, journal that it was made, then open it."""

        def work() -> str | Refusal | OSError:
            try:
                return make()
            except (Refusal, OSError) as error:
                return error

        self._home.go_and(work, lambda made: self._made(call, made, what))

    def _made(self, call: OpenCall, made: str | Refusal | OSError, what: str) -> None:
        if isinstance(made, Refusal):
            self.said.emit(made.message)
        elif isinstance(made, OSError):
            self.said.emit(NOT_WRITTEN)
        else:
            self._deals.write(paper_entry(call.desk.code, call.record.id, what, self._calls.clock()))
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(made)):
                self.said.emit(f"{NO_READER}{made}")
