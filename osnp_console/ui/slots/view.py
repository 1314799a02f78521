"""Where the parts of the slots column stand, and which give way where room lacks; it decides nothing."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from osnp_console.ui.checklist.live import LiveLabel
from osnp_console.ui.slots.bands import BandPicker
from osnp_console.ui.slots.detail_pane import FollowLine, SlotDetailPane
from osnp_console.ui.slots.empty_column import EmptyColumn
from osnp_console.ui.slots.filters_pane import FiltersPane
from osnp_console.ui.slots.list_model import SlotListModel
from osnp_console.ui.slots.list_view import SlotList
from osnp_console.ui.slots.news_line import NewsLine
from osnp_console.ui.slots.row_painting import HEADING, ROW
from osnp_console.ui.slots.source_strip import FOLDED_HEIGHT, SourceStrip
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.message_line import MessageLine
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

HEAD = 40
"""Title and margins, in px at 100 %."""
DETAIL_FROM = 880
"""Body height, in px at 100 %, from which the chosen slot has its detail under the list."""
BANDS_FROM = 420
STRIP_LEAVES = 4 * ROW + 2 * HEADING
"""What the list must keep for the strip to have one line an agenda."""
CARD_LEAVES = 2 * ROW + HEADING
DETAIL_LEAVES = 2 * ROW + HEADING


class _Cuts(Enum):
    """What gives way to a high card."""

    NOTHING = 0
    HEAD = 1
    LIST = 2


class SlotsView(Card):
    """The widgets of the column, laid out by height: strip, detail and bands fold in this order."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.title = PaneTitle(theme, "Créneaux", self)
        self.filters_button = ActionButton(theme, "Filtres", "Ctrl+L", "link", height=28, parent=self)
        self.refresh_button = ActionButton(theme, "Actualiser", "F5", "link", height=28, parent=self)
        self.bands = BandPicker(theme, self)
        self.news = NewsLine(theme, self)
        self.filters = FiltersPane(theme, self)
        self.warning = MessageLine(theme, self)
        self.model = SlotListModel(self)
        self.list = SlotList(theme, self.model, self)
        self.empty = EmptyColumn(theme, self)
        self.follows = FollowLine(theme, self)
        self.detail = SlotDetailPane(theme, self)
        self.strip = SourceStrip(theme, self)
        self.live = LiveLabel(self)
        self._card: QWidget | None = None
        self._card_lacks = 0
        self._is_linked = self._has_searched = self._has_rows = False
        self._has_detail = self._is_detail_open = False
        self._lay_out()
        self.filters.hide()
        self.strip.height_changed.connect(self.place)
        self.place()

    def _lay_out(self) -> None:
        px = self.theme.px
        margin, edge = px(12), px(1)
        head = QHBoxLayout()
        head.setContentsMargins(margin, 0, px(6), 0)
        head.setSpacing(px(8))
        head.addWidget(self.title, 1)
        head.addWidget(self.filters_button)
        head.addWidget(self.refresh_button)
        self._cards = QScrollArea(self)
        self._cards.setFrameShape(QFrame.Shape.NoFrame)
        self._cards.setWidgetResizable(True)
        self._cards.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cards.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cards.viewport().setAutoFillBackground(False)
        self._cards.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._at_rest = QTimer(self, singleShot=True, interval=0)
        self._at_rest.timeout.connect(self._give_card_its_height)
        self._cards.verticalScrollBar().rangeChanged.connect(self._at_rest.start)
        self._cards.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(edge, px(6), edge, edge)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addSpacing(px(3))
        self._narrowing = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._narrowing.setContentsMargins(margin, 0, margin, 0)
        self._narrowing.setSpacing(0)
        self._narrowing.addWidget(self.bands, 1)
        self._narrowing.addWidget(self.news, 1)
        self._column.addLayout(self._narrowing)
        for widget in (self.filters, self.warning):
            row = QHBoxLayout()
            row.setContentsMargins(margin, 0, margin, 0)
            row.addWidget(widget)
            self._column.addLayout(row)
        self._column.addWidget(self._cards)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self.empty, 1)
        self._column.addWidget(self.follows)
        self._column.addWidget(self.detail)
        self._column.addWidget(self.strip)

    # --- what the panel says ----------------------------------------------------------------------------

    def set_state(self, *, linked: bool, searched: bool, rows: bool, detail: bool) -> None:
        """Whether agendas are linked and were asked, whether there are rows, whether a slot has a detail."""
        state = (linked, searched, rows, detail)
        if state != (self._is_linked, self._has_searched, self._has_rows, self._has_detail):
            self._is_linked, self._has_searched, self._has_rows, self._has_detail = state
            self._is_detail_open = self._is_detail_open and detail
            self.place()

    def reveal(self, widget: QWidget | None) -> None:
        """Scroll a card that lacks room to the control that has the keyboard."""
        if widget is not None and self._card is not None and self._card.isAncestorOf(widget):
            self._cards.ensureWidgetVisible(widget)

    def open_detail(self, *, opened: bool) -> None:
        """Show the detail though height lacks, or no longer."""
        self._is_detail_open = opened and self._has_detail
        self.place()

    @property
    def is_detail_open(self) -> bool:
        """True while the detail was opened by Entrée."""
        return self._is_detail_open

    @property
    def card(self) -> QWidget | None:
        """The card at the top of the column."""
        return self._card

    def show_card(self, card: QWidget) -> None:
        """Put a card at the top of the column, in the place of the one there."""
        if card is self._card:
            return
        self.close_card()
        self._card, self._card_lacks = card, 0
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(self.theme.px(8), self.theme.px(4), self.theme.px(8), self.theme.px(4))
        column.addWidget(card)
        # In the list's place there may be more room than the card needs.
        column.addStretch(1)
        self._cards.setWidget(holder)
        holder.setAutoFillBackground(False)
        card.installEventFilter(self)
        card.show()
        self.place()

    def close_card(self) -> QWidget | None:
        """Take the card away and return it; it is whole, and no longer anybody's child."""
        card, self._card = self._card, None
        if card is not None:
            card.removeEventFilter(self)
            card.setParent(None)
            holder = self._cards.takeWidget()
            if holder is not None:
                holder.deleteLater()
            self.place()
        return card

    # --- where things stand -----------------------------------------------------------------------------

    def place(self) -> None:
        """Give each part its room."""
        px, high = self.theme.px, self.height() / self.theme.scale
        self.bands.set_fold(low=high < BANDS_FROM, room=self.width() - 2 * px(12))
        folded = self.bands.is_folded
        directions = QBoxLayout.Direction
        self._narrowing.setDirection(directions.LeftToRight if folded else directions.TopToBottom)
        self._narrowing.setSpacing(px(12) if folded else 0)
        # A high card takes the head's place first, then the list's.
        cuts = self._place_card()
        headed, alone = cuts is _Cuts.NOTHING, cuts is _Cuts.LIST
        self.title.setVisible(headed)
        self.filters_button.setVisible(self._has_searched and headed)
        self.refresh_button.setVisible(self._is_linked and headed)
        is_tall = high >= DETAIL_FROM
        detail = self._has_detail and headed and (is_tall or self._is_detail_open)
        under = self._has_detail and headed and not detail and high >= BANDS_FROM and self._has_rows
        self.bands.setVisible(self._has_searched and headed)
        self.news.setVisible(self._has_searched and headed)
        self.follows.setVisible(under)
        self.detail.setVisible(detail)
        left = self.height() - self._head_height(headed=headed) - (px(FollowLine.HEIGHT) if under else 0)
        detail_height = min(self.detail.whole_height(self.width()), left // 2) if detail else 0
        takes_place = detail and left - detail_height - px(FOLDED_HEIGHT) < px(DETAIL_LEAVES)
        if takes_place:
            detail_height = left - px(FOLDED_HEIGHT)
        self.detail.setFixedHeight(max(detail_height, 1))
        there = not alone and not takes_place
        self._show_one_of_two(rows=there and self._has_rows, emptiness=there and not self._has_rows)
        self.strip.setVisible(self._is_linked)
        self.strip.set_room(left - detail_height - self.strip.whole_height() >= px(STRIP_LEAVES))

    def _show_one_of_two(self, *, rows: bool, emptiness: bool) -> None:
        """Rows or why there are none; the keyboard never falls to the window with what is hidden."""
        focused = QApplication.focusWidget()
        had_rows = self.list.hasFocus()
        had_emptiness = focused is not None and self.empty.isAncestorOf(focused)
        self.list.setVisible(rows)
        self.empty.setVisible(emptiness)
        if had_rows and emptiness:
            target = self.empty.first_control()
            (target if target is not None else self.refresh_button).setFocus(Qt.FocusReason.OtherFocusReason)
        elif had_emptiness and rows:
            self.bands.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_card(self) -> _Cuts:
        """The card's height; returns what must give way to it."""
        card = self._card
        self._cards.setVisible(card is not None)
        if card is None:
            return _Cuts.NOTHING
        px, inside = self.theme.px, self._cards.widget()
        layout = inside.layout() if inside is not None else None
        wanted = layout.totalHeightForWidth(self.width() - px(2)) if layout is not None else -1
        if wanted < 0:
            wanted = inside.sizeHint().height() if inside is not None else 0
        wanted += self._card_lacks
        room, least = self.height() - px(FOLDED_HEIGHT + 12), wanted + px(CARD_LEAVES)
        if room - px(HEAD - 12) - self._bands_height() >= least:
            cuts = _Cuts.NOTHING
        else:
            cuts = _Cuts.HEAD if room >= least else _Cuts.LIST
        bars = Qt.ScrollBarPolicy
        scrolled = bars.ScrollBarAsNeeded if cuts is _Cuts.LIST else bars.ScrollBarAlwaysOff
        self._cards.setVerticalScrollBarPolicy(scrolled)
        self._cards.setFixedHeight(max(room, px(40)) if cuts is _Cuts.LIST else wanted)
        return cuts

    def _give_card_its_height(self) -> None:
        """Once all is laid out: a card whose texts wrapped otherwise than foretold gets what it lacks."""
        bar = self._cards.verticalScrollBar()
        is_whole = self._cards.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if bar.maximum() > 0 and is_whole and self._card is not None:
            self._card_lacks += bar.maximum()
            self.place()

    def _bands_height(self) -> int:
        if not self._has_searched:
            return 0
        if self.bands.is_folded:
            return max(self.bands.height(), self.news.height())
        return self.bands.height() + self.news.height()

    def _head_height(self, *, headed: bool) -> int:
        """What stands above the list."""
        px = self.theme.px
        head = px(HEAD) + self._bands_height() if headed else px(12)
        shown = (self.filters, self.warning)
        extra = sum(one.sizeHint().height() for one in shown if one.isVisibleTo(self))
        card = self._cards.height() if self._card is not None else 0
        return head + extra + card

    def minimumSizeHint(self) -> QSize:
        """Little: what lacks room gives way here, and never makes the window grow."""
        return QSize(self.theme.px(300), self.theme.px(180))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A card that says more or less gets the room it needs."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._card:
            self.place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Under something else it has no width: what would be laid out then is not what is seen next.
        if event.size().width() > 0:
            self.place()
