"""Where the parts of the checklist stand: strip, counts, list, detail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.domain.sources import Document
from osnp_console.ui.checklist.counts_line import CountsLine
from osnp_console.ui.checklist.detail_pane import DetailPane
from osnp_console.ui.checklist.list_model import ChecklistModel
from osnp_console.ui.checklist.list_view import ChecklistList
from osnp_console.ui.checklist.live import LiveLabel
from osnp_console.ui.checklist.question_strip import QuestionStrip
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import edge_pen, fill_rounded, stroke_inside
from osnp_console.ui.widgets.surfaces import CARD_RADIUS

# Shares of list and detail (interface, §2.1), and the height from which the list takes more.
_SHARES, _TALL_SHARES, _TALL = (56, 44), (64, 36), 780
# Under this height three rows and a detail do not stand one above the other: the detail takes the list's
# place.
_TOO_LOW = 350


class ChecklistView(QWidget):
    """The widgets of the checklist, laid out; it decides nothing."""

    def __init__(
        self,
        theme: Theme,
        documents: Mapping[str, Document],
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.strip = QuestionStrip(theme, self)
        self.counts = CountsLine(theme, self)
        self.model = ChecklistModel(clock, self)
        self.list = ChecklistList(theme, self.model, self)
        self.detail = DetailPane(theme, documents, self)
        self.live = LiveLabel(self)
        self._one_at_a_time = False
        self._detail_open = False
        px = theme.px
        top = QVBoxLayout()
        top.setContentsMargins(px(8), px(8), px(8), 0)
        top.setSpacing(0)
        top.addWidget(self.strip)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(1), px(1), px(1), px(1))
        self._column.setSpacing(0)
        self._column.addLayout(top)
        self._column.addSpacing(px(4))
        self._column.addWidget(self.counts)
        self._column.addWidget(self.list, _SHARES[0])
        self._column.addWidget(self.detail, _SHARES[1])
        self.list.setMinimumHeight(px(24))
        self.detail.setMinimumHeight(0)
        for before, after in pairwise((self.strip, self.counts, self.list, self.detail.list)):
            QWidget.setTabOrder(before, after)

    @property
    def one_at_a_time(self) -> bool:
        """True where height lacks: the detail is shown in the list's place."""
        return self._one_at_a_time

    def open_detail(self) -> None:
        """Give the keyboard to the detail, in the list's place where height lacks."""
        self._detail_open = True
        self._place()
        self.detail.list.take_focus()

    def close_detail(self) -> None:
        """Give the keyboard back to the list."""
        self._detail_open = False
        self._place()
        self.list.setFocus()

    def _place(self) -> None:
        alone = self._one_at_a_time
        self.list.setVisible(not alone or not self._detail_open)
        self.detail.setVisible(not alone or self._detail_open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = (self.height() - self.strip.sizeHint().height() - self.counts.height()) / self.theme.scale
        list_share, detail_share = _TALL_SHARES if self.height() / self.theme.scale >= _TALL else _SHARES
        self._column.setStretchFactor(self.list, list_share)
        self._column.setStretchFactor(self.detail, detail_share)
        one = left < _TOO_LOW
        if one != self._one_at_a_time:
            self._one_at_a_time = one
            self.strip.set_compact(one)
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self.theme.px(CARD_RADIUS)
        fill_rounded(painter, QRectF(self.rect()), self.theme.color("panel"), radius)
        stroke_inside(painter, QRectF(self.rect()), edge_pen(self.theme, "line", 1), radius)
        painter.end()
