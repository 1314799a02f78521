"""Painting of the help's rows: the keys in a column of caps, then what they do."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.key_cap import key_cap_size, paint_key_cap

KEYS_WIDTH, HEIGHT = 236, 30
KEYS_ROLE = Qt.ItemDataRole.UserRole + 1


class HelpRows(QStyledItemDelegate):
    """One key and its words on a line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The height of a line."""
        return QSize(0, self._theme.px(HEIGHT))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Caps at the left, words after them; the chosen line with its bar."""
        theme, rect = self._theme, QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(rect, theme.color("selection"))
            painter.fillRect(rect.x(), rect.y(), theme.px(3), rect.height(), theme.color("accent"))
        keys = str(index.data(KEYS_ROLE))
        size = key_cap_size(theme, keys)
        top = rect.y() + (rect.height() - size.height()) / 2
        paint_key_cap(
            painter, theme, QRectF(rect.x() + theme.px(12), top, size.width(), size.height()), keys, "muted"
        )
        painter.setFont(theme.font(bold=chosen))
        painter.setPen(theme.color("text"))
        words = rect.adjusted(theme.px(KEYS_WIDTH), 0, -theme.px(8), 0)
        said = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), said)
        painter.restore()
