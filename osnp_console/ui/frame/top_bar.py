"""The top bar: the open calls at the left, the desk, the time and the vital-emergency button at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import Desk
from osnp_console.ui.frame.agenda_counts import AgendaCounts, StateCount
from osnp_console.ui.frame.call_tabs import CallTabs
from osnp_console.ui.frame.link_label import LinkLabel
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import ElidedLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import Hairline

HEIGHT = 44


class TopBar(QWidget):
    """Tabs shrink before anything on the right does; then the link to the other desks says less."""

    new_wanted = Signal()
    emergency_wanted = Signal()
    call_chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        calls: Callable[[], list[OpenCall]],
        desk: Desk,
        *,
        brief: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(theme.px(HEIGHT))
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.color("chrome"))
        self.setPalette(palette)
        self.tabs = CallTabs(theme, calls, self)
        self.tabs.chosen.connect(self.call_chosen)
        self.new_call = ActionButton(theme, "" if brief else "Nouvel appel", "F2", "link", mark="plus")
        self.new_call.setAccessibleName("Nouvel appel")
        self.new_call.setToolTip("Nouvel appel (F2)")
        self.new_call.clicked.connect(self.new_wanted)
        self.agendas = AgendaCounts(theme, self)
        self.desk = ElidedLabel(theme, "" if brief else desk.shown, role="muted", points=9.5)
        self.desk.setAccessibleName(f"Poste : {desk.shown}")
        self.person = ElidedLabel(theme, role="text", points=9.5)
        self.person.hide()
        self.link = LinkLabel(theme, self)
        self.time = PlainLabel(theme, "00:00", points=12, bold=True)
        self.time.setAccessibleName("Heure")
        # The widest time there is: no figure shifts another when a minute passes.
        self.time.setFixedWidth(self.time.sizeHint().width() + theme.px(2))
        self.emergency = ActionButton(
            theme, "Urgence" if brief else "Urgence vitale", "F12", "danger", mark="alarm"
        )
        self.emergency.setAccessibleName("Urgence vitale")
        self.emergency.clicked.connect(self.emergency_wanted)
        self._lay_out(brief)

    def _lay_out(self, brief: bool) -> None:
        theme = self._theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(8), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.tabs)
        row.addWidget(self.new_call)
        row.addStretch(1)
        row.addWidget(self.agendas)
        if not brief:
            row.addWidget(self.desk)
            row.addWidget(self.person)
        row.addWidget(self.link)
        row.addWidget(Hairline(theme, vertical=True, parent=self))
        row.addWidget(self.time)
        row.addWidget(self.emergency)

    @property
    def stops(self) -> list[QWidget]:
        """What Tab goes through, from left to right."""
        return [*self.tabs.tabs, self.tabs.more, self.new_call, self.emergency]

    def rebuild(self, current: OpenCall | None, now: datetime) -> bool:
        """Take the open calls again; True when their tabs are other ones."""
        changed = self.tabs.rebuild(current, now)
        self.emergency.set_reason(None if current is not None else "Aucun appel n’est ouvert.")
        self.tick(now)
        self._fit()
        return changed

    def show_agendas(self, counts: tuple[StateCount, ...]) -> None:
        """How many agendas are in each state."""
        self.agendas.show_counts(counts)
        self._fit()

    def show_link(self, words: str, *, alone: bool) -> None:
        """When the shared base last answered, or since when it does not; empty for a base of one's own."""
        self.link.show_state(words, alone=alone)
        self._fit()

    def show_person(self, name: str) -> None:
        """Who is signed in; empty where nobody has to be."""
        self.person.setText(name)
        self.person.setAccessibleName(f"Personne : {name}")
        self.person.setVisible(bool(name) and self.person.parent() is not None)
        self._fit()

    def tick(self, now: datetime) -> None:
        """Take the time."""
        self.time.setText(f"{in_paris(now):%H:%M}")
        self.tabs.tick(now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tabs get what is left."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.link.set_brief(False)
        room = self._room()
        self.tabs.fit(room)
        if self.link.isVisibleTo(self) and self.tabs.sizeHint().width() > room:
            # Even one tab of number and clock lacks room: nothing is cut, least of all the way to the ARM.
            self.link.set_brief(True)
            self.tabs.fit(room + self.link.spared)

    def _room(self) -> int:
        """What is left for the tabs."""
        taken = sum(
            one.sizeHint().width() + self._theme.px(8)
            for one in (
                self.new_call,
                self.desk,
                self.person,
                self.time,
                self.emergency,
                self.agendas,
                self.link,
            )
            if one.isVisibleTo(self)
        )
        return self.width() - taken - self._theme.px(24)
