"""The transfer in hand: its steps, its patient, the slots of the line, what to say, what to do next."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from osnp_console.app.transfer.stepper import StepShown, StepState
from osnp_console.ui.frame.pane_tabs import PaneTabs
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.borrowed import BorrowedPage, Room
from osnp_console.ui.transfer.receiving.foot import TransferFoot
from osnp_console.ui.transfer.receiving.patient_card import PatientCard
from osnp_console.ui.transfer.receiving.told_card import ToldCard
from osnp_console.ui.transfer.step_marks import StepMarks
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

PATIENT, SLOTS, TOLD = 0, 1, 2
NAMES = ("Patient", "Créneaux", "À dire")
BESIDE_FROM, HIGH_FROM = 720, 540
"""Effective px from which the three stand together; below, they are tabs."""
LOW_UNDER, LOW_STEPS = 340, 230
"""Under that height the steps stand beside the tabs, that wide."""
LEAST_SLOTS = 250
NO_CALL_YET = "Entrée prend ce transfert\u202f: les créneaux de la ligne sont alors cherchés."
NOT_HERE = "L’appel de ce patient n’est pas ouvert à ce poste. Entrée l’ouvre."
THEIRS = "Un autre poste s’en occupe."
OVER = "Ce transfert est terminé."
_UNLIMITED = 16_777_215
CHOOSE = "Choisir un transfert dans la file."


class Placeholder(Card):
    """Where the slots will be, and why they are not there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(8))
        column.addWidget(PaneTitle(theme, "Créneaux", self))
        self.words = PlainLabel(theme, "", role="muted", wrap=True, parent=self)
        column.addWidget(self.words)
        column.addStretch(1)

    def say(self, words: str) -> None:
        """Say why."""
        self.words.setText(words)


