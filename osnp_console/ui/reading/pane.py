"""A sheet that is read: titled sections of lines, walked through with the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from osnp_console.ui.reading.line_row import LineRow, Reading
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside
from osnp_console.ui.widgets.titles import SectionTitle


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one title; an empty title draws none."""

    title: str
    lines: tuple[Reading, ...]


class ReadingPane(QScrollArea):
    """The sections of a sheet; one focus stop, arrows inside.

    Signals:
        chosen(object): another line is the current one; its Reading.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """An empty sheet, read aloud as `name`."""
        super().__init__(parent)
        self.theme = theme
        self.rows: list[LineRow] = []
        self._current = -1
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)
        self._sheet = QWidget(self)
        self._put(self._sheet)

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Shows another sheet, from its beginning."""
        focused = self._has_focus_inside()
        self.rows, self._current = [], -1
        theme = self.theme
        sheet = QWidget(self)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(theme.px(2), theme.px(2), theme.px(6), theme.px(8))
        column.setSpacing(0)
        for part in parts:
            if part.title:
                column.addSpacing(theme.px(8))
                column.addWidget(SectionTitle(theme, part.title, parent=sheet))
                column.addSpacing(theme.px(2))
            for line in part.lines:
                self._add(column, LineRow(theme, line, sheet))
        column.addStretch(1)
        self._put(sheet)
        self.verticalScrollBar().setValue(0)
        if focused:
            self.setFocus()

    def _has_focus_inside(self) -> bool:
        focused = cast("QWidget | None", self.window().focusWidget())
        return focused is self or (focused is not None and self.isAncestorOf(focused))

    def _put(self, sheet: QWidget) -> None:
        self._sheet = sheet
        self.setWidget(sheet)
        # A scroll area fills what it holds with the window's colour; here the card shows through.
        sheet.setAutoFillBackground(False)

    def _add(self, column: QVBoxLayout, row: LineRow) -> None:
        row.entered.connect(self._row_entered)
        row.stepped.connect(self._step)
        self.rows.append(row)
        column.addWidget(row)

    @property
    def texts(self) -> list[str]:
        """Every line as it is read aloud, in order."""
        return [row.reading.spoken for row in self.rows]

    def choose(self, index: int) -> None:
        """Make a line the current one, without taking the focus."""
        if not 0 <= index < len(self.rows) or index == self._current:
            return
        if 0 <= self._current < len(self.rows):
            self.rows[self._current].set_current(False)
        self._current = index
        self.rows[index].set_current(True)
        self.chosen.emit(self.rows[index].reading)

    def _row_entered(self) -> None:
        row = self.sender()
        if isinstance(row, LineRow) and row in self.rows:
            self.choose(self.rows.index(row))
            self.ensureWidgetVisible(row, 0, self.theme.px(24))

    def _step(self, step: int) -> None:
        target = self._current + step
        if 0 <= target < len(self.rows):
            self.rows[target].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum() if step > 0 else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the pane itself, an arrow enters the lines; pages and ends scroll."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.rows:
            self.rows[max(0, self._current)].setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == Qt.Key.Key_Home:
            self.verticalScrollBar().setValue(0)
        elif key == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = self.viewport().rect().toRectF()
            stroke_inside(painter, rect, edge_pen(self.theme, "focus", FOCUS_WIDTH), self.theme.px(2))
            painter.end()
