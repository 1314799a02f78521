"""One line of a sheet: label, text, second reading, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel

LABEL_WIDTH = 104
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line shows.

    Attributes:
        text: the line itself.
        label: at its left, empty for a paragraph.
        note: a second line, muted.
        aside: a few characters at the right: a source, an hour.
        mark: a mark before the text and its role, empty for none.
        role: the colour of the text.
        bold: whether the text is bold.
        continues: it belongs to the label above, and keeps the label's room.
        data: whatever the owner wants back when the line is chosen.
    """

    text: str
    label: str = ""
    note: str = ""
    aside: str = ""
    mark: tuple[str, str] = ("", "")
    role: str = "text"
    bold: bool = False
    continues: bool = False
    data: object = None

    @property
    def spoken(self) -> str:
        """The line as one sentence for a screen reader."""
        said = f"{self.label}\u202f: {self.text}" if self.label else self.text
        return ", ".join(part for part in (said, self.note, self.aside) if part)


class LineRow(QWidget):
    """A line that can be walked to with the arrows.

    Signals:
        entered(): it became the current line, by a key or a click.
        stepped(int): the arrow for the next (1) or the previous (-1) line was pressed.
    """

    entered = Signal()
    stepped = Signal(int)

    def __init__(self, theme: Theme, reading: Reading, parent: QWidget | None = None) -> None:
        """A line that shows `reading`."""
        super().__init__(parent)
        self.theme = theme
        self.reading = reading
        self._is_current = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(reading.spoken)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), theme.px(3), theme.px(8), theme.px(3))
        row.setSpacing(theme.px(8))
        top = Qt.AlignmentFlag.AlignTop
        self._label = PlainLabel(theme, reading.label, role="muted", points=9.5, wrap=True, parent=self)
        self._label.setFixedWidth(theme.px(LABEL_WIDTH))
        self._label.setVisible(bool(reading.label) or reading.continues)
        row.addWidget(self._label, 0, top)
        if reading.mark[0]:
            self._mark = MarkLabel(theme, *reading.mark, 14, parent=self)
            self._mark.setFixedHeight(theme.px(18))  # the height of the text beside it
            row.addWidget(self._mark, 0, top)
        row.addLayout(self._words(), 1)
        if reading.aside:
            self._aside = PlainLabel(theme, reading.aside, role="accent", points=9, parent=self)
            row.addWidget(self._aside, 0, top)

    def _words(self) -> QVBoxLayout:
        theme, reading = self.theme, self.reading
        column = QVBoxLayout()
        column.setSpacing(theme.px(1))
        self._text = PlainLabel(
            theme, reading.text, role=reading.role, bold=reading.bold, wrap=True, parent=self
        )
        self._text.setMinimumWidth(theme.px(60))
        column.addWidget(self._text)
        if reading.note:
            self._note = PlainLabel(theme, reading.note, role="muted", points=9, wrap=True, parent=self)
            column.addWidget(self._note)
        return column

    def set_current(self, current: bool) -> None:
        """Draws it as the current line, or no longer."""
        self._is_current = current
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers():
            event.ignore()
        else:
            self.stepped.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self._is_current:
            painter.fillRect(rect, self.theme.color("selection"))
            painter.fillRect(
                QRectF(QPointF(0, 0), QPointF(self.theme.px(3), self.height())), self.theme.color("accent")
            )
        if self.hasFocus():
            stroke_inside(painter, rect, edge_pen(self.theme, "focus", FOCUS_WIDTH), self.theme.px(2))
        painter.end()