class TransferPane(QWidget):
    """Lays its parts out; what is in them is the workspace's to say.

    Signals:
        back_wanted(): the list is wanted, where one pane fits.
    """

    back_wanted = Signal()

    def __init__(self, theme: Theme, slots: QWidget, home: Room, parent: QWidget | None = None) -> None:
        """`slots` is the column of the call on screen, which lives in `home`."""
        super().__init__(parent)
        self.theme = theme
        self._mode = ""
        self._is_shown = True
        self._wanted = [True, True, True]
        self.back = ActionButton(theme, "File", "Échap", "link", height=28, parent=self)
        self.back.clicked.connect(self.back_wanted)
        self.steps_card = Card(theme, parent=self)
        self.steps = StepMarks(theme, self.steps_card)
        self.nothing = PlainLabel(theme, CHOOSE, role="muted", parent=self.steps_card)
        self.patient = PatientCard(theme, self)
        self.borrowed = BorrowedPage(slots, home)
        self.placeholder = Placeholder(theme)
        self.slots_room = QStackedWidget(self)
        self.slots_room.addWidget(self.placeholder)
        self.slots_room.addWidget(self.borrowed)
        self.told = ToldCard(theme, self)
        self.foot = TransferFoot(theme, self)
        self.tabs = PaneTabs(theme, NAMES, self)
        self._tabbed = QStackedWidget(self)
        self._beside = QWidget(self)
        self._grid = QGridLayout(self._beside)
        self._lay_out()

    def _lay_out(self) -> None:
        theme = self.theme
        row = QVBoxLayout(self.steps_card)
        row.setContentsMargins(theme.px(4), theme.px(2), theme.px(4), theme.px(2))
        row.addWidget(self.steps)
        row.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignCenter)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(8))
        self._head = QHBoxLayout()
        self._head.setSpacing(theme.px(8))
        self._head.addWidget(self.back)
        self._head.addWidget(self.tabs, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.steps_card)
        column.addLayout(self._head)
        column.addWidget(self._tabbed, 1)
        column.addWidget(self._beside, 1)
        column.addWidget(self.foot)
        self.tabs.chosen.connect(self._show_tab)
        self.back.hide()
        self._arrange("beside")

    # --- what the workspace says ------------------------------------------------------------------------

    def show_steps(self, steps: tuple[StepShown, ...], now: datetime) -> None:
        """The steps of the line; those before it was answered go once they are all done."""
        shown = steps
        while len(shown) > 1 and shown[0].name in ("Préparé", "Appel") and _is_behind(steps):
            shown = shown[1:]
        self.steps.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.steps.show_steps(shown, now)

    def show_slots(self, *, here: bool, why: str = "") -> None:
        """Show the slots of the call on screen, or why there are none."""
        if here:
            self.borrowed.fetch()
            self.slots_room.setCurrentWidget(self.borrowed)
        else:
            self.borrowed.give_back()
            self.placeholder.say(why)
            self.slots_room.setCurrentWidget(self.placeholder)

    def show_parts(self, *, shown: bool) -> None:
        """Whether a transfer is shown at all."""
        self._is_shown = shown
        self.foot.setVisible(shown)
        self._place_parts()

    def want_part(self, place: int, *, wanted: bool) -> None:
        """Whether a part has anything to show."""
        if self._wanted[place] is not wanted:
            self._wanted[place] = wanted
            self._place_parts()

    def _place_parts(self) -> None:
        """Show what is wanted: side by side, or the one whose tab is chosen."""
        parts = self._parts()
        if self.has_tabs:
            for place, tab in enumerate(self.tabs.tabs):
                tab.setVisible(self._wanted[place])
            if not self._wanted[self._tabbed.currentIndex()]:
                self.show_part(PATIENT)
        else:
            for place, part in enumerate(parts):
                part.setVisible(self._wanted[place])
            self._grid.removeWidget(self.slots_room)  # alone, the slots have the whole width
            self._grid.addWidget(self.slots_room, 1, 0, 1, 1 if self._wanted[TOLD] else 2)
        self.tabs.setVisible(self._is_shown and self.has_tabs)
        self._tabbed.setVisible(self._is_shown and self.has_tabs)
        self._beside.setVisible(self._is_shown and not self.has_tabs)

    def _parts(self) -> tuple[QWidget, ...]:
        return (self.patient, self.slots_room, self.told)

    # --- where things stand -----------------------------------------------------------------------------

    @property
    def has_tabs(self) -> bool:
        """Whether the parts are behind tabs."""
        return self._mode in ("tabs", "low")

    def show_part(self, place: int) -> None:
        """Bring a part on screen, where they are tabs."""
        if self.has_tabs:
            self.tabs.show_tab(place)
            self._tabbed.setCurrentIndex(place)

    def _show_tab(self, place: int) -> None:
        self._tabbed.setCurrentIndex(place)

    def _arrange(self, mode: str) -> None:
        if mode == self._mode:
            return
        had_tabs, self._mode = self.has_tabs, mode
        self._place_steps(low=mode == "low")
        if self.has_tabs and had_tabs:
            return
        parts = self._parts()
        if self.has_tabs:
            for one in parts:
                self._grid.removeWidget(one)
                self._tabbed.addWidget(one)
            self.show_part(PATIENT)
        else:
            for one in parts:
                self._tabbed.removeWidget(one)
            self._grid.addWidget(self.patient, 0, 0, 1, 2)
            self._grid.addWidget(self.slots_room, 1, 0)
            self._grid.addWidget(self.told, 1, 1)
            self._grid.setColumnStretch(0, 466)
            self._grid.setColumnStretch(1, 372)
            self._grid.setRowStretch(1, 1)
        self._place_parts()

    def _place_steps(self, *, low: bool) -> None:
        """Over everything, or at the end of the tabs where height lacks: they are never folded away."""
        self._column.removeWidget(self.steps_card)
        self._head.removeWidget(self.steps_card)
        if low:
            self._head.addWidget(self.steps_card)
        else:
            self._column.insertWidget(0, self.steps_card)
        self.steps_card.setMaximumWidth(self.theme.px(LOW_STEPS) if low else _UNLIMITED)

    def fit(self) -> None:
        """Give the patient's facts the height they need, as long as the slots keep theirs."""
        self.patient.refold()
        if self.has_tabs:
            self.patient.setMaximumHeight(_UNLIMITED)
            self.patient.setMinimumHeight(0)
            return
        theme = self.theme
        room = self._beside.height() - theme.px(8 + LEAST_SLOTS)
        self.patient.setFixedHeight(max(theme.px(96), min(self.patient.wanted_height, room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._reflow()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the arrangement that the room allows.

        Not before: a picture taken of the window resizes what is hidden too, with its painting switched off,
        and what moves to another parent meanwhile would never be painted again.
        """
        super().showEvent(event)
        self._reflow()

    def _reflow(self) -> None:
        wide, high = self.width() / self.theme.scale, self.height() / self.theme.scale
        beside = wide >= BESIDE_FROM and high >= HIGH_FROM
        self._arrange("beside" if beside else "low" if high < LOW_UNDER else "tabs")
        self.fit()


def _is_behind(steps: tuple[StepShown, ...]) -> bool:
    return all(one.state is StepState.DONE for one in steps if one.name in ("Préparé", "Appel"))
