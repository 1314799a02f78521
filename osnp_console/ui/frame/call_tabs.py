"""The open calls as tabs: mark, number, commune, own clock. Never a name: a passer-by may look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.clock_words import clock_words
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallState
from osnp_console.domain.commune import Commune
from osnp_console.ui.theme.theme import Theme

SHOWN_AT_MOST = 6
MORE_WIDTH = 44
UNLIMITED = 1_000_000
STATE_WORDS = {CallState.ACTIVE: "en ligne", CallState.HELD: "en attente", CallState.CLOSED: "clos"}


class CallTab(QAbstractButton):
    """One open call."""

    def __init__(
        self, theme: Theme, call: OpenCall, transfer: Callable[[OpenCall], str], parent: QWidget
    ) -> None:
        """`transfer` says in a few words to which line a call is being transferred; empty for none."""
        super().__init__(parent)
        self._theme = theme
        self.call = call
        self._transfer = transfer
        self._lasted = timedelta()
        self._brief = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.refresh()

    def refresh(self) -> None:
        """Take the call's state again."""
        record = self.call.record
        alarm = ", urgence vitale" if record.alarm_at is not None else ""
        state = STATE_WORDS[record.state]
        place = f", {self._detail()}" if self._commune() or self._transfer(self.call) else ""
        self.setAccessibleName(f"{record.title}, {state}{place}{alarm}")
        self.setToolTip(f"{record.title} · {self._detail() or state}")
        self.updateGeometry()
        self.update()

    def tick(self, now: datetime) -> None:
        """Take the time; only the clock is painted again, in the room kept for it."""
        self._lasted = self.call.record.lasted(now)
        self.update()

    @property
    def clock(self) -> str:
        """What its clock shows."""
        return clock_words(self._lasted)

    def set_brief(self, brief: bool) -> None:
        """Show the number and the clock only."""
        if brief != self._brief:
            self._brief = brief
            self.updateGeometry()

    def _commune(self) -> str:
        commune = self.call.call.known.get(facts.RESIDENCE)
        return commune.nom if isinstance(commune, Commune) else ""

    def _detail(self) -> str:
        transfer = self._transfer(self.call)
        if transfer:
            return transfer
        held = "en attente" if self.call.record.state is CallState.HELD else ""
        return " · ".join(part for part in (self._commune(), held) if part)

    def full_width(self) -> int:
        """What the tab takes with its commune, at most."""
        return self._width(brief=False)

    def _width(self, *, brief: bool) -> int:
        theme = self._theme
        title = QFontMetrics(theme.font(10, bold=True)).horizontalAdvance(self._title(brief))
        clock = QFontMetrics(theme.font(10, bold=True)).horizontalAdvance("0:00:00")
        detail = 0
        if not brief and self._detail():
            detail = min(
                QFontMetrics(theme.font(9)).horizontalAdvance(self._detail()) + theme.px(8), theme.px(180)
            )
        return theme.px(14 + 16 + 8) + title + theme.px(8) + detail + clock + theme.px(14)

    def _title(self, brief: bool) -> str:
        return str(self.call.record.number) if brief else self.call.record.title

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(self._width(brief=self._brief), self._theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark, number, commune, clock."""
        theme, here, record = self._theme, self.isChecked(), self.call.record
        painter = QPainter(self)
        if here:
            painter.fillRect(self.rect(), theme.color("panel"))
            painter.fillRect(QRect(0, 0, self.width(), theme.px(3)), theme.color("accent"))
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), theme.color("line"))
        held = record.state is CallState.HELD
        mark, role = ("pause", "muted") if held else ("phone", "accent" if here else "muted")
        if self._transfer(self.call):
            mark, role = "transfer", "accent" if here else "muted"
        if record.alarm_at is not None:
            mark, role = "alarm", "alarm"
        x = theme.px(14)
        painter.drawPixmap(x, (self.height() - theme.px(16)) // 2, theme.mark(mark, role))
        x += theme.px(16 + 8)
        strong = theme.font(10, bold=here)
        painter.setFont(strong)
        painter.setPen(theme.color("text" if here else "muted"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        title = self._title(self._brief)
        width = QFontMetrics(theme.font(10, bold=True)).horizontalAdvance(title)
        painter.drawText(QRect(x, 0, width, self.height()), flags, title)
        x += width + theme.px(8)
        clock = self.clock
        room = QFontMetrics(theme.font(10, bold=True)).horizontalAdvance(clock)
        right = self.width() - theme.px(14) - room
        painter.drawText(QRect(right, 0, room + 1, self.height()), flags, clock)
        if not self._brief and self._detail():
            small = theme.font(9)
            painter.setFont(small)
            painter.setPen(theme.color("muted"))
            room = right - theme.px(8) - x
            words = QFontMetrics(small).elidedText(self._detail(), Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(x, 0, room, self.height()), flags, words)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), theme.px(2)))
            painter.drawRect(self.rect().adjusted(2, 2, -2, -2))


class CallTabs(QWidget):
    """The open calls, the most recent at most; the others behind `+3`."""

    chosen = Signal(object)
    """The OpenCall to put on screen."""

    def __init__(
        self, theme: Theme, calls: Callable[[], list[OpenCall]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._calls = calls
        self.transfer_words: Callable[[OpenCall], str] = lambda call: ""
        """What a tab says of a call's transfer; the frame sets it."""
        self.setAccessibleName("Appels ouverts")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._room = UNLIMITED
        self.tabs: list[CallTab] = []
        self.more = MoreButton(theme, self)
        self.more.chosen.connect(self.chosen)
        self._row.addWidget(self.more)

    def rebuild(self, current: OpenCall | None, now: datetime) -> bool:
        """Take the open calls again; True when the tabs are other ones."""
        calls = self._calls()
        changed = [tab.call for tab in self.tabs] != calls
        if changed:
            for tab in self.tabs:
                self._row.removeWidget(tab)
                tab.deleteLater()
            self.tabs = [CallTab(self._theme, call, self._transfer_of, self) for call in calls]
            for place, tab in enumerate(self.tabs):
                tab.clicked.connect(self._clicked)
                self._row.insertWidget(place, tab)
        for tab in self.tabs:
            tab.setChecked(tab.call is current)
            tab.refresh()
            tab.tick(now)
        self._spread()
        return changed

    def tick(self, now: datetime) -> None:
        """Take the time."""
        for tab in self.tabs:
            tab.tick(now)

    def _transfer_of(self, call: OpenCall) -> str:
        return self.transfer_words(call)

    def fit(self, width: int) -> None:
        """Take the width there is: past it tabs shrink to number and clock, then go behind `+3`."""
        self._room = width
        self._spread()

    def _spread(self) -> None:
        brief = sum(tab.full_width() for tab in self.tabs) > self._room or len(self.tabs) > SHOWN_AT_MOST
        for tab in self.tabs:
            tab.set_brief(brief)
        shown = self._shown_tabs()
        for tab in self.tabs:
            tab.setVisible(tab in shown)
        self.more.set_calls([tab.call for tab in self.tabs if tab not in shown])

    def _shown_tabs(self) -> list[CallTab]:
        """The most recent ones that fit, and always the one on screen."""
        widths = [tab.sizeHint().width() for tab in self.tabs]
        if not widths or (len(widths) <= SHOWN_AT_MOST and sum(widths) <= self._room):
            return self.tabs
        room = self._room - self._theme.px(MORE_WIDTH)
        count = max(1, min(SHOWN_AT_MOST, room // max(widths)))
        shown = self.tabs[-count:]
        here = [tab for tab in self.tabs if tab.isChecked() and tab not in shown]
        return [*here, *shown[len(here) :]]

    def _clicked(self) -> None:
        tab = self.sender()
        if isinstance(tab, CallTab):
            for other in self.tabs:
                other.setChecked(other is tab)
            self.chosen.emit(tab.call)


class MoreButton(QAbstractButton):
    """`+3`: the open calls that have no tab."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hidden: list[OpenCall] = []
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._picked)
        self.clicked.connect(self._open)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def set_calls(self, calls: list[OpenCall]) -> None:
        """The calls behind the button; without any it is not there."""
        self._hidden = calls
        self.setText(f"+{len(calls)}")
        self.setAccessibleName(f"{len(calls)} autres appels ouverts")
        self.setVisible(bool(calls))

    def sizeHint(self) -> QSize:
        """Room for `+9`."""
        return QSize(self._theme.px(MORE_WIDTH) if self._hidden else 0, self._theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The count."""
        painter = QPainter(self)
        painter.setFont(self._theme.font(10, bold=True))
        painter.setPen(self._theme.color("accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), self._theme.px(2)))
            painter.drawRect(self.rect().adjusted(2, 2, -2, -2))

    def _open(self) -> None:
        self._menu.clear()
        for call in self._hidden:
            self._menu.addAction(call.record.title).setData(call.record.id)
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _picked(self, action: QAction) -> None:
        wanted = action.data()
        for call in self._hidden:
            if call.record.id == wanted:
                self.chosen.emit(call)
