"""The sending side of a transfer on screen: its parts, laid out by the room there is; it decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)

from osnp_console.app.checklist.criterion_words import SourceSheet
from osnp_console.app.transfer.panel import PanelShown
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.view import TransferView
from osnp_console.ui.widgets.message_line import Message

WHY, SLOT, OTHER = "why", "slot", "other"
_SCROLLS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class TransferPanel(TransferView):
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
        super().__init__(theme, patient_key, parent)
        self.shown: PanelShown | None = None
        self._text = ""
        self._connect()

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
        self.place(message=bool(shown.message), on_line=shown.is_on_line)
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
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_step(self, before: PanelShown) -> None:
        """The step is another one: a list that was open spoke of the one before; the keyboard follows."""
        shown = self.shown
        if shown is None:
            return
        if self.others.isVisible():
            self.others.leave()
        self.live.announce(shown.announced)
        if before.message and not shown.message:
            self.area.verticalScrollBar().setValue(0)  # what is read aloud is wanted again
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            return
        if shown.message and not before.message:
            self._ways_or_footer()
        elif before.message and not shown.message and self.ways.isAncestorOf(focused):
            self.footer.take_focus()  # what was the way on is none any more
        elif shown.footer.asks_slot and not before.footer.asks_slot:
            self.footer.take_focus()

    def _ways_or_footer(self) -> None:
        if not self.ways.take_focus():
            self.footer.take_focus()
        self.reveal_later()

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
        self.others.open_over(shown.footer.others, shown.number.name, self._text, self.list_room())

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
        self.turn_to_source()

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
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + step * self.theme.px(40))
        else:
            super().keyPressEvent(event)
