"""The call's workspace: intake, checklist and slots as columns, or as tabs where there is no room.

A transfer takes the place of the two right columns; among tabs it is one more.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from osnp_console.ui.frame.pane_tabs import PaneTabs
from osnp_console.ui.frame.reflow import Arrangement, first_widths, two_widths
from osnp_console.ui.theme.theme import Theme

INTAKE, CHECKLIST, SLOTS, TRANSFER = 0, 1, 2, 3
NAMES = ("Fiche", "Dispositifs", "Créneaux", "Transfert")
COLUMNS = 3


class CallPlace(QWidget):
    """Holds the panels, whatever the arrangement: they keep their state when it changes."""

    widths_changed = Signal(object)
    """The columns' widths, list of int, after the operator moved them."""
    arranged = Signal(object)
    """The new Arrangement."""
    transfer_shown = Signal(bool)
    """The transfer came on screen, or something else stands where it was."""

    def __init__(
        self, theme: Theme, panes: tuple[QWidget, QWidget, QWidget, QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.panes = panes
        self._into: tuple[Callable[[], None], ...] = tuple(pane.setFocus for pane in panes)
        self.arrangement: Arrangement | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._holder: QWidget | None = None
        self._stack: QStackedWidget | None = None
        self._tabs: PaneTabs | None = None
        self._splitter: QSplitter | None = None
        self._own_widths: list[int] = []
        self._details = [""] * len(panes)
        self._first: list[int] = [1, 1, 1]
        self._body = 0
        self._has_transfer = self._is_over = False
        panes[TRANSFER].hide()

    def set_focus_targets(self, *into: Callable[[], None]) -> None:
        """How to put the focus into each panel, in their order."""
        self._into = into

    def arrange(self, arrangement: Arrangement, width: int) -> None:
        """Take an arrangement for a body `width` pixels wide; nothing moves when it is the one there is."""
        self._body = width
        if arrangement is self.arrangement:
            return
        focused = QApplication.focusWidget()
        pane, was_over = self.pane_of(focused), self.shows_transfer
        self.arrangement = arrangement
        for one in self.panes:
            one.setParent(self)
        old, self._stack, self._tabs, self._splitter = self._holder, None, None, None
        if arrangement is Arrangement.THREE_COLUMNS:
            self._holder = self._columns(self.panes)
            self._apply_widths(width)
        elif arrangement is Arrangement.TWO_COLUMNS:
            beside = self._tabbed(CHECKLIST)
            splitter = self._columns((self.panes[INTAKE], beside))
            splitter.setSizes(two_widths(width - splitter.handleWidth(), self._theme.scale))
            self._holder = splitter
        else:
            self._holder = self._tabbed(INTAKE)
        self._column.addWidget(self._holder)
        self._is_over = was_over and self._has_transfer
        self._show_those_there()
        if self._is_over and arrangement is Arrangement.THREE_COLUMNS:
            self._give_way()
        self._holder.show()
        if old is not None:
            self._column.removeWidget(old)
            old.deleteLater()
        if was_over:
            self.show_pane(TRANSFER)
        if pane is not None:
            self.show_pane(pane)
            if focused is not None:
                focused.setFocus()
        self.arranged.emit(arrangement)

    def _show_those_there(self) -> None:
        for place, one in enumerate(self.panes):
            if self._stack is not None and self._stack.indexOf(one) >= 0:
                # Shown behind a tab it would lie under the other, and Tab would find it.
                if self._stack.currentWidget() is one:
                    one.show()
            else:
                one.setVisible(place == INTAKE or self._is_over is (place == TRANSFER))

    # --- panes ------------------------------------------------------------------------------------------

    def pane_of(self, widget: QWidget | None) -> int | None:
        """Which panel a widget is in."""
        for place, pane in enumerate(self.panes):
            if widget is not None and (widget is pane or pane.isAncestorOf(widget)):
                return place
        return None

    def show_pane(self, place: int) -> None:
        """Bring a panel on screen: from behind a tab, or in the place of what covers it."""
        if self._stack is not None and self._tabs is not None:
            at = self._stack.indexOf(self.panes[place])
            if at >= 0:
                self._turn_to(at)
                self._tabs.show_tab(at)
        elif place != INTAKE:
            self._put_over(over=place == TRANSFER)

    def _turn_to(self, at: int) -> None:
        if self._stack is None:
            return
        before = self.shows_transfer
        self._stack.setCurrentIndex(at)
        if self.shows_transfer is not before:
            self.transfer_shown.emit(not before)

    def go_to(self, place: int) -> None:
        """Bring a panel on screen and put the focus in it."""
        self.show_pane(place)
        self._into[place]()

    def go_round(self, step: int) -> None:
        """F6: the next (1) or the previous (-1) panel."""
        there = self._round()
        here = self.pane_of(QApplication.focusWidget())
        at = there.index(here) + step if here in there else there.index(INTAKE)
        self.go_to(there[at % len(there)])

    def _round(self) -> tuple[int, ...]:
        """The panels that F6 goes through: among columns a transfer covers two."""
        if self.has_tabs:
            return tuple(range(len(self.panes) if self._has_transfer else COLUMNS))
        return (INTAKE, TRANSFER) if self._is_over else (INTAKE, CHECKLIST, SLOTS)

    @property
    def has_tabs(self) -> bool:
        """Whether some panels stand behind tabs."""
        return self._tabs is not None

    def set_detail(self, place: int, detail: str) -> None:
        """What a panel counts, for its tab."""
        self._details[place] = detail
        tab = place - self._first_tab()
        if self._tabs is not None and tab >= 0:
            self._tabs.tabs[tab].set_detail(detail)

    # --- a transfer -------------------------------------------------------------------------------------

    @property
    def shows_transfer(self) -> bool:
        """Whether the transfer is what stands beside the form, or in its place."""
        if self._stack is not None:
            return self._has_transfer and self._stack.currentWidget() is self.panes[TRANSFER]
        return self._is_over

    def set_transfer(self, *, there: bool) -> None:
        """Whether the call has a transfer to show: its tab is there, or nothing stands over the columns."""
        if there is self._has_transfer:
            return
        was_shown = self.shows_transfer
        self._has_transfer = there
        if self._tabs is not None:
            self._tabs.tabs[TRANSFER - self._first_tab()].setVisible(there)
        if was_shown and not there:
            self.show_pane(CHECKLIST)

    def _put_over(self, *, over: bool) -> None:
        if over is self._is_over or (over and not self._has_transfer):
            return
        self._is_over = over
        if self._splitter is not None:
            (self._give_way if over else self._share_again)()
        self.transfer_shown.emit(over)

    def _give_way(self) -> None:
        """The transfer takes the room of the two right columns."""
        if self._splitter is not None:
            form = self._form_width(self._splitter)
            self._show_those_there()
            self._splitter.setSizes([form, 0, 0, self._room_beside(self._splitter, form, 1)])

    def _form_width(self, splitter: QSplitter) -> int:
        """How wide the form is, or will be where the columns are not laid out yet: a frame made anew."""
        is_laid_out = splitter.width() == self._body
        return splitter.sizes()[INTAKE] if is_laid_out else self._wanted()[INTAKE]

    def _room_beside(self, splitter: QSplitter, form: int, handles: int) -> int:
        """What is left beside the form, which stays as wide as it is."""
        return self._body - form - handles * splitter.handleWidth()

    def _wanted(self) -> list[int]:
        """The widths of the columns: this desk's own, else the first ones."""
        return self._own_widths if len(self._own_widths) == COLUMNS else self._first

    def _share_again(self) -> None:
        """The two right columns have what they had of the room that they share."""
        if self._splitter is None:
            return
        form = self._form_width(self._splitter)
        self._show_those_there()
        rest = self._room_beside(self._splitter, form, 2)
        had = self._wanted()
        right = max(1, had[CHECKLIST] + had[SLOTS])
        checklist = rest * had[CHECKLIST] // right
        self._splitter.setSizes([form, checklist, rest - checklist, 0])

    # --- widths -----------------------------------------------------------------------------------------

    def set_own_widths(self, widths: list[int]) -> None:
        """The widths this desk chose on these screens; an empty list for none."""
        self._own_widths = widths

    def _apply_widths(self, width: int) -> None:
        self._first = list(first_widths(width, self._theme.scale))
        if self._splitter is not None:
            self._splitter.setSizes([*self._wanted(), 0])

    def _moved(self) -> None:
        if self._splitter is None or self.arrangement is not Arrangement.THREE_COLUMNS or self._is_over:
            return
        self._own_widths = self._splitter.sizes()[:COLUMNS]
        self.widths_changed.emit(self._own_widths)

    # --- building ---------------------------------------------------------------------------------------

    def _first_tab(self) -> int:
        return CHECKLIST if self.arrangement is Arrangement.TWO_COLUMNS else INTAKE

    def _columns(self, panes: tuple[QWidget, ...]) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(self._theme.px(8))
        for place, pane in enumerate(panes):
            splitter.addWidget(pane)
            splitter.setStretchFactor(place, 0 if place == INTAKE else 1)
        splitter.splitterMoved.connect(self._moved)
        self._splitter = splitter
        return splitter

    def _tabbed(self, first: int) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        self._tabs = PaneTabs(self._theme, NAMES[first:], holder)
        self._stack = QStackedWidget(holder)
        for place in range(first, len(self.panes)):
            self._stack.addWidget(self.panes[place])
            self._tabs.tabs[place - first].set_detail(self._details[place])
        self._tabs.tabs[TRANSFER - first].setVisible(self._has_transfer)
        self._tabs.chosen.connect(self._turn_to)
        self._tabs.show_tab(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        return holder
