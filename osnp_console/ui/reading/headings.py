"""A short list of headings, one line each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside

ROW_HEIGHT = 32
_Index = QModelIndex | QPersistentModelIndex


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self.theme.px(80), self.theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = self.theme, QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillRect(rect, theme.color("selection"))
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.color("accent"))
        font = theme.font(bold=selected)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        room = rect.adjusted(theme.px(12), 0, -theme.px(6), 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)
        if selected and self._view.hasFocus():
            stroke_inside(painter, QRectF(rect), edge_pen(theme, "focus", FOCUS_WIDTH), theme.px(2))
        painter.restore()


class HeadingList(QListView):
    """Headings; one focus stop, arrows and first letters inside.

    Signals:
        chosen(str): another heading is the current one.
        opened(str): Entrée or → on a heading.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """An empty list, read aloud as `name`."""
        super().__init__(parent)
        self.theme = theme
        self._names = QStringListModel(self)
        self.setModel(self._names)
        self._painter = _Painter(theme, self)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)

    def set_headings(self, names: Sequence[str]) -> None:
        """Shows these headings."""
        self._names.setStringList(list(names))

    @property
    def current(self) -> str | None:
        """The current heading, None without one."""
        index = self.currentIndex()
        return str(index.data()) if index.isValid() else None

    def choose(self, name: str) -> None:
        """Make a heading the current one; nothing when there is none of that name."""
        names = self._names.stringList()
        if name in names:
            self.setCurrentIndex(self._names.index(names.index(name), 0))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(str(current.data()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right) and current is not None:
            self.opened.emit(current)
        else:
            super().keyPressEvent(event)
