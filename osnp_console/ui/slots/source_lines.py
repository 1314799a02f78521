"""The agendas that were asked, one line each, as Qt's model and as they are painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from osnp_console.app.sources.words import SourceLine
from osnp_console.ui.checklist.row_style import MARGIN, Ink, RowStyle, plain_tip
from osnp_console.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
LINE = 20
_NAME_SHARE = 0.37
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SourceModel(QAbstractListModel):
    """The lines of the strip; a source keeps its place while others change state."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[SourceLine, ...] = ()

    def show(self, lines: tuple[SourceLine, ...]) -> None:
        """Show other lines, in place where the sources are the same ones."""
        if [line.id for line in lines] == [line.id for line in self.lines]:
            changed = [row for row, line in enumerate(lines) if line != self.lines[row]]
            self.lines = lines
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def line(self, row: int) -> SourceLine | None:
        """The line at a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join((line.name, line.words, *line.details)))
        return None


class SourcePainting(QStyledItemDelegate):
    """One source: mark, name, state word, time. The name gives way; the state and the time never do."""

    def __init__(self, theme: Theme, model: SourceModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._model = model
        self._style = RowStyle(theme)
        self._name = Ink(theme.font(9, bold=True))
        self._loud = Ink(theme.font(9, bold=True))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(LINE))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line = self._model.line(index.row())
        if line is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        style, px = self._style, self.theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        style.ground(painter, rect, selected=False, focused=focused)
        standing, middle = line.standing, rect.center().y()
        style.mark(painter, rect, standing.mark, standing.role, 12, px(MARGIN))
        left, right = rect.left() + px(MARGIN + 20), rect.right() - px(MARGIN)
        muted = style.colour("muted")
        if line.time:
            width = style.second.width(line.time)
            style.second.draw(painter, right - width, middle, line.time, muted, width)
            right -= width + px(8)
        ink = self._loud if standing.limits else style.second
        column = left + round((rect.width() - px(MARGIN * 2)) * _NAME_SHARE)
        at = max(left + px(48), min(column, right - ink.width(line.words)))
        role = "verify" if standing.limits else "muted"
        self._name.draw(painter, left, middle, line.name, style.colour("text"), at - left - px(8))
        ink.draw(painter, at, middle, line.words, style.colour(role), right - at)
        painter.restore()


class SourceList(QListView):
    """The sources; one tab stop.

    Signals:
        opened(str): Entrée or a click on a source: its details are wanted.
        left(): Échap.
    """

    opened = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, model: SourceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._lines = model
        self.setModel(model)
        self.painting = SourcePainting(theme, model, self)
        self.setItemDelegate(self.painting)
        self.setAccessibleName("Agendas interrogés")
        self.setAccessibleDescription("Entrée pour le détail d’un agenda")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("raised"))
        self.setPalette(palette)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and self._lines.lines:
            self.setCurrentIndex(self._lines.index(0))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._lines.line(self.currentIndex().row())
        if event.key() in _ENTER and line is not None:
            self.opened.emit(line.id)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        line = self._lines.line(self.indexAt(event.position().toPoint()).row())
        if event.button() == Qt.MouseButton.LeftButton and line is not None:
            self.opened.emit(line.id)
