"""A list, what is chosen in it, and a margin: side by side, or one over the other where width lacks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme

# Effective px (width ÷ text scale) of the body: the window's 1240 and 820 (interface, §2.1) less the rail.
WIDE = 1140
MEDIUM = 730
_NO_LIMIT = 16_777_215


def under_way_back(back: QWidget, content: QWidget) -> QWidget:
    """A detail pane: the way back to the list, used where one pane fits, over what is chosen there."""
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    head = QHBoxLayout()
    head.addWidget(back)
    head.addStretch(1)
    column.addLayout(head)
    column.addWidget(content, 1)
    return pane


class Panes(QWidget):
    """Up to three panes. Wide: all side by side. Medium: the margin under the detail. Narrow: one at a time.

    Signals:
        reflowed(): the way the panes stand has changed.
    """

    reflowed = Signal()

    def __init__(
        self,
        theme: Theme,
        listing: QWidget,
        detail: QWidget,
        margin: QWidget | None = None,
        *,
        stretches: tuple[int, int, int] = (32, 42, 26),
        parent: QWidget | None = None,
    ) -> None:
        """The three panes become children; `stretches` share the width."""
        super().__init__(parent)
        self.theme = theme
        self._listing, self._detail, self._margin = listing, detail, margin
        self._stretches = stretches
        self._mode = ""
        self._detail_wanted = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(8))
        for pane in (listing, detail, margin):
            if pane is not None:
                pane.setParent(self)
        self._arrange("wide")

    @property
    def is_narrow(self) -> bool:
        """True when only one pane is shown at a time."""
        return self._mode == "narrow"

    def show_detail(self, wanted: bool) -> None:
        """In narrow mode, show the detail in the list's place, or the list again."""
        self._detail_wanted = wanted
        self._show_panes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        effective = self.width() / self.theme.scale
        mode = "wide" if effective >= WIDE else "medium" if effective >= MEDIUM else "narrow"
        if mode != self._mode:
            self._arrange(mode)
            self.reflowed.emit()

    def _arrange(self, mode: str) -> None:
        self._mode = mode
        grid = self._grid
        for pane in (self._listing, self._detail, self._margin):
            if pane is not None:
                grid.removeWidget(pane)
        for column in range(3):
            grid.setColumnStretch(column, 0)
        grid.setRowStretch(0, 1)
        first, second, third = self._stretches
        if mode == "wide":
            places = ((0, 0), (0, 1), (0, 2))
            shares = (first, second, third if self._margin is not None else 0)
        elif mode == "medium":
            places, shares = ((0, 0), (0, 1), (1, 1)), (first, second + third, 0)
        else:
            places, shares = ((0, 0), (0, 0), (1, 0)), (1, 0, 0)
        rows = 2 if mode == "medium" and self._margin is not None else 1
        grid.addWidget(self._listing, *places[0], rows, 1)
        grid.addWidget(self._detail, *places[1])
        if self._margin is not None:
            grid.addWidget(self._margin, *places[2])
        for column, share in enumerate(shares):
            grid.setColumnStretch(column, share)
        self._show_panes()

    def _show_panes(self) -> None:
        narrow = self.is_narrow
        self._listing.setVisible(not narrow or not self._detail_wanted)
        self._detail.setVisible(not narrow or self._detail_wanted)
        if self._margin is not None:
            self._margin.setVisible(not narrow or self._detail_wanted)
            least = {"wide": _NO_LIMIT, "medium": self.theme.px(190), "narrow": self.theme.px(112)}
            self._margin.setMaximumHeight(least[self._mode])
