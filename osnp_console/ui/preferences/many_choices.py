"""Several answers among many: a filter, and rows that are ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from osnp_console.domain.commune import fold
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, fill_rounded, stroke_inside
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.surfaces import Card

_TICKED = Qt.CheckState.Checked
ROW_HEIGHT = 26
SHOWN_ROWS = 7
_Index = QModelIndex | QPersistentModelIndex


class _Ticks(QStyledItemDelegate):
    """A box, its tick, the name."""

    def __init__(self, theme: Theme, view: QListWidget) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self.theme.px(120), self.theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = self.theme, QRect(option.rect)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is _TICKED
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current and self._view.hasFocus():
            painter.fillRect(rect, theme.color("selection"))
            stroke_inside(painter, QRectF(rect), edge_pen(theme, "focus", FOCUS_WIDTH), theme.px(2))
        side = theme.px(16)
        box = QRectF(rect.left() + theme.px(8), rect.top() + (rect.height() - side) / 2, side, side)
        fill_rounded(painter, box, theme.color("accent_tint" if ticked else "field"), theme.px(3))
        edge = edge_pen(theme, "accent" if ticked else "border", 1)
        stroke_inside(painter, box, edge, theme.px(3))
        if ticked:
            inside = theme.px(1)
            painter.drawPixmap(
                round(box.left()) + inside, round(box.top()) + inside, theme.mark("tick", "accent", 14)
            )
        font = theme.font(bold=ticked)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        room = rect.adjusted(theme.px(32), 0, -theme.px(6), 0)
        name = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), name)
        painter.restore()


class TickList(QListWidget):
    """Rows that a click, Espace and Entrée tick."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """An empty list."""
        super().__init__(parent)
        self._ticks = _Ticks(theme, self)
        self.setItemDelegate(self._ticks)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._toggle_current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._toggle_current()
        else:
            super().keyPressEvent(event)

    def _toggle_current(self) -> None:
        if self.currentRow() >= 0:
            item = self.currentItem()
            item.setCheckState(Qt.CheckState.Unchecked if item.checkState() is _TICKED else _TICKED)


class ManyChoices(QWidget):
    """Names of which any number may be chosen.

    Signals:
        changed(): the person ticked or cleared a name.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        names: Iterable[str],
        parent: QWidget | None = None,
        *,
        none_chosen: str = "Aucune choisie.",
    ) -> None:
        """The names in their own order; `label` is read aloud, `none_chosen` said while none is ticked."""
        super().__init__(parent)
        self.theme = theme
        self._none_chosen = none_chosen
        self.filter = LineField(theme, f"Filtrer\u202f: {label}", optional=True, parent=self)
        self.filter.set_placeholder("filtrer par le nom")
        self._frame = Card(theme, surface="field", edge="border", parent=self)
        self.list = TickList(theme, self._frame)
        self.list.setAccessibleName(label)
        self.list.setTabKeyNavigation(False)
        self.list.setFont(theme.font())
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(theme.px(ROW_HEIGHT) * SHOWN_ROWS)
        framed = QVBoxLayout(self._frame)
        framed.setContentsMargins(theme.px(2), theme.px(2), theme.px(2), theme.px(2))
        framed.addWidget(self.list)
        self.count = MessageLine(theme, self)
        for name in names:
            self._add(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for widget in (self.filter, self._frame, self.count):
            column.addWidget(widget)
        self.filter.typed.connect(self._filter)
        self.filter.next_wanted.connect(self.list.setFocus)
        self.list.itemChanged.connect(self._ticked)
        self._tell()

    def _add(self, name: str) -> None:
        item = QListWidgetItem(name, self.list)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Unchecked)
        item.setToolTip(name)

    @property
    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ticked names, in the order of the list."""
        return tuple(item.text() for item in self._items if item.checkState() is _TICKED)

    def set_names(self, names: Iterable[str]) -> None:
        """Offer other names, none ticked. Emits nothing."""
        self.list.blockSignals(True)
        self.list.clear()
        for name in names:
            self._add(name)
        self.list.blockSignals(False)
        rows = min(max(self.list.count(), 1), SHOWN_ROWS)
        self.list.setFixedHeight(self.theme.px(ROW_HEIGHT) * rows)
        self._filter(self.filter.text())
        self._tell()

    def set_chosen(self, names: Sequence[str]) -> None:
        """Tick exactly these; one that the list lacks is added at its end. Emits nothing."""
        self.list.blockSignals(True)
        known = {item.text() for item in self._items}
        for name in names:
            if name not in known:
                self._add(name)
        for item in self._items:
            item.setCheckState(_TICKED if item.text() in names else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._tell()

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        for item in self._items:
            name = fold(item.text())
            item.setHidden(not all(word in name for word in words))

    def _ticked(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        chosen = self.chosen
        said = "\u202f; ".join(chosen) if chosen else self._none_chosen
        self.count.set_message(said, Message.NOTE)
