"""The sending side of a transfer on screen: its parts, laid out by the room there is; it decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
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

from osnp_console.app.checklist.criterion_words import SourceSheet
from osnp_console.app.transfer.panel import PanelShown
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
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.surfaces import Card, Hairline

SIDE = 302
WIDE_FROM, TIGHT_UNDER = 720, 520
SIDE_HOLDS_WAYS_FROM, LOW_UNDER, LIST_AT_EASE = 590, 330, 260
WHY, SLOT, OTHER = "why", "slot", "other"
_SCROLLS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class TransferPanel(Card):
    """The panel of the call on screen.

    Signals:
        usual_wanted(): F8's button. dial_wanted(): the number is to be dialled.
        other_chosen(object, str): an OtherMove, and the text typed with it.
        cancelled(): the transfer is to be cancelled.
        patient_wanted(): the patient hung up, or is on the phone again.
        way_taken(object): a NextWay.
        ask_wanted(str): the field that answers what the line needs.
        source_wanted(int): the source of the reminder of that number.
        copied(str): words for the journal strip.
        typed(str, str): what stands in a one-line field: WHY, SLOT or OTHER, and the text.
        left(): Échap.
    """

    usual_wanted = Signal()
    dial_wanted = Signal()
    other_chosen = Signal(object, str)
    cancelled = Signal()
    patient_wanted = Signal()
    way_taken = Signal(object)
    ask_wanted = Signal(str)
    source_wanted = Signal(int)
    copied = Signal(str)
    typed = Signal(str, str)
    left = Signal()

    def __init__(self, theme: Theme, patient_key: str, parent: QWidget | None = None) -> None:
        """`patient_key` is the key that says whether the patient is on the phone."""
        super().__init__(theme, parent=parent)
        self.setAccessibleName("Transfert")
        self.shown: PanelShown | None = None
        self.header = TransferHeader(theme, self)
        self.steps = StepMarks(theme, self)
        self.news = MessageLine(theme, self)
        self.message = MessageLine(theme, self)
        self.timers = Timers(theme, patient_key, self)
        self.number = NumberCard(theme, self)
        self.reading = ReadAloud(theme, self)
        self.ways = WaysCard(theme, self)
        self.source = SourcePanel(theme)
        self.footer = TransferFooter(theme, self)
        self.others = OtherList(theme, self)
        self.live = LiveLabel(self)
        self._text = ""
        self._arranged: tuple[bool, ...] = ()
        self._at_rest = QTimer(self, singleShot=True, interval=0)
        self._at_rest.timeout.connect(self._reveal)
        self._lay_out()
        self._connect()
        self._place()

    def _lay_out(self) -> None:
        px = self.theme.px
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName("À lire à voix haute")
        inside = QWidget(self._area)
        self._texts = QVBoxLayout(inside)
        self._texts.setContentsMargins(px(14), px(10), px(14), px(10))
        self._texts.setSpacing(px(10))
        self._texts.addWidget(self.reading)
        self._texts.addStretch(1)
        self._area.setWidget(inside)
        for ground in (self._area.viewport(), inside):
            ground.setAutoFillBackground(False)
        self._left = QStackedWidget(self)
        self._left.setMinimumSize(1, 1)  # the text gives way, scrolled, before anything beside it
        self._left.addWidget(self._area)
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
        self._column = column

    def _connect(self) -> None:
        self.footer.usual_wanted.connect(self.usual_wanted)
        self.footer.why_entered.connect(self.usual_wanted)
        self.footer.other_wanted.connect(self.open_others)
        self.footer.cancelled.connect(self.cancelled)
        self.footer.why_typed.connect(self._why_typed)
        self.footer.slot_typed.connect(self._slot_typed)
        self.others.chosen.connect(self.other_chosen)
        self.others.chosen.connect(self._others_left)
        self.others.left.connect(self._others_left)
        self.others.text_typed.connect(self._other_typed)
        self.number.dial_wanted.connect(self.dial_wanted)
        self.number.copied.connect(self.copied)
        self.timers.patient_wanted.connect(self.patient_wanted)
        self.ways.taken.connect(self.way_taken)
        self.reading.copied.connect(self.copied)
        self.reading.ask_wanted.connect(self.ask_wanted)
        self.reading.source_wanted.connect(self.source_wanted)
        self.source.closed.connect(self.hide_source)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_panel(self, shown: PanelShown, typed: Mapping[str, str], now: datetime) -> None:
        """Show a transfer; `typed` is what stands in the one-line fields, by their names."""
        before, self.shown = self.shown, shown
        self._text = typed.get(OTHER, "")
        self.header.show_header(shown.header)
        self.steps.show_steps(shown.steps, now)
        self.number.show_number(shown.number)
        self.timers.show_clocks(shown.clocks, shown.tries, shown.patient_button, now)
        self._show_reading(shown)
        self.ways.show_ways(shown.ways_title, shown.number.name, shown.ways)
        self.news.set_message(shown.news, Message.NOTE)
        self.message.set_message(shown.message, Message.WARNING)
        self.footer.show_footer(shown.footer, shown.number.name, typed.get(WHY, ""), typed.get(SLOT, ""))
        self._place()
        if before is not None and before.footer != shown.footer:
            self._follow_step(before)

    def begin_call(self) -> None:
        """Another call's panel: nothing of it is news to the ear, nothing stands over it."""
        self.shown = None
        self.others.hide()
        self.number.say("")
        self.footer.give_up_cancelling()
        self.footer.yield_next(other=False)
        self.hide_source()
        self.live.know("")

    def _show_reading(self, shown: PanelShown) -> None:
        focused = QApplication.focusWidget()
        had = focused is not None and self.reading.isAncestorOf(focused)
        self.reading.show_reading(shown.reading)
        if had and QApplication.focusWidget() is not focused:
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_step(self, before: PanelShown) -> None:
        """The step is another one: a list that was open spoke of the one before; the keyboard follows."""
        shown = self.shown
        if shown is None:
            return
        if self.others.isVisible():
            self.others.leave()
        self.live.announce(shown.announced)
        if before.message and not shown.message:
            self._area.verticalScrollBar().setValue(0)  # what is read aloud is wanted again
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            return
        if shown.message and not before.message:
            self._ways_or_footer()
        elif shown.footer.asks_slot and not before.footer.asks_slot:
            self.footer.take_focus()

    def _ways_or_footer(self) -> None:
        if not self.ways.take_focus():
            self.footer.take_focus()
        self._at_rest.start()

    def _reveal(self) -> None:
        """Once all has its place: what has the keyboard is seen."""
        focused = QApplication.focusWidget()
        if focused is not None and self._area.isAncestorOf(focused):
            self._area.ensureWidgetVisible(focused)

    def tick(self, now: datetime) -> None:
        """Take the time: only clocks are painted."""
        self.steps.tick(now)
        self.timers.tick(now)

    # --- what the window asks ---------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Give the keyboard to the list that is open, else to what is asked, else to the next step."""
        if self.others.isVisible():
            self.others.setFocus()
        else:
            self.footer.take_focus()

    def open_others(self) -> None:
        """Maj+F8: what else may happen, in place."""
        shown = self.shown
        if shown is None or not shown.footer.others:
            return
        self.footer.give_up_cancelling()
        self.footer.yield_next(other=True)
        self.others.open_over(shown.footer.others, shown.number.name, self._text, self._list_room())

    def ask_why(self) -> None:
        """The reason to go on is missing."""
        self.footer.ask_why()

    def copy_text(self) -> None:
        """Ctrl+Maj+C."""
        self.reading.copy_text()

    def to_ask(self) -> str:
        """The first field that the line needs and that was not asked; empty when there is none."""
        asked = self.shown.reading.to_ask if self.shown is not None else ()
        return next(iter(asked), "")

    def show_source(self, sheet: SourceSheet) -> None:
        """Show where something is read, in the place of the text; timers stay."""
        self.source.fill(sheet)
        self._left.setCurrentWidget(self.source)
        self.source.take_focus()

    @property
    def shows_source(self) -> bool:
        """Whether a source stands in the place of the text."""
        return self._left.currentWidget() is self.source

    def hide_source(self) -> None:
        """The text again."""
        if self.shows_source:
            self._left.setCurrentWidget(self._area)
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- where things stand -----------------------------------------------------------------------------

    def _place(self) -> None:
        wide = self.width() >= self.theme.px(WIDE_FROM)
        high = self.height() / self.theme.scale
        low = high < LOW_UNDER
        if self.others.isVisible():
            self.others.place(self._list_room())
        beside = wide and high >= SIDE_HOLDS_WAYS_FROM
        first = bool(self.shown is not None and self.shown.message)
        on_line = self.shown is not None and self.shown.is_on_line
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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _list_room(self) -> QRect:
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

    # --- inside -----------------------------------------------------------------------------------------

    def _others_left(self) -> None:
        """The list is closed; what it noted, if anything, is on screen already."""
        self.footer.yield_next(other=False)
        if self.isVisible() and self.shown is not None:
            (self._ways_or_footer if self.shown.message else self.footer.take_focus)()

    def _why_typed(self, text: str) -> None:
        self.typed.emit(WHY, text)

    def _slot_typed(self, text: str) -> None:
        self.typed.emit(SLOT, text)

    def _other_typed(self, text: str) -> None:
        self._text = text
        self.typed.emit(OTHER, text)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        active = now is not None and self.isAncestorOf(now)
        self.header.title.set_role("accent" if active else "text")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap leaves; arrows scroll the text when nothing in the panel takes them."""
        step = _SCROLLS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif step is not None:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + step * self.theme.px(40))
        else:
            super().keyPressEvent(event)
