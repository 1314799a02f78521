"""What is read beside the prescriptions: the nurses, the site's papers, FINESS, archived documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from osnp_console.app.people.session import Session
from osnp_console.app.ports import StoreFailure
from osnp_console.app.prescription.acts import SIGNED_PAPER
from osnp_console.app.prescription.find import original
from osnp_console.app.prescription.finess import KnownFiness, finess_of, read_settled
from osnp_console.app.prescription.from_call import usual_nurse
from osnp_console.app.prescription.nurse_directory import all_nurses
from osnp_console.app.prescription.records import ArchivedPaper, SettledFiness
from osnp_console.app.prescription.site_papers import site_papers
from osnp_console.app.prescription.site_records import SitePapers
from osnp_console.app.prescription.validate import ORIGINAL
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.moves import PrescriptionState
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.background import StoreDoor


class ReadBeside(QObject):
    """Each is read once and kept, and again when it is heard that it changed.

    Signals:
        changed(str): a prescription, by its id, is shown otherwise.
        nurses_changed(): the directory of nurses, or what the site settled of its papers, was read.
        failed(object): the StoreFailure that keeps something from being read.
    """

    changed = Signal(str)
    nurses_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        door: StoreDoor,
        desk: Callable[[], str],
        clock: Callable[[], datetime],
        session: Callable[[], Session],
        parent: QObject | None = None,
    ) -> None:
        """`desk` gives the code of this desk, `session` who acts."""
        super().__init__(parent)
        self._door, self._desk, self._clock, self.session = door, desk, clock, session
        self._known: dict[str, Prescription] = {}
        self._settled: dict[str, SettledFiness | None] = {}
        self._originals: dict[str, bytes] = {}
        self.nurses: tuple[Nurse, ...] = ()
        self.site = SitePapers()
        """What the site settled of its papers, as it was last read."""
        self.usual: dict[str, str] = {}
        """What each call says of the patient's usual nurse, by the call's id."""

    @property
    def desk_code(self) -> str:
        """The code of this desk."""
        return self._desk()

    def may(self, act: Act) -> bool:
        """Whether whoever sits here may do it."""
        return self.session().may(act)

    @property
    def validates(self) -> bool:
        """Whether a doctor sits here."""
        return self.may(Act.VALIDATE_PRESCRIPTION)

    def finess(self, dispositif: Dispositif) -> KnownFiness:
        """Which FINESS its prescriptions bear, as far as it was read."""
        return finess_of(dispositif, self._settled.get(dispositif.id))

    def knows_finess(self, dispositif: str) -> bool:
        """Whether what the site settled of it was read."""
        return dispositif in self._settled

    def read_nurses(self) -> None:
        """Read the directory of nurses, for whoever may send one."""
        if self.may(Act.PREPARE_PRESCRIPTION):
            self._door.ask(all_nurses, self._nurses_read, self.failed.emit)

    def read_site(self) -> None:
        """Read what the site settled of its papers: their head, their size, its doctors."""
        self._door.ask(site_papers, self._site_read, self.failed.emit)

    def _site_read(self, site: SitePapers) -> None:
        if site != self.site:
            self.site = site
            self.nurses_changed.emit()

    def read_finess(self, dispositif: str) -> None:
        """Read what the site settled of a dispositif's FINESS."""

        def read(settled: SettledFiness | None) -> None:
            if dispositif in self._settled and self._settled[dispositif] == settled:
                return
            self._settled[dispositif] = settled
            for key, one in self._known.items():
                if one.content.dispositif == dispositif:
                    self.changed.emit(key)

        self._door.ask(read_settled(dispositif), read, self.failed.emit)

    def read_usual(self, prescription: Prescription) -> None:
        """Read what the call says of the usual nurse, once."""
        call = prescription.call
        if not call or call in self.usual:
            return
        self.usual[call] = ""

        def read(usual: str) -> None:
            self.usual[call] = usual
            if usual:
                self.changed.emit(prescription.id)

        def not_read(failure: StoreFailure) -> None:
            self.usual.pop(call, None)

        self._door.ask(usual_nurse(call), read, not_read)

    def original(self, prescription: Prescription) -> bytes | None:
        """The document as it was archived, once it was read; of a cancelled one the paper says so instead."""
        if prescription.state is PrescriptionState.CANCELLED:
            return None
        return self._originals.get(prescription.id)

    def with_original(self, key: str, then: Callable[[bytes], None], failed: Callable[[str], None]) -> None:
        """Give the document that was archived at validation, or say why it cannot be had."""
        self._door.ask(
            original(key), lambda paper: then(paper.content), lambda failure: failed(failure.message)
        )

    def read_original(self, prescription: Prescription) -> None:
        """Read the document that was archived at validation, once: the page on screen is the one kept."""
        key = prescription.id
        if prescription.number is None or key in self._originals:
            return

        def read(paper: ArchivedPaper) -> None:
            self._originals[key] = paper.content
            self.changed.emit(key)

        self._door.ask(original(key, _kind(prescription)), read, lambda failure: None)

    def _nurses_read(self, nurses: tuple[Nurse, ...]) -> None:
        self.nurses = nurses
        self.nurses_changed.emit()


def _kind(prescription: Prescription) -> str:
    """Which document is the one to look at: the signed one, where there is one."""
    return SIGNED_PAPER if any(one.electronic for one in prescription.history) else ORIGINAL
