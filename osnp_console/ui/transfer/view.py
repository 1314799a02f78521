"""Where the parts of a transfer's panel stand, and which give way where room lacks; it decides nothing."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from osnp_console.ui.checklist.live import LiveLabel
from osnp_console.ui.checklist.source_panel import SourcePanel
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.footer import TransferFooter
from osnp_console.ui.transfer.header import TransferHeader
from osnp_console.ui.transfer.number_card import NumberCard
from osnp_console.ui.transfer.other_list import OtherList
from osnp_console.ui.transfer.read_aloud import ReadAloud
from osnp_console.ui.transfer.step_marks import StepMarks
from osnp_console.ui.transfer.timers import Timers
from osnp_console.ui.transfer.ways_card import WaysCard
from osnp_console.ui.widgets.message_line import MessageLine
from osnp_console.ui.widgets.surfaces import Card, Hairline

SIDE = 302
"""The number, the clocks and the ways on, beside what is read aloud."""
WIDE_FROM, TIGHT_UNDER = 720, 520
"""Widths, in px at 100 %: from which they stand beside; under which even clocks are close."""
SIDE_HOLDS_WAYS_FROM, LOW_UNDER, LIST_AT_EASE = 590, 330, 260
"""Heights: from which the ways on stand beside too; under which all is on single lines; of a list at ease."""


class TransferView(Card):
    """The widgets, laid out by the room there is. The clocks and the foot never scroll."""

    def __init__(self, theme: Theme, patient_key: str, parent: QWidget | None = None) -> None:
        """`patient_key` is the key that says whether the patient is on the phone."""
        super().__init__(theme, parent=parent)
        self.setAccessibleName("Transfert")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.header = TransferHeader(theme, self)
        self.steps = StepMarks(theme, self)
        self.news = MessageLine(theme, self)
        self.message = MessageLine(theme, self)
        self.timers = Timers(theme, patient_key, self)
        self.number = NumberCard(theme, self)
        self.reading = ReadAloud(theme, self)
        self.ways = WaysCard(theme, self.timers.patient, self)
        self.source = SourcePanel(theme)
        self.footer = TransferFooter(theme, self)
        self.others = OtherList(theme, self)
        self.live = LiveLabel(self)
        self._arranged: tuple[bool, ...] = ()
        self._has_message = self._is_on_line = False
        self._at_rest = QTimer(self, singleShot=True, interval=0)
        self._at_rest.timeout.connect(self._reveal)
        self._lay_out()
        self._order_tab()
        self._place()

    def _lay_out(self) -> None:
        px = self.theme.px
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName("À lire à voix haute")
        inside = QWidget(self.area)
        self._texts = QVBoxLayout(inside)
        self._texts.setContentsMargins(px(14), px(10), px(14), px(10))
        self._texts.setSpacing(px(10))
        self._texts.addWidget(self.reading)
        self._texts.addStretch(1)
        self.area.setWidget(inside)
        for ground in (self.area.viewport(), inside):
            ground.setAutoFillBackground(False)
        self._left = QStackedWidget(self)
        self._left.setMinimumSize(1, 1)  # the text gives way, scrolled, before anything beside it
        self._left.addWidget(self.area)
        self._left.addWidget(self.source)
        self._side = QWidget(self)
        self._side.setFixedWidth(px(SIDE + 14))
        self._cards = QVBoxLayout(self._side)
        self._cards.setContentsMargins(0, px(12), px(14), px(8))
        self._cards.setSpacing(px(8))
        self._cards.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._left, 1)
        body.addWidget(self._side)
        said = QVBoxLayout()
        said.setContentsMargins(px(14), 0, px(14), 0)
        said.addWidget(self.news)
        said.addWidget(self.message)
        self._flat = QVBoxLayout()
        self._flat.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(1), px(1), px(1), px(1))
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Hairline(self.theme, parent=self))
        column.addWidget(self.steps)
        column.addWidget(Hairline(self.theme, parent=self))
        column.addLayout(self._flat)
        column.addLayout(said)
        column.addLayout(body, 1)
        column.addWidget(self.footer)

    def _order_tab(self) -> None:
        """As one reads: text, number, clocks, ways on, foot; what is made later takes its place there."""
        number, foot = self.number, self.footer
        stops: list[QWidget] = [self.area, self.reading.sheet, self.reading.copy, number.dial, number.copy]
        stops.append(self.timers.patient)
        stops += [foot.why.line_edit, foot.slot.line_edit, foot.cancel]
        stops += [foot.other, foot.sure, foot.go_on, foot.usual]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # --- what the panel says ----------------------------------------------------------------------------

    def place(self, *, message: bool, on_line: bool) -> None:
        """Give each part its room. With a message the ways on lead; on the phone, what is read aloud does."""
        self._has_message, self._is_on_line = message, on_line
        self._place()

    def turn_to_source(self) -> None:
        """Show the source in the place of the text; the clocks stay."""
        self._left.setCurrentWidget(self.source)
        self.source.take_focus()

    @property
    def shows_source(self) -> bool:
        """Whether a source stands in the place of the text."""
        return self._left.currentWidget() is self.source

    def hide_source(self) -> None:
        """The text again."""
        if self.shows_source:
            self._left.setCurrentWidget(self.area)
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal_later(self) -> None:
        """Once all has its place, scroll to what has the keyboard."""
        self._at_rest.start()

    def _reveal(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.area.isAncestorOf(focused):
            self.area.ensureWidgetVisible(focused)

    # --- where things stand -----------------------------------------------------------------------------

    def _place(self) -> None:
        wide = self.width() >= self.theme.px(WIDE_FROM)
        high = self.height() / self.theme.scale
        low = high < LOW_UNDER
        if self.others.isVisible():
            self.others.place(self.list_room())
        beside = wide and high >= SIDE_HOLDS_WAYS_FROM
        first, on_line = self._has_message, self._is_on_line
        tight = self.width() < self.theme.px(TIGHT_UNDER)
        self.footer.set_room(self.width(), narrow=not wide, low=low)
        arranged = (wide, low, beside, first, on_line, tight)
        if arranged == self._arranged:
            return
        self._arranged = arranged
        self.header.arrange(narrow=not wide, low=low)
        self.steps.set_low(low=low)
        self.timers.set_flat(flat=not wide, low=low, tight=tight)
        self.number.set_flat(flat=not wide and not tight)
        self._side.setVisible(wide)
        if wide:
            self._cards.insertWidget(0, self.number)
            self._cards.insertWidget(1, self.timers)
        else:
            # On the phone, what is read aloud comes before the number.
            self._texts.insertWidget(self._texts.count() - 1 if on_line else 0, self.number)
            self._flat.addWidget(self.timers)
        if beside:
            self._cards.insertWidget(2, self.ways)
        elif first:
            self._texts.insertWidget(0, self.ways)
        else:
            self._texts.insertWidget(self._texts.count() - 1, self.ways)

    def list_room(self) -> QRect:
        """Where the list may stand: never over the clocks; over the foot only where height lacks."""
        px = self.theme.px
        wide = not self._side.isHidden()
        right = self._side.x() if wide else self.width()
        top = self.steps.geometry().bottom() if wide else self.timers.geometry().bottom()
        is_short = self.footer.y() - top < px(LIST_AT_EASE)
        bottom = self.height() if is_short else self.footer.y()
        return QRect(px(8), top + px(4), right - px(16), bottom - top - px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
