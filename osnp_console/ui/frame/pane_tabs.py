"""The tabs that stand for the panels when the window is too narrow, or the text too large, for columns."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.key_cap import KeyCap

HEIGHT = 34


class PaneTab(QAbstractButton):
    """One panel's name and what it counts."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._detail = ""
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_detail("")

    def set_detail(self, detail: str) -> None:
        """The count after the name."""
        self._detail = detail
        self.setAccessibleName(f"{self.text()}, {detail}" if detail else self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Name and detail."""
        theme = self._theme
        width = QFontMetrics(theme.font(10, bold=True)).horizontalAdvance(self.text())
        if self._detail:
            width += theme.px(8) + QFontMetrics(theme.font(9)).horizontalAdvance(self._detail)
        return QSize(width + theme.px(24), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The name alone: the detail is cut first."""
        width = QFontMetrics(self._theme.font(10, bold=True)).horizontalAdvance(self.text())
        return QSize(width + self._theme.px(24), self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bold and underlined when its panel is on screen."""
        theme, here = self._theme, self.isChecked()
        painter = QPainter(self)
        strong = theme.font(10, bold=here)
        painter.setFont(strong)
        painter.setPen(theme.color("accent" if here else "text"))
        left = theme.px(12)
        width = QFontMetrics(strong).horizontalAdvance(self.text())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(left, 0, width + 1, self.height()), flags, self.text())
        if self._detail:
            small = theme.font(9)
            painter.setFont(small)
            painter.setPen(theme.color("muted"))
            room = self.width() - left * 2 - width - theme.px(8)
            words = QFontMetrics(small).elidedText(self._detail, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left + width + theme.px(8), 0, room, self.height()), flags, words)
        if here:
            thick = theme.px(3)
            painter.fillRect(QRect(0, self.height() - thick, self.width(), thick), theme.color("accent"))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), theme.px(2)))
            painter.drawRect(self.rect().adjusted(2, 2, -2, -2))


class PaneTabs(QWidget):
    """A row of panel names, one of them on screen."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(8), 0)
        row.setSpacing(0)
        self.tabs = [PaneTab(theme, name, self) for name in names]
        for tab in self.tabs:
            tab.clicked.connect(self._clicked)
            row.addWidget(tab)
        row.addStretch(1)
        row.addWidget(KeyCap(theme, "F6", parent=self))

    def show_tab(self, place: int) -> None:
        """Mark the panel on screen."""
        for number, tab in enumerate(self.tabs):
            tab.setChecked(number == place)

    def _clicked(self) -> None:
        place = self.tabs.index(self.sender())  # type: ignore[arg-type]  # only tabs are connected
        self.show_tab(place)
        self.chosen.emit(place)
