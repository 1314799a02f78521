"""The fields of a registration; a refusal stands under the field that it is about."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from osnp_console.app.waiting.panel import Form
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.phone import read_phone
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.form_row import ROW_GAP, FormRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.segments import Segments
from osnp_console.ui.widgets.titles import SectionTitle

CONSENT, PHONE, MAIL, NEED, PRIORITY = "accord", "patient.telephone", "courriel", "besoin", "priorite"
YES_NO = (Choice(True, "Oui", "O"), Choice(False, "Non", "N"))
CONSENT_TIP = "Le patient accepte d’être gardé sur la liste de la CPTS, avec de quoi le rappeler."
NO_PRIORITY = "sans priorité"


class FormPart(QWidget):
    """What is typed for a list beside the call.

    Signals:
        edited(str, object): a field, by its name in a refusal, and its new value.
        sent(): Entrée in the last field.
    """

    edited = Signal(str, object)
    sent = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._priorities: tuple[str, ...] = ()
        self.consent = Segments(theme, "Accord du patient", YES_NO, parent=self)
        self.consent.set_tip(CONSENT_TIP)
        self.phone = LineField(theme, "Rappeler au", parent=self)
        self.mail = LineField(theme, "Courriel", optional=True, parent=self)
        self.need = LineField(theme, "Pour", optional=True, parent=self)
        self.priority = Combo(theme, "Priorité", (), parent=self)
        self.priority.set_placeholder(NO_PRIORITY)
        self.rows = {
            CONSENT: FormRow(theme, "Accord", self.consent, parent=self),
            PHONE: FormRow(theme, "Rappeler au", self.phone, parent=self),
            MAIL: FormRow(theme, "Courriel", self.mail, parent=self),
            NEED: FormRow(theme, "Pour", self.need, parent=self),
            PRIORITY: FormRow(theme, "Priorité", self.priority, parent=self),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(ROW_GAP))
        self._title = SectionTitle(theme, "Inscription", parent=self)
        column.addWidget(self._title)
        for row in self.rows.values():
            column.addWidget(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._connect()

    def _connect(self) -> None:
        self.consent.answered.connect(self._consent_given)
        self.priority.answered.connect(self._priority_given)
        self.phone.typed.connect(self._phone_typed)
        self.mail.typed.connect(self._mail_typed)
        self.need.typed.connect(self._need_typed)
        self.consent.next_wanted.connect(self.phone.setFocus)
        self.phone.next_wanted.connect(self.mail.setFocus)
        self.mail.next_wanted.connect(self.need.setFocus)
        self.need.next_wanted.connect(self._after_need)
        self.priority.next_wanted.connect(self.sent)

    def show_form(self, form: Form) -> None:
        """Show the fields as they are filled in; what is being typed keeps its cursor."""
        self.rows[CONSENT].setVisible(form.asks_consent)
        self.rows[PRIORITY].setVisible(bool(form.priorities))
        self.consent.set_answer(form.consent if isinstance(form.consent, bool) else None)
        self.phone.set_text(form.phone)
        self.phone.set_annotation(read_phone(form.phone).kind)
        self.mail.set_text(form.mail)
        self.need.set_text(form.need)
        if form.priorities != self._priorities:
            self._priorities = form.priorities
            self.priority.set_choices([Choice(one, one) for one in form.priorities])
        self.priority.set_answer(form.priority or None)

    def show_refusal(self, field: str, sentence: str) -> bool:
        """Say under its field what is wrong, and go there; False where it is none of these fields."""
        row = self.rows.get(field)
        if row is None:
            return False
        row.set_message(sentence)
        row.setVisible(True)
        self._focus(field)
        return True

    def forget_refusals(self) -> None:
        """Nothing is wrong any more, as far as is known."""
        for row in self.rows.values():
            row.set_message(None)

    def take_focus(self) -> None:
        """Give the keyboard to the first field that is not filled in."""
        asked = CONSENT if not self.rows[CONSENT].isHidden() and self.consent.answer is None else ""
        self._focus(asked or (MAIL if self.phone.text() else PHONE))

    def _focus(self, field: str) -> None:
        controls = {
            CONSENT: self.consent, PHONE: self.phone, MAIL: self.mail, NEED: self.need,
            PRIORITY: self.priority,
        }  # fmt: skip
        controls[field].setFocus()

    def _after_need(self) -> None:
        if self.rows[PRIORITY].isHidden():
            self.sent.emit()
        else:
            self.priority.setFocus()

    def _edited(self, field: str, value: Answer) -> None:
        self.rows[field].set_message(None)
        self.edited.emit(field, value)

    def _consent_given(self, answer: object) -> None:
        self._edited(CONSENT, answer if isinstance(answer, bool) else None)

    def _priority_given(self, answer: object) -> None:
        self._edited(PRIORITY, answer if isinstance(answer, str) else "")

    def _phone_typed(self, text: str) -> None:
        self._edited(PHONE, text)

    def _mail_typed(self, text: str) -> None:
        self._edited(MAIL, text)

    def _need_typed(self, text: str) -> None:
        self._edited(NEED, text)
