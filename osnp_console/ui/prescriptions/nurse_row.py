"""One nurse to call: who, why in that place, their number, what they said last."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from osnp_console.app.prescription.shown import ANSWER_WORDS, candidate_words, clock
from osnp_console.domain.phone import read_phone
from osnp_console.domain.prescription.nurses import ANSWER_LETTERS, NurseAnswer, ToCall
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel, PlainLabel

HEIGHT = 34
_NARROW = 640
NO_PHONE = "Aucun numéro dans l’annuaire pour cet infirmier."
_MARKS = {
    NurseAnswer.ACCEPTED: ("eligible", "eligible"),
    NurseAnswer.REFUSED: ("refused", "muted"),
    NurseAnswer.NO_ANSWER: ("close", "muted"),
}
_ANSWERS = (
    (NurseAnswer.ACCEPTED, "Accepté", "O"),
    (NurseAnswer.REFUSED, "Refusé", "N"),
    (NurseAnswer.NO_ANSWER, "Sans réponse", "S"),
)


class NurseRow(QWidget):
    """One stop. While this one is being called the letters O, N and S note the answer.

    Signals:
        call_wanted(str): the nurse of that id is to be called.
        answered(object): a NurseAnswer, of who is being called.
        reached(): it has the keyboard.
        stepped(int): the arrows ask for the row under (1) or over (-1) this one.
    """

    call_wanted = Signal(str)
    answered = Signal(object)
    stepped = Signal(int)
    reached = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.shown: ToCall | None = None
        self.is_next = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._mark = MarkLabel(theme, "", "muted", 14, self)
        self.name = ElidedLabel(theme, "", parent=self)
        self.about = ElidedLabel(theme, "", role="muted", points=9.5, parent=self)
        self.phone = PlainLabel(theme, "", points=9.5, parent=self)
        self.call = ActionButton(theme, "Appeler", "Ctrl+T", height=28, parent=self)
        self.call.clicked.connect(self.ask_call)
        self.answers = {
            answer: ActionButton(theme, words, letter, height=28, parent=self)
            for answer, words, letter in _ANSWERS
        }
        for answer, button in self.answers.items():
            button.setProperty("answer", answer.value)
            button.clicked.connect(self._answer_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(6), 0, theme.px(2), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._mark)
        row.addWidget(self.name, 9)
        row.addWidget(self.about, 1)
        for widget in (self.phone, *self.answers.values(), self.call):
            row.addWidget(widget)

    @property
    def is_called(self) -> bool:
        """Whether this one is being called now."""
        last = self.shown.last if self.shown is not None else None
        return last is not None and last.answer is None

    def show_nurse(self, shown: ToCall, *, is_next: bool, may: str) -> None:
        """Show somebody to call; `may` says why nobody may be called from here, empty when one may."""
        self.shown, self.is_next = shown, is_next
        last, nurse = shown.last, shown.nurse
        number = read_phone(nurse.phone).shown if nurse.phone else ""
        strong = is_next or self.is_called or (last is not None and last.answer is NurseAnswer.ACCEPTED)
        self.name.setText(nurse.name)
        self.name.setFont(self.theme.font(bold=strong))
        self.about.setText(self._about())
        self.phone.setText(number or "sans numéro")
        if last is not None and last.answer is not None:
            self._mark.set_mark(*_MARKS[last.answer])
        else:
            calls = is_next or self.is_called
            self._mark.set_mark("phone" if calls else "person", "accent" if calls else "muted")
        for button in self.answers.values():
            button.setVisible(self.is_called)
            button.set_reason(may or None)
        self.call.setVisible(not self.is_called)
        self.call.set_key("Ctrl+T" if is_next or self.hasFocus() else "")
        # Without a number the try is noted all the same: it may be known from elsewhere.
        self.call.set_reason(may or None)
        self.call.set_tip("" if number else NO_PHONE)
        self.setAccessibleName(", ".join(part for part in (nurse.name, self._about(), number) if part))
        hint = "O accepté, N refusé, S sans réponse" if self.is_called else "Ctrl+T appelle"
        self.setAccessibleDescription(hint)
        self._fit()

    def _fit(self) -> None:
        """Where room lacks, who is called and the answers stay; the rest is in the name read aloud."""
        narrow = self.width() < self.theme.px(_NARROW)
        self.about.setVisible(not narrow)
        self.phone.setVisible(not (narrow and self.is_called))
        # As wide as it is said, and cut before anything else is.
        wide = QFontMetrics(self.name.font()).horizontalAdvance(self.name.text()) + self.theme.px(2)
        self.name.setMaximumWidth(wide if not narrow else 16_777_215)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _about(self) -> str:
        shown = self.shown
        if shown is None:
            return ""
        last, told = shown.last, [candidate_words(shown)]
        if last is not None and last.answer is None:
            told.append(f"appel en cours depuis {clock(last.called_at)}")
        elif last is not None and last.answer is not None:
            told.append(f"{ANSWER_WORDS[last.answer]} à {clock(last.answered_at or last.called_at)}")
        return " · ".join(part for part in told if part)

    def ask_call(self) -> None:
        """Ask for this one to be called."""
        if self.shown is not None and self.call.isEnabled() and not self.is_called:
            self.call_wanted.emit(self.shown.nurse.id)

    def dial_shown(self) -> bool:
        """Ctrl+T while the keyboard is on this row; whoever is called already is called again."""
        if not self.hasFocus() or self.shown is None or not self.call.isEnabled():
            return False
        self.call_wanted.emit(self.shown.nurse.id)
        return True

    def _answer_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, ActionButton):
            self.answered.emit(NurseAnswer(sender.property("answer")))

    def event(self, event: QEvent) -> bool:
        """Its letters are not a shortcut's while they note an answer."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if is_key and isinstance(event, QKeyEvent) and self._answer_of(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def _answer_of(self, event: QKeyEvent) -> NurseAnswer | None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        return ANSWER_LETTERS.get(event.text().upper()) if plain and self.is_called else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters note the answer, arrows go round the rows, Entrée calls."""
        answer, key = self._answer_of(event), event.key()
        if answer is not None:
            self.answered.emit(answer)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ask_call()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.call.set_key("Ctrl+T")
        self.update()
        self.reached.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.call.set_key("Ctrl+T" if self.is_next else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring = edge_pen(self.theme, "focus", FOCUS_WIDTH)
            stroke_inside(painter, self.rect().toRectF(), ring, self.theme.px(4))
            painter.end()
