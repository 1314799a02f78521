"""The slots column of the call on screen: its rows, what waits, its agendas, or why it is empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.slots.board import SlotBoard
from osnp_console.app.slots.detail import Recheck, RecheckState, phone_of
from osnp_console.app.slots.filters import SlotFilters
from osnp_console.app.slots.rows import SlotRow
from osnp_console.app.slots.shown_place import USUAL_HOURS, Remedy
from osnp_console.domain.slots.bands import Band
from osnp_console.domain.slots.proposal import Elsewhere
from osnp_console.domain.slots.slot import Slot
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.slots.showing import SlotsShowing
from osnp_console.ui.slots.view import SlotsView
from osnp_console.ui.theme.theme import Theme

RECHECK_AFTER_MS = 300
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_CARD_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SlotsPanel(QWidget):
    """The third column of a call.

    It shows the `SlotBoard` it is given; what happens to the search is told to the board, then `refresh` is
    called. Without a board it says that no agenda is linked.

    Signals:
        copied(str): a number was copied: the words for the journal strip.
        call_wanted(str): that number is to be dialled.
        search_wanted(): the agendas are to be asked again.
        recheck_wanted(str): the chosen slot rests under the eye: look whether it is still free.
        book_wanted(str): that slot is to be booked.
        retry_wanted(str): ask that source again.
        portal_wanted(str): open that portal or phone card.
        settings_wanted(): agendas are to be linked.
        chosen(object): the chosen Slot is another one, or None.
    """

    copied = Signal(str)
    call_wanted = Signal(str)
    search_wanted = Signal()
    recheck_wanted = Signal(str)
    book_wanted = Signal(str)
    retry_wanted = Signal(str)
    portal_wanted = Signal(str)
    settings_wanted = Signal()
    chosen = Signal(object)

    def __init__(self, theme: Theme, calls: DeskCalls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Créneaux")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._calls = calls
        self._told: Slot | None = None
        self._minute = -1
        self._is_forwarding = False
        self.view = SlotsView(theme, self)
        self._showing = SlotsShowing(self.view, calls)
        self._rest = QTimer(self, singleShot=True, interval=RECHECK_AFTER_MS)
        self._rest.timeout.connect(self._ask_recheck)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._connect()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self._show()

    def _connect(self) -> None:
        view, calls = self.view, self._calls
        calls.shown.connect(self._follow)
        calls.settled.connect(self._follow)
        calls.edited.connect(self._typed)
        calls.ticked.connect(self.tick)
        view.filters_button.clicked.connect(self.toggle_filters)
        view.refresh_button.clicked.connect(self.refresh_search)
        view.news.wanted.connect(self.refresh_search)
        view.bands.chosen.connect(self._choose_band)
        view.filters.changed.connect(self._choose_filters)
        view.filters.left.connect(self.toggle_filters)
        view.list.reached.connect(self._reached)
        view.list.opened.connect(self._opened)
        view.list.held.connect(self._held)
        view.detail.left.connect(self._close_detail)
        view.strip.retry_wanted.connect(self.retry_wanted)
        view.strip.left.connect(self.take_focus)
        view.empty.remedy_wanted.connect(self._mend)
        view.empty.portal_wanted.connect(self.portal_wanted)
        view.empty.copy_wanted.connect(self.copy_number)

    # --- what the window tells --------------------------------------------------------------------------

    def show_board(self, board: SlotBoard | None, hours: int = USUAL_HOURS) -> None:
        """Show the slots of another call, searched over so many hours; None without agendas."""
        if self._board is not None and board is not self._board:
            self._board.let_go(self._calls.clock())
            self.close_card()
            self.view.filters.hide()
        self._showing.take(board, hours)
        self._show()

    def refresh(self) -> None:
        """The board may say something else: show it. Nothing but clocks is painted where it does not."""
        board, now = self._board, self._calls.clock()
        if board is not None:
            self._hold(board, now)
        if not self._showing.is_same(now):
            self._show()
        elif self.isVisible():
            self._showing.repaint_clocks(now)

    def _show(self) -> None:
        self._showing.show(self._calls.clock())
        self._tell()

    def tick(self, now: datetime) -> None:
        """A second has passed: only what says something else is painted again."""
        if self._board is not None:
            self._board.tick(now)
            self.refresh()
        elif now.minute != self._minute:
            self._minute = now.minute
            self._show()

    def show_recheck(self, slot_id: str, state: RecheckState, at: datetime) -> None:
        """What was found when a slot was looked at again."""
        self._showing.rechecks[slot_id] = Recheck(state, at)
        self._show()

    def show_elsewhere(self, elsewhere: Elsewhere) -> None:
        """Other desks propose other slots: rows and detail say so in place, nothing moves."""
        self._showing.elsewhere = elsewhere
        self.refresh()

    def mark_lost(self, slot_id: str, at: datetime, source: str) -> None:
        """A slot was found taken; `source` is the name of who says so."""
        if self._board is not None:
            self._showing.rechecks.pop(slot_id, None)
            self._board.lose(slot_id, at, source)
            self._show()

    def select(self, slot_id: str) -> bool:
        """Choose a slot for the operator, who just asked for it; False when it cannot be chosen."""
        board = self._board
        if board is None or not board.select(slot_id):
            return False
        self._show()
        self.view.list.go_to(slot_id)
        return True

    def show_card(self, card: QWidget) -> None:
        """Put a card at the top of the column and give it the keyboard."""
        self.view.show_card(card)
        take = getattr(card, "take_focus", card.setFocus)
        take()
        self.view.reveal(QApplication.focusWidget())

    def close_card(self) -> QWidget | None:
        """Take the card away; the keyboard goes back to the list if the card had it. Returns the card."""
        card = self.view.card
        had = card is not None and _holds(card, QApplication.focusWidget())
        self.view.close_card()
        if had:
            self.take_focus()
        return card

    # --- what the window asks ---------------------------------------------------------------------------

    @property
    def chosen_row(self) -> SlotRow | None:
        """The row of the chosen slot."""
        return self._showing.chosen_row

    @property
    def slot_count(self) -> int:
        """How many slots can be had, whatever the band."""
        return self._board.column().bands[0].count if self._board is not None else 0

    @property
    def _board(self) -> SlotBoard | None:
        return self._showing.board

    def book(self) -> None:
        """F9: the chosen slot is to be booked."""
        row = self.chosen_row
        if row is not None:
            self.book_wanted.emit(row.id)

    def refresh_search(self) -> None:
        """F5: show what waits; with nothing waiting, ask the agendas again."""
        board = self._board
        if board is not None and board.column().notice:
            board.show_news(self._calls.clock())
            self._show()
        else:
            self.search_wanted.emit()

    def toggle_filters(self) -> None:
        """Ctrl+L: show the filters and go there; once more, back to the list."""
        view = self.view
        if self._board is None or not view.filters_button.isVisibleTo(view):
            return
        opened = not view.filters.isVisibleTo(view)
        view.filters.setVisible(opened)
        view.place()
        if opened:
            view.filters.take_focus()
        else:
            self.take_focus()

    def take_focus(self) -> None:
        """Give the keyboard to the card, else to the rows, else to what can be done here."""
        view = self.view
        take = getattr(view.card, "take_focus", None)
        if take is not None:
            take()
            return
        target = view.list if view.list.isVisibleTo(view) else view.empty.first_control()
        if view.detail.isVisibleTo(view) and not view.list.isVisibleTo(view):
            target = view.detail
        (target if target is not None else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def copy_number(self) -> None:
        """Put on the clipboard the chosen slot's number, else the first line's."""
        number = self._number()
        if number is not None:
            QGuiApplication.clipboard().setText(number)
            self.copied.emit(f"numéro copié : {number}")

    def dial_shown(self) -> bool:
        """Copy that number and ask to dial it; False when none is shown."""
        number = self._number()
        if number is not None:
            self.copy_number()
            self.call_wanted.emit(number)
        return number is not None

    def _number(self) -> str | None:
        """The chosen slot's number, else the first line's."""
        row = self.chosen_row
        number = phone_of(row) if row is not None else None
        if number is None and self.view.empty.isVisibleTo(self.view):
            number = self.view.empty.number()
        return number

    # --- what the operator does -------------------------------------------------------------------------

    def _reached(self, slot_id: str) -> None:
        board = self._board
        if board is not None and board.select(slot_id):
            self._rest.start()
            self._show()

    def _ask_recheck(self) -> None:
        row = self.chosen_row
        if row is not None:
            self._showing.rechecks[row.id] = Recheck(RecheckState.ASKING, self._calls.clock())
            self._show()
            self.recheck_wanted.emit(row.id)

    def _opened(self, slot_id: str) -> None:
        self._reached(slot_id)
        self.view.open_detail(opened=True)
        if self.view.detail.isVisibleTo(self.view):
            self.view.detail.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_detail(self) -> None:
        self.view.open_detail(opened=False)
        self.view.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _held(self, held: bool) -> None:
        self.refresh()

    def _hold(self, board: SlotBoard, now: datetime) -> None:
        held = self.view.list.is_held
        if held and not board.is_held:
            board.hold()
        elif board.is_held and not held:
            board.let_go(now)

    def _choose_band(self, band: Band | None) -> None:
        if self._board is not None:
            self._filter(replace(self._board.filters, band=band))

    def _choose_filters(self, filters: SlotFilters) -> None:
        self._filter(filters)

    def _filter(self, filters: SlotFilters) -> None:
        if self._board is not None:
            self._board.set_filters(filters, self._calls.clock())
            self._show()

    def _mend(self, remedy: Remedy) -> None:
        match remedy:
            case Remedy.CLEAR_FILTERS:
                self._filter(SlotFilters())
                self.take_focus()
            case Remedy.SETTINGS:
                self.settings_wanted.emit()
            case Remedy.SEARCH:
                self.search_wanted.emit()

    # --- what happens to the call -----------------------------------------------------------------------

    def _typed(self, call: OpenCall, changed: frozenset[str]) -> None:
        if changed:
            self._follow(call)

    def _follow(self, call: OpenCall | None) -> None:
        if call is self._calls.current:
            self._show()

    def _tell(self) -> None:
        row = self.chosen_row
        slot = row.one.slot if row is not None else None
        if slot != self._told:
            self._told = slot
            self.chosen.emit(slot)

    # --- Qt ---------------------------------------------------------------------------------------------

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        self.view.title.set_active(now is not None and self.isAncestorOf(now))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A card's Échap and Entrée from anywhere in the column; arrows scroll what does not fit."""
        card = self.view.card
        step = _STEPS.get(Qt.Key(event.key()))
        if card is not None and event.key() in _CARD_KEYS and not _holds(card, QApplication.focusWidget()):
            self._to_card(card, event)
        elif step is not None and self.view.empty.isVisibleTo(self.view):
            self.view.empty.scroll_by(step)
        else:
            super().keyPressEvent(event)

    def _to_card(self, card: QWidget, event: QKeyEvent) -> None:
        # What the card does not take comes back up here.
        if not self._is_forwarding:
            self._is_forwarding = True
            QApplication.sendEvent(card, event)
            self._is_forwarding = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and self.view.list.isVisibleTo(self.view):
            self.view.list.setFocus(event.reason())


def _holds(card: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (focus is card or card.isAncestorOf(focus))
