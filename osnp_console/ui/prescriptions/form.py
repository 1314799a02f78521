"""The left pane: the rows of a prescription, scrolled where height lacks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from osnp_console.app.prescription.finess import KnownFiness
from osnp_console.app.prescription.paper import PrescriptionPaper
from osnp_console.domain.commune import Commune
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.prescription.content import Content, Prescriber
from osnp_console.domain.prescription.nurses import ToCall
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.prescriptions.acts_part import ActsPart
from osnp_console.ui.prescriptions.dispositif_part import DispositifPart
from osnp_console.ui.prescriptions.nurses_part import NursesPart
from osnp_console.ui.prescriptions.patient_part import PatientPart
from osnp_console.ui.prescriptions.said import Said
from osnp_console.ui.prescriptions.summary_part import SummaryPart
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.control import Control
from osnp_console.ui.widgets.form_row import ROW_GAP, FormRow
from osnp_console.ui.widgets.suggestion_rows import Row

MARGIN = 14


@dataclass(frozen=True, slots=True)
class FormSources:
    """What the form looks things up in. `dispositifs` send nurses and are in service."""

    dispositifs: tuple[Dispositif, ...]
    communes: Callable[[str], Sequence[Row]]
    resolve: Callable[[str], object | None]
    living: Callable[[str], Commune | None]
    unfinished: Unfinished


@dataclass(frozen=True, slots=True)
class Shown:
    """A prescription with what the form says around it.

    `note` says where the identity comes from, `why_closed` why nothing of it may be changed here (empty when
    it may), `no_calls` why nobody may be called; `paper` is what is shown instead of fields that are closed.
    """

    prescription: Prescription
    known: KnownFiness
    doctors: tuple[Prescriber, ...]
    said: Said
    order: tuple[ToCall, ...]
    note: str = ""
    why_closed: str = ""
    no_calls: str = ""
    paper: PrescriptionPaper | None = None


class _Inside(QWidget):
    """What is scrolled, up and down only: it takes the width it is given."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class PrescriptionForm(QScrollArea):
    """Order of the interface (section 8); Tab goes down it.

    Signals:
        typed(object): the Content as it stands in the form.
        confirmed(str): what stood under that field was read again.
        call_wanted(str): the nurse of that id is to be called.
        answered(object): what the one who is called said, a NurseAnswer.
    """

    typed = Signal(object)
    confirmed = Signal(str)
    call_wanted = Signal(str)
    answered = Signal(object)

    def __init__(self, theme: Theme, sources: FormSources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._content: Content | None = None
        self._key = ""
        self._inside = _Inside()
        self.dispositif = DispositifPart(theme, sources.dispositifs, self._inside)
        self.patient = PatientPart(
            theme, sources.communes, sources.resolve, sources.living, sources.unfinished, self._inside
        )
        self.acts = ActsPart(theme, self._inside)
        self.nurses = NursesPart(theme, self._inside)
        self.summary = SummaryPart(theme, self._inside)
        self._column = QVBoxLayout(self._inside)
        self._column.setSpacing(theme.px(ROW_GAP))
        for part in (self.dispositif, self.patient, self.acts, self.summary, self.nurses):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._fit_margin)
        self._fit_margin()
        for part in (self.dispositif, self.patient, self.acts):
            part.typed.connect(self._part_typed)
        for control in self._inside.findChildren(Control):
            control.next_wanted.connect(self._next)
        self.dispositif.confirmed.connect(self.confirmed)
        self.nurses.call_wanted.connect(self.call_wanted)
        self.nurses.answered.connect(self.answered)
        self.nurses.reached.connect(self._keep_in_sight)

    def _fit_margin(self) -> None:
        """The scroll bar takes the place of the margin: nothing changes width when it comes."""
        scrolls = self.verticalScrollBar().maximum() > 0
        margin, edge = self.theme.px(MARGIN), self.theme.px(8)
        self._column.setContentsMargins(margin, edge, 0 if scrolls else margin, edge)
        self._keep_in_sight()

    # --- showing ----------------------------------------------------------------------------------------

    def show_prescription(self, shown: Shown, now: datetime) -> None:
        """Show a prescription as it stands."""
        one = shown.prescription
        if one.id != self._key:
            self._key = one.id
            self.dispositif.forget()
            self.nurses.forget()
            self.verticalScrollBar().setValue(0)
        self._content = one.content
        writes = not shown.why_closed
        for part in (self.dispositif, self.patient, self.acts):
            part.setVisible(writes)
        self.summary.setVisible(not writes and shown.paper is not None)
        if not writes:
            if shown.paper is not None:
                self.summary.show_paper(shown.paper)
            self.nurses.show_order(shown.order, shown.no_calls)
            return
        self.dispositif.show_content(one.content, shown.known, shown.doctors)
        self.patient.show_content(one.id, one.content, shown.note, now)
        self.acts.show_content(one.content)
        for part in (self.dispositif, self.patient, self.acts):
            part.say(shown.said)
        self.nurses.show_order(shown.order, shown.no_calls)

    def focus_first(self) -> None:
        """Put the keyboard where work begins: in the acts, once everything above them is there."""
        if self.acts.isHidden():
            first: QWidget = self.nurses.rows[0] if self.nurses.rows else self
        elif self.dispositif.names_row.isVisibleTo(self) and not self.dispositif.name.text().strip():
            first = self.dispositif.name
        elif not self.dispositif.doctor.answer:
            first = self.dispositif.doctor
        elif self.patient.names_row.isVisibleTo(self):
            first = self._first_empty() or self.patient.identity
        else:
            first = next(iter(self.acts.boxes.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_empty(self) -> QWidget | None:
        part = self.patient
        fields = (part.name, part.first_names, part.birth)
        return next((one for one in fields if not one.text().strip()), None)

    def focus_fault(self, path: str) -> None:
        """Put the keyboard in the field of a fault."""
        controls: dict[str, QWidget] = {
            "dispositif": self.dispositif.dispositif,
            "finess": self.dispositif.finess,
            "prescripteur.nom": self.dispositif.name
            if self.dispositif.names_row.isVisibleTo(self)
            else self.dispositif.doctor,
            "prescripteur.rpps": self.dispositif.rpps
            if self.dispositif.names_row.isVisibleTo(self)
            else self.dispositif.doctor,
            "patient.nom_naissance": self.patient.name,
            "patient.nom_utilise": self.patient.used_name,
            "patient.prenoms": self.patient.first_names,
            "patient.adresse": self.patient.address,
            "patient.telephone": self.patient.phone,
            "patient.date_naissance": self.patient.birth,
            "patient.sexe": self.patient.sex,
            "actes": next(iter(self.acts.boxes.values())),
        }
        target = controls.get(path)
        if target is None and path.startswith("actes."):
            ticked = [code for code, box in self.acts.boxes.items() if box.is_ticked]
            _, place, name = f"{path}.".split(".")[:3]
            row = self.acts.rows[ticked[int(place)]]
            target = {"frequence": row.frequency, "duree": row.duration}.get(name, row.detail)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """What has the keyboard is seen, with the sentence under it."""
        focused = QApplication.focusWidget()
        if focused is None or not self._inside.isAncestorOf(focused):
            return
        whole, at = focused, focused.parentWidget()
        while at is not None and at is not self._inside:
            if isinstance(at, Control | FormRow):
                whole = at
            at = at.parentWidget()
        top = whole.mapTo(self._inside, QPoint(0, 0)).y()
        for edge in (top, top + whole.height()):
            self.ensureVisible(0, edge, 0, self.theme.px(8))

    def finish_typing(self) -> None:
        """Take what stands in the focused field as typed to its end, as leaving it would."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            return
        at: QWidget | None = focused
        while at is not None and at is not self:
            commit = getattr(at, "commit", None)
            if commit is not None:
                commit()
                return
            at = at.parentWidget()

    # --- typed ------------------------------------------------------------------------------------------

    def _part_typed(self) -> None:
        if self._content is None:
            return
        content = self._content
        for part in (self.dispositif, self.patient, self.acts):
            content = part.applied(content)
        self._content = content
        self.typed.emit(content)

    def _next(self) -> None:
        """Entrée goes down the form, as Tab does."""
        self.focusNextPrevChild(True)
