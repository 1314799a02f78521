"""A few answers side by side, given by one key or one click."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from osnp_console.domain.call_sheet import ASKED
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice, index_of, spoken_state
from osnp_console.ui.widgets.control import Control
from osnp_console.ui.widgets.edges import (
    FOCUS_WIDTH,
    RADIUS,
    Edge,
    edge_pen,
    paint_box,
    rounded_side,
    stroke_inside,
)
from osnp_console.ui.widgets.wording import named

HEIGHT = 28
_PADDING = 10
_LEAST_PADDING = 5
_LEAST_WIDTH = 24
_OTHER_KEYS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}

YES_NO = (
    Choice(True, "Oui", "O"),
    Choice(False, "Non", "N"),
    Choice(ASKED, "Ne sait pas", "S"),
)


class Segments(Control):
    """Answers side by side, one focus stop, in the three looks of "not asked", "not known" and a value.

    Keys: the letters of the choices, `?` for "not known", arrows, Retour arrière back to "not asked", Entrée
    to the next question. Choices that share a letter are gone through in turn.

    Signals:
        answered(object): the person changed the answer; None, ASKED or a value.
    """

    answered = Signal(object)

    def __init__(
        self, theme: Theme, label: str, choices: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        """Answers to `label`; at most one choice may be worth ASKED.

        Raises:
            ValueError: no choice, or two worth ASKED.
        """
        super().__init__(theme, label, parent)
        if not choices or sum(choice.value is ASKED for choice in choices) > 1:
            raise ValueError("il faut des choix, dont un seul « ne sait pas »")
        self.choices = tuple(choices)
        self._index = -1
        self._pressed = -1
        self._regular = theme.font()
        self._bold = theme.font(bold=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tell_state()

    @property
    def answer(self) -> object:
        """None (not asked), ASKED (asked, not known) or the chosen value."""
        return None if self._index < 0 else self.choices[self._index].value

    def set_answer(self, answer: object) -> None:
        """Shows an answer without emitting anything.

        Raises:
            ValueError: no choice has this value.
        """
        self._show_index(index_of(self.choices, answer))

    def sizeHint(self) -> QSize:
        return QSize(sum(self._natural_widths(_PADDING)), self.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(sum(self._natural_widths(_LEAST_PADDING)), self.theme.px(HEIGHT))

    def _natural_widths(self, padding: int) -> list[int]:
        metrics = QFontMetrics(self._bold)
        least, around = self.theme.px(_LEAST_WIDTH), 2 * self.theme.px(padding)
        return [max(least, metrics.horizontalAdvance(choice.text) + around) for choice in self.choices]

    def _bounds(self) -> list[tuple[int, int]]:
        """Left and right of each segment: the room goes to each as its text needs it."""
        natural = self._natural_widths(_PADDING)
        if sum(natural) > self.width():
            natural = self._natural_widths(_LEAST_PADDING)
        ends = [round(end * self.width() / sum(natural)) for end in accumulate(natural)]
        return list(pairwise([0, *ends]))

    def _segment_at(self, x: float) -> int:
        inside = (index for index, (left, right) in enumerate(self._bounds()) if left <= x < right)
        return next(inside, -1)

    # What the person does

    def _answer_with(self, index: int) -> None:
        if index != self._index:
            self._show_index(index)
            self.answered.emit(self.answer)

    def _show_index(self, index: int) -> None:
        self._index = index
        self._tell_state()
        self.update()

    def _tell_state(self) -> None:
        # Qt tells the screen reader that the name changed; there is no value to set on a plain widget.
        self.setAccessibleName(named(self.label, spoken_state(self.choices, self._index)))

    def _index_for(self, text: str) -> int | None:
        letter = text.upper()
        found = [
            index
            for index, choice in enumerate(self.choices)
            if letter and (letter == choice.letter.upper() or (letter == "?" and choice.value is ASKED))
        ]
        if not found:
            return None
        return next((index for index in found if index > self._index), found[0])

    def event(self, event: QEvent) -> bool:
        """Keeps its letters from being taken by a shortcut, and says in full a text that is cut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & _OTHER_KEYS
            if plain and (event.key() == Qt.Key.Key_Backspace or self._index_for(event.text()) is not None):
                event.accept()
                return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            self._tip_for_cut_text(event)
            return True
        return super().event(event)

    def _tip_for_cut_text(self, event: QHelpEvent) -> None:
        index = self._segment_at(event.pos().x())
        text = self.choices[index].text if index >= 0 else ""
        if text and text == self._shown_text(index):
            text = ""
        QToolTip.showText(event.globalPos(), text, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answers with a letter, an arrow, Retour arrière; Entrée asks for the next question."""
        if event.modifiers() & _OTHER_KEYS:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        by_letter = self._index_for(event.text())
        if key in _ENTER:
            self.next_wanted.emit()
        elif key == Qt.Key.Key_Backspace:
            self._answer_with(-1)
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif by_letter is not None:
            self._answer_with(by_letter)
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        if self._index < 0:
            self._answer_with(0 if step > 0 else len(self.choices) - 1)
        else:
            self._answer_with(min(len(self.choices) - 1, max(0, self._index + step)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remembers the segment under the pointer; the answer is given when the button comes up on it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._segment_at(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Answers with the segment that was pressed, if the pointer is still on it."""
        pressed, self._pressed = self._pressed, -1
        inside = self.rect().contains(event.position().toPoint())
        if pressed >= 0 and inside and self._segment_at(event.position().x()) == pressed:
            self._answer_with(pressed)

    # What is seen

    def _shown_text(self, index: int) -> str:
        left, right = self._bounds()[index]
        metrics = QFontMetrics(self._bold if index == self._index else self._regular)
        room = right - left - self.theme.px(4)
        return metrics.elidedText(self.choices[index].text, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the edge, the separators, the texts, then the chosen segment over them."""
        painter = QPainter(self)
        theme, dashed = self.theme, self._index < 0
        paint_box(
            painter,
            theme,
            self,
            Edge.NOT_ASKED if dashed else Edge.SOLID,
            focused=self.hasFocus(),
        )
        bounds = self._bounds()
        painter.setPen(edge_pen(theme, "border" if self.isEnabled() else "line", 1, dashed=dashed))
        half = theme.px(1) / 2
        for left, _right in bounds[1:]:
            painter.drawLine(
                QPointF(left - half, theme.px(2)), QPointF(left - half, self.height() - theme.px(2))
            )
        if self._index >= 0:
            self._paint_chosen(painter, *bounds[self._index])
        for index, (left, right) in enumerate(bounds):
            self._paint_text(painter, index, QRectF(left, 0, right - left, self.height()))
        painter.end()

    def _paint_chosen(self, painter: QPainter, left: int, right: int) -> None:
        theme, asked = self.theme, self.answer is ASKED
        first, last = self._index == 0, self._index == len(self.choices) - 1
        # The separator belongs to the chosen segment, as the outer edge does.
        rect = QRectF(
            left - (0 if first else theme.px(1)),
            0,
            right - left + (0 if first else theme.px(1)),
            self.height(),
        )
        role = ("muted" if asked else "accent") if self.isEnabled() else "disabled"
        pen = edge_pen(theme, role, 2)
        half = pen.widthF() / 2
        path = rounded_side(
            rect.adjusted(half, half, -half, -half), theme.px(RADIUS) - half, left=first, right=last
        )
        painter.setPen(pen)
        painter.setBrush(theme.color("raised" if asked or not self.isEnabled() else "accent_tint"))
        painter.drawPath(path)
        if self.hasFocus():
            stroke_inside(
                painter, QRectF(self.rect()), edge_pen(theme, "focus", FOCUS_WIDTH), theme.px(RADIUS)
            )

    def _paint_text(self, painter: QPainter, index: int, rect: QRectF) -> None:
        chosen = index == self._index
        role = "accent" if chosen and self.answer is not ASKED else "text"
        painter.setFont(self._bold if chosen else self._regular)
        painter.setPen(self.theme.color(role if self.isEnabled() else "disabled"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._shown_text(index))


def three_state(theme: Theme, label: str, parent: QWidget | None = None) -> Segments:
    """Oui (O), Non (N), Ne sait pas (S): True, False, ASKED."""
    return Segments(theme, label, YES_NO, parent)
