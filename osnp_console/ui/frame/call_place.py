"""The call's workspace: intake, checklist and slots as columns, or as tabs where there is no room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from osnp_console.ui.frame.pane_tabs import PaneTabs
from osnp_console.ui.frame.reflow import Arrangement, first_widths, two_widths
from osnp_console.ui.theme.theme import Theme

INTAKE, CHECKLIST, SLOTS = 0, 1, 2
NAMES = ("Fiche", "Dispositifs", "Créneaux")


class CallPlace(QWidget):
    """Holds the three panels, whatever the arrangement: they keep their state when it changes."""

    widths_changed = Signal(object)
    """The columns' widths, list of int, after the operator moved them."""
    arranged = Signal(object)
    """The new Arrangement."""

    def __init__(
        self, theme: Theme, panes: tuple[QWidget, QWidget, QWidget], parent: QWidget | None = None
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
        self._details = ["", "", ""]

    def set_focus_targets(self, *into: Callable[[], None]) -> None:
        """How to put the focus into each panel, in their order."""
        self._into = into

    def arrange(self, arrangement: Arrangement, width: int) -> None:
        """Take an arrangement for a body `width` pixels wide; nothing moves when it is the one there is."""
        if arrangement is self.arrangement:
            return
        focused = QApplication.focusWidget()
        pane = self.pane_of(focused)
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
        for one in self.panes:
            if not self._lies_under(one):
                one.show()
        self._holder.show()
        if old is not None:
            self._column.removeWidget(old)
            old.deleteLater()
        if pane is not None:
            self.show_pane(pane)
            if focused is not None:
                focused.setFocus()
        self.arranged.emit(arrangement)

    def _lies_under(self, pane: QWidget) -> bool:
        """Whether a panel is behind a tab: shown, it would lie under the other, and Tab would find it."""
        stack = self._stack
        return stack is not None and stack.indexOf(pane) >= 0 and stack.currentWidget() is not pane

    # --- panes ------------------------------------------------------------------------------------------

    def pane_of(self, widget: QWidget | None) -> int | None:
        """Which panel a widget is in."""
        for place, pane in enumerate(self.panes):
            if widget is not None and (widget is pane or pane.isAncestorOf(widget)):
                return place
        return None

    def show_pane(self, place: int) -> None:
        """Bring a panel on screen, where panels are tabs."""
        if self._stack is not None and self._tabs is not None:
            at = self._stack.indexOf(self.panes[place])
            if at >= 0:
                self._stack.setCurrentIndex(at)
                self._tabs.show_tab(at)

    def go_to(self, place: int) -> None:
        """Bring a panel on screen and put the focus in it."""
        self.show_pane(place)
        self._into[place]()

    def go_round(self, step: int) -> None:
        """F6: the next (1) or the previous (-1) panel."""
        here = self.pane_of(QApplication.focusWidget())
        self.go_to(INTAKE if here is None else (here + step) % len(self.panes))

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

    # --- widths -----------------------------------------------------------------------------------------

    def set_own_widths(self, widths: list[int]) -> None:
        """The widths this desk chose on these screens; an empty list for none."""
        self._own_widths = widths

    def _apply_widths(self, width: int) -> None:
        if self._splitter is not None:
            own = self._own_widths if len(self._own_widths) == len(self.panes) else None
            self._splitter.setSizes(own or list(first_widths(width, self._theme.scale)))

    def _moved(self) -> None:
        if self._splitter is not None and self.arrangement is Arrangement.THREE_COLUMNS:
            self._own_widths = self._splitter.sizes()
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
        self._tabs.chosen.connect(self._stack.setCurrentIndex)
        self._tabs.show_tab(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        return holder
