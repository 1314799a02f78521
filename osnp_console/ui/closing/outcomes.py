"""The list of outcomes over the bottom right of the call (Ctrl+G); no dialog."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from osnp_console.app.letters import letters_of
from osnp_console.domain.call_record import OUTCOMES
from osnp_console.domain.typed_times import TimeRefused, read_time, said
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.letter_row import LetterRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

WIDTH = 380
TO_CALL_BACK = "a_rappeler"
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class OutcomeRow(LetterRow):
    """One outcome with its letter."""

    def __init__(self, theme: Theme, code: str, letter: str, parent: QWidget) -> None:
        """The outcome of that code."""
        super().__init__(theme, OUTCOMES[code], letter, parent)
        self.code = code


class OutcomePanel(Card):
    """The outcomes of a call; `À rappeler` asks when.

    Signals:
        chosen(str, object): Entrée on an outcome: its code, and the instant of the call back (UTC) or None.
        cancelled(): Échap: the call goes on.
    """

    chosen = Signal(str, object)
    cancelled = Signal()

    def __init__(self, theme: Theme, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """A hidden panel; the frame places it by `open_over`."""
        super().__init__(theme, edge="border", parent=parent)
        self._clock = clock
        self._body: QWidget | None = None
        letters = letters_of(OUTCOMES)
        self.rows = [OutcomeRow(theme, code, letters[code], self) for code in OUTCOMES]
        self.title = PaneTitle(theme, "Terminer l’appel", self)
        self.time = LineField(theme, "Rappeler à", optional=True, parent=self)
        self.time.set_placeholder("14h30, dans 2 h, demain 9h")
        self.close_button = ActionButton(theme, "Terminer", "Entrée", "primary", height=28, parent=self)
        self.back_button = ActionButton(theme, "Retour", "Échap", height=28, parent=self)
        self.setFixedWidth(theme.px(WIDTH))
        self.setAccessibleName("Terminer l’appel")
        self._lay_out()
        for row in self.rows:
            row.clicked.connect(self._row_clicked)
        self.time.typed.connect(self._time_typed)
        self.time.next_wanted.connect(self.finish)
        self.close_button.clicked.connect(self.finish)
        self.back_button.clicked.connect(self.cancel)
        self._select(self.rows[0])
        self.hide()

    def _lay_out(self) -> None:
        theme = self.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(4), theme.px(10), theme.px(4), theme.px(10))
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(6))
        head.addWidget(self.title)
        column.addLayout(head)
        column.addWidget(self._list())
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(8), theme.px(10), theme.px(8), 0)
        foot.setSpacing(theme.px(8))
        foot.addStretch(1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.close_button)
        column.addLayout(foot)

    def _list(self) -> QScrollArea:
        """The outcomes, scrolled where the body of the window is lower than they are."""
        theme = self.theme
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._inside = QWidget(self._scroll)
        column = self._lines = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self.rows:
            column.addWidget(row)
            if row.code == TO_CALL_BACK:
                when = QHBoxLayout()
                when.setContentsMargins(theme.px(44), 0, theme.px(8), theme.px(2))
                when.addWidget(self.time)
                column.addLayout(when)
        self._scroll.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)
        return self._scroll

    @property
    def outcome(self) -> str:
        """The code of the outcome under the bar."""
        return next(row.code for row in self.rows if row.isChecked())

    def open_over(self, body: QWidget) -> None:
        """Show it at the bottom right of `body`, its parent or a neighbour, the keyboard in the list."""
        self._select(self.rows[0])
        self.time.set_text("")
        self.time.set_error(None)
        self._place(body)
        self.show()
        self.raise_()
        self.rows[0].setFocus()

    def _place(self, body: QWidget) -> None:
        self._body = body
        self._fit()
        corner = body.rect().bottomRight()
        parent = self.parentWidget()
        spot = body.mapTo(parent, corner) if parent is not None and parent is not body else corner
        margin = self.theme.px(8)
        self.move(max(0, spot.x() - self.width() - margin), max(0, spot.y() - self.height() - margin))

    def _fit(self) -> None:
        """As high as its list, never higher than the body it stands over."""
        self._lines.activate()
        wanted = self._inside.sizeHint().height()
        around = self.title.sizeHint().height() + self.theme.px(10 + 6 + 10 + 28 + 10)
        room = wanted if self._body is None else self._body.height() - 2 * self.theme.px(8) - around
        self._scroll.setFixedHeight(max(self.theme.px(56), min(wanted, room)))
        self.adjustSize()

    def choose(self, code: str) -> None:
        """Put the bar on an outcome; raises StopIteration for a code that is none."""
        self._select(next(row for row in self.rows if row.code == code))

    def finish(self) -> None:
        """End the call with the outcome under the bar, if nothing is missing."""
        if self.outcome != TO_CALL_BACK:
            self.hide()
            self.chosen.emit(self.outcome, None)
            return
        try:
            instant = read_time(self.time.text(), self._clock())
        except TimeRefused as refused:
            self.time.set_error(refused.message)
            self._keep_bottom()
            self.time.setFocus()
            return
        self.hide()
        self.chosen.emit(TO_CALL_BACK, instant)

    def cancel(self) -> None:
        """Close the list; the call goes on."""
        self.hide()
        self.cancelled.emit()

    def _row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, OutcomeRow):
            self._select(row)
            self._focus_selected()

    def _select(self, row: OutcomeRow) -> None:
        row.setChecked(True)
        self.time.setVisible(row.code == TO_CALL_BACK)
        self._keep_bottom()
        asked = self.time if row.code == TO_CALL_BACK else row
        self._scroll.ensureWidgetVisible(asked, 0, self.theme.px(30))

    def _keep_bottom(self) -> None:
        bottom = self.geometry().bottom()
        self._fit()
        if self.isVisible():
            self.move(self.x(), max(0, bottom - self.height() + 1))

    def _focus_selected(self) -> None:
        if self.outcome == TO_CALL_BACK:
            self.time.setFocus()
        else:
            next(row for row in self.rows if row.isChecked()).setFocus()

    def _time_typed(self, text: str) -> None:
        now = self._clock()
        try:
            reading = said(read_time(text, now), now)
        except TimeRefused:
            reading = ""
        self.time.set_error(None)
        self.time.set_annotation(reading)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and arrows choose, Entrée ends the call, Échap goes back."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.cancel()
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif not self.time.line_edit.hasFocus() and self._letter(event.text().upper()):
            self._focus_selected()
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        place = next(n for n, row in enumerate(self.rows) if row.isChecked()) + step
        row = self.rows[min(len(self.rows) - 1, max(0, place))]
        self._select(row)
        row.setFocus()

    def _letter(self, letter: str) -> bool:
        found = next((row for row in self.rows if letter and row.letter == letter), None)
        if found is None:
            return False
        self._select(found)
        return True
