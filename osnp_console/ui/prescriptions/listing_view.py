"""The list of prescriptions: one tab stop, arrows inside; how a row looks."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from osnp_console.domain.prescription.moves import PrescriptionState
from osnp_console.ui.checklist.row_style import MARGIN, Ink, RowStyle
from osnp_console.ui.prescriptions.listing_model import Heading, Line, PrescriptionRow, PrescriptionsModel
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.held_list import HeldList

ROW, HEADING = 44, 26
_HOUR = 92
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
S = PrescriptionState
_MARKS = {
    S.DRAFT: ("pencil", "muted"),
    S.TO_VALIDATE: ("verify", "verify"),
    S.VALIDATED: ("eligible", "eligible"),
    S.PRINTED: ("document", "accent"),
    S.SIGNED: ("pencil", "accent"),
    S.SENT: ("hand-over", "accent"),
    S.ARCHIVED: ("tick", "muted"),
    S.CANCELLED: ("refused", "muted"),
}


class _Painting(QStyledItemDelegate):
    """Paints the lines of a PrescriptionsModel; sizes follow the theme's scale."""

    def __init__(self, theme: Theme, model: PrescriptionsModel, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self._model = model
        self._style = RowStyle(theme)
        self._hour = Ink(theme.font(11.5, bold=True))
        self._plain = Ink(theme.font(10))
        self._left = Ink(theme.font(9.5, bold=True))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        heading = isinstance(self._model.line(index.row()), Heading)
        return QSize(self.theme.px(200), self.theme.px(HEADING if heading else ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = self._model.line(index.row())
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            self._heading(painter, rect, line)
        elif line is not None:
            selected = bool(state & QStyle.StateFlag.State_Selected)
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            self._style.ground(painter, rect, selected=selected, focused=focused)
            self._row(painter, rect, line)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, line: Heading) -> None:
        style, px = self._style, self.theme.px
        middle = rect.center().y()
        mark, role = _MARKS[line.state]
        style.mark(painter, rect, mark, role, 14, px(MARGIN))
        left, right = rect.left() + px(MARGIN + 20), rect.right() - px(MARGIN)
        words = f"{line.words} · {line.count}"
        left += style.heading.draw(painter, left, middle, words, style.colour(role), right - left) + px(8)
        if right > left:
            painter.fillRect(QRect(left, middle, right - left, px(1)), style.colour("line"))

    def _row(self, painter: QPainter, rect: QRect, line: PrescriptionRow) -> None:
        style, px, now = self._style, self.theme.px, self._model.now
        if now is None:
            return
        muted, text, middle = style.colour("muted"), style.colour("text"), rect.center().y()
        left = rect.left() + px(MARGIN)
        self._hour.draw(painter, left, middle, line.hour(now), text, px(_HOUR - 8))
        left += px(_HOUR)
        right = rect.right() - px(MARGIN)
        said, amber = line.left(now)
        if said:
            width = self._left.width(said)
            colour = style.colour("verify") if amber else muted
            self._left.draw(painter, right - width, middle, said, colour, width)
            right -= width + px(12)
        room = right - left
        used = style.name.draw(painter, left, middle - px(9), line.title, text, room)
        rest = room - used - px(10)
        if rest > px(40):
            self._plain.draw(painter, left + used + px(10), middle - px(9), line.acts, text, rest)
        style.second.draw(painter, left, middle + px(9), line.second, muted, room)


class PrescriptionsList(HeldList):
    """The lines of a PrescriptionsModel.

    Signals:
        opened(str): Entrée or a double click on a prescription; its id.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._lines = PrescriptionsModel()
        super().__init__(theme, self._lines, ROW, parent)
        self._lines.setParent(self)
        self._painting = _Painting(theme, self._lines, self)
        self.setModel(self._lines)
        self.setItemDelegate(self._painting)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName("Ordonnances")
        self.setAccessibleDescription("Flèches pour choisir, Entrée pour ouvrir")

    @property
    def rows(self) -> tuple[PrescriptionRow, ...]:
        """The rows shown, from the top."""
        return tuple(one for one in self._lines.lines if isinstance(one, PrescriptionRow))

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown, from the top."""
        return self._lines.lines

    def show_lines(self, lines: tuple[Line, ...], now: datetime) -> None:
        """Show these; the current row stays at its height on screen."""
        self._lines.now = now
        if lines != self._lines.lines:
            self.rearrange(lambda: self._lines.show(lines), self.current_key)
        if self.current_key is None and self.rows:
            self.go_to(self.rows[0].key)

    def tick(self, now: datetime) -> None:
        """The delays go on: painted again once a minute."""
        before, self._lines.now = self._lines.now, now
        if self.isVisible() and (before is None or before.minute != now.minute):
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._open(self.indexAt(event.position().toPoint()).row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters search nothing here: the search line does."""

    def _open(self, row: int) -> None:
        line = self._lines.line(row)
        if isinstance(line, PrescriptionRow):
            self.opened.emit(line.key)
