"""The form's widgets and their layout; no condition: the panel says what is open and what it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.app.calls.intake_fields import MOST_QUESTIONS
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.ui.intake import choices
from osnp_console.ui.intake.choice_field import ChoiceField
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.form_row import ROW_GAP, FormRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import MessageLine
from osnp_console.ui.widgets.note_field import NoteField
from osnp_console.ui.widgets.segments import Segments, three_state
from osnp_console.ui.widgets.suggestions import Row
from osnp_console.ui.widgets.titles import SectionTitle

Search = Callable[[str], Sequence[Row]]
Resolve = Callable[[str], object | None]

DOCTOR_TITLE = "titre medecin_traitant"
USUAL_TITLE = "titre praticien_habituel"
TRAVEL_TITLE = "titre deplacement"
QUESTIONS_TITLE = "titre questions"
KNOWN = "deja appele"
MARGIN = 12
EDGE = 8
_SEX_WIDTH = 84
_LEAST_WIDTH = 160
_NARROW = "\u202f"


class Controls:
    """Every control of the form."""

    def __init__(
        self,
        theme: Theme,
        communes: Search,
        resolve: Resolve,
        no_commune: str,
        reasons: Search,
        resolve_reason: Resolve,
        no_reason: str,
    ) -> None:
        self.link = Segments(theme, "Lien", choices.LINKS)
        self.phone = LineField(theme, "Rappeler au")
        self.name = LineField(theme, "Nom")
        self.first_names = LineField(theme, "Prénom")
        self.birth = LineField(theme, "Né(e) le")
        self.sex = Segments(theme, "Sexe", choices.SEXES)
        self.pregnant = three_state(theme, "Enceinte")
        self.residence = ChoiceField(theme, "Commune", communes, resolve=resolve, nothing_found=no_commune)
        self.place = Combo(theme, "Se trouve", choices.PLACES)
        self.elsewhere = ChoiceField(
            theme, "Commune où se trouve le patient", communes, resolve=resolve, nothing_found=no_commune
        )
        self.offer = Combo(theme, "Offre", choices.OFFERS, clearable=False)
        self.reason = ChoiceField(theme, "Motif", reasons, resolve=resolve_reason, nothing_found=no_reason)
        self.delay = Segments(theme, "À voir sous", choices.DELAYS)
        self.days = LineField(theme, "Nombre de jours")
        self.platform = three_state(theme, "Plateau tech.")
        self.prescription = three_state(theme, "Ordonnance")
        self.onset = LineField(theme, "Début")
        self.doctor = Segments(theme, "Médecin traitant, statut", choices.STATUSES)
        self.doctor_practice = LineField(theme, "Médecin traitant, cabinet", optional=True)
        self.doctor_called = three_state(theme, f"Médecin traitant, appelé{_NARROW}?")
        self.usual = Segments(theme, "Praticien habituel, statut", choices.STATUSES)
        self.usual_practice = LineField(theme, "Praticien habituel, cabinet", optional=True)
        self.usual_called = three_state(theme, f"Praticien habituel, appelé{_NARROW}?")
        self.travel = three_state(theme, "Peut venir")
        self.questions = [three_state(theme, "Question") for _ in range(MOST_QUESTIONS)]
        self.note = NoteField(theme, "Note")
        self.place.set_placeholder("pas demandé")
        self.name.set_placeholder("nom")
        self.first_names.set_placeholder("prénom")
        self.doctor_practice.set_placeholder("nom du médecin, facultatif")
        self.usual_practice.set_placeholder("nom, facultatif")
        self.note.set_placeholder("Note")
        for segments in (self.doctor, self.usual):
            # Five answers in a narrow column: their texts are cut, with a tool tip, before the form is.
            segments.setMinimumWidth(theme.px(_LEAST_WIDTH))
        self.sex.setFixedWidth(theme.px(_SEX_WIDTH))


class _Form(QWidget):
    """What is scrolled, up and down only: it takes the width it is given."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class IntakeView(QScrollArea):
    """The form, scrolled when height lacks; `rows` from top to bottom, each under its code or a name."""

    def __init__(self, theme: Theme, controls: Controls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.controls = controls
        self.known = MessageLine(theme)
        self.patient_title = SectionTitle(theme, "Patient", "identité provisoire")
        self.doctor_title = SectionTitle(theme, "Médecin traitant")
        self.usual_title = SectionTitle(theme, "Praticien habituel")
        self.question_rows = [FormRow(theme, "", control, above=True) for control in controls.questions]
        self.rows = self._make_rows()
        self.footer = QVBoxLayout()
        self._form = _Form()
        self._column = QVBoxLayout(self._form)
        self._lay_out()

    def _make_rows(self) -> list[tuple[str, QWidget]]:
        theme, c = self.theme, self.controls

        def row(label: str, control: QWidget, *more: QWidget, stretches: Sequence[int] = ()) -> FormRow:
            return FormRow(theme, label, control, *more, stretches=stretches)

        called = f"Appelé{_NARROW}?"
        known = QWidget()
        around = QVBoxLayout(known)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.known)
        return [
            ("titre appelant", SectionTitle(theme, "Appelant")),
            (fields.CALLER_LINK, row("Lien", c.link)),
            (fields.CALLER_PHONE, row("Rappeler au", c.phone)),
            ("titre patient", self.patient_title),
            (fields.BIRTH_NAME, row("Nom, prénom", c.name, c.first_names)),
            (facts.BIRTH, row("Né(e) le", c.birth, c.sex, stretches=(1, 0))),
            (facts.PREGNANT, row("Enceinte", c.pregnant)),
            (facts.RESIDENCE, row("Commune", c.residence)),
            (facts.PRESENT_PLACE, row("Se trouve", c.place)),
            (fields.ELSEWHERE, row("Où", c.elsewhere)),
            (KNOWN, known),
            ("titre besoin", SectionTitle(theme, "Besoin")),
            (facts.OFFER, row("Offre", c.offer)),
            (facts.REASON, row("Motif", c.reason)),
            (facts.DELAY, row("À voir sous", c.delay)),
            (fields.DELAY_DAYS, row("Combien", c.days)),
            (facts.TECHNICAL_PLATFORM, row("Plateau tech.", c.platform)),
            (facts.PRESCRIPTION, row("Ordonnance", c.prescription)),
            (facts.ONSET, row("Début", c.onset)),
            (DOCTOR_TITLE, self.doctor_title),
            (facts.REGULAR_DOCTOR, row("Statut", c.doctor)),
            (fields.DOCTOR_PRACTICE, row("Cabinet", c.doctor_practice)),
            (fields.DOCTOR_CALLED, row(called, c.doctor_called)),
            (USUAL_TITLE, self.usual_title),
            (facts.USUAL_PRACTITIONER, row("Statut", c.usual)),
            (fields.USUAL_PRACTICE, row("Cabinet", c.usual_practice)),
            (facts.USUAL_CONTACTED, row(called, c.usual_called)),
            (TRAVEL_TITLE, SectionTitle(theme, "Déplacement")),
            (facts.CAN_TRAVEL, row("Peut venir", c.travel)),
            (QUESTIONS_TITLE, SectionTitle(theme, "Questions")),
            *((question_row(number), one) for number, one in enumerate(self.question_rows)),
            (fields.NOTE, c.note),
        ]

    def _lay_out(self) -> None:
        theme = self.theme
        self._column.setSpacing(theme.px(ROW_GAP))
        # Tab goes down the rows as they are added. Never setTabOrder on what is inside a control: Qt then
        # comes back to the control itself after the last one, and the keyboard is trapped in the form.
        for _, widget in self.rows:
            self._column.addWidget(widget)
        self._column.addLayout(self.footer)
        self._column.addStretch(1)
        self._form.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setWidget(self._form)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._form.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._fit_margin)
        self._fit_margin()

    def _fit_margin(self) -> None:
        """The scroll bar takes the place of the margin, so that nothing changes width when it comes."""
        scrolls = self.verticalScrollBar().maximum() > 0
        margin, edge = self.theme.px(MARGIN), self.theme.px(EDGE)
        self._column.setContentsMargins(margin, edge, 0 if scrolls else margin, edge)
        self.keep_focus_in_sight()

    def keep_focus_in_sight(self) -> None:
        """Scroll to the row that has the focus, with its sentence, if it is one of the form's."""
        focused = QApplication.focusWidget()
        if focused is None or not self._form.isAncestorOf(focused):
            return
        row = next((row for _, row in self.rows if row.isAncestorOf(focused)), focused)
        self.ensureWidgetVisible(row, 0, self.theme.px(MARGIN))


def question_row(number: int) -> str:
    """The name of the row of one of the further questions."""
    return f"question {number}"
