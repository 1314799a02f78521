"""The nurses to call: the usual one, then the nearest, each with what they said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.domain.prescription.nurses import NurseAnswer, ToCall, next_to_call
from osnp_console.ui.prescriptions.nurse_row import NurseRow
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.titles import SectionTitle

FIRST = 2
ORDER = "l’habituel d’abord, puis le plus proche"
NOBODY = "Aucun infirmier dans l’annuaire. L’administrateur le remplit dans Réglages, Ordonnances."


class NursesPart(QWidget):
    """A list whose rows keep their place; the next one to call is one key away.

    Signals:
        call_wanted(str): the nurse of that id is to be called.
        answered(object): what the one who is called said.
        reached(): a row has the keyboard.
    """

    call_wanted = Signal(str)
    answered = Signal(object)
    reached = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._order: tuple[ToCall, ...] = ()
        self._all = False
        self._may = ""
        self.rows: list[NurseRow] = []
        self.title = SectionTitle(theme, "Infirmier", ORDER, parent=self)
        self.nobody = PlainLabel(theme, NOBODY, role="muted", points=9.5, wrap=True, parent=self)
        self.more = ActionButton(theme, "", kind="link", height=24, parent=self)
        self.more.clicked.connect(self._show_all)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        for widget in (self.title, self.nobody):
            column.addWidget(widget)
        column.addLayout(self._column)
        column.addWidget(self.more)

    @property
    def order(self) -> tuple[ToCall, ...]:
        """Who is to be called, in order."""
        return self._order

    def show_order(self, order: Sequence[ToCall], may: str) -> None:
        """Show whom to call; `may` says why nobody may be called, empty when one may."""
        had = next((n for n, row in enumerate(self.rows) if _has_focus(row)), None)
        was_called = had is not None and self.rows[had].is_called
        self._order, self._may = tuple(order), may
        first = self._first()
        while len(self.rows) < len(first):
            self._add()
        following = next_to_call(order)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(first))
            if place < len(first):
                row.show_nurse(first[place], is_next=first[place] is following, may=may)
        self.nobody.setVisible(not order)
        self.more.setVisible(len(order) > len(first))
        left = len(order) - len(first)
        self.more.set_text("Afficher l’autre" if left == 1 else f"Afficher les {left} autres")
        if was_called and had is not None and not self.rows[had].is_called:
            self._go_on(had)

    def _first(self) -> tuple[ToCall, ...]:
        """The first few; whoever was called stays, and so does the next to call."""
        if self._all:
            return self._order
        following = next_to_call(self._order)
        kept = [
            one
            for place, one in enumerate(self._order)
            if place < FIRST or one.last is not None or one is following
        ]
        return tuple(kept)

    def _add(self) -> None:
        row = NurseRow(self.theme, self)
        row.call_wanted.connect(self.call_wanted)
        row.answered.connect(self.answered)
        row.stepped.connect(self._step)
        row.reached.connect(self.reached)
        self.rows.append(row)
        self._column.addWidget(row)

    def _show_all(self) -> None:
        first = len(self._first())
        self._all = True
        self.show_order(self._order, self._may)
        self.rows[min(first, len(self.rows) - 1)].setFocus()

    def forget(self) -> None:
        """Another prescription is shown next."""
        self._all = False

    def _go_on(self, answered: int) -> None:
        """The answer was noted: the keyboard goes to the next one to call, where there is one."""
        target = next((row for row in self.rows if row.isVisibleTo(self) and row.is_next), None)
        (target or self.rows[answered]).setFocus()

    def _step(self, step: int) -> None:
        shown = [row for row in self.rows if row.isVisibleTo(self)]
        sender = self.sender()
        if isinstance(sender, NurseRow) and sender in shown:
            place = shown.index(sender) + step
            if 0 <= place < len(shown):
                shown[place].setFocus()

    def dial_shown(self) -> bool:
        """Ctrl+T away from the rows: the next one to call; False when there is none."""
        following = next_to_call(self._order)
        row = next((one for one in self.rows if one.shown is following and one.isVisibleTo(self)), None)
        if row is None or not row.call.isEnabled() or self._may:
            return False
        self.call_wanted.emit(row.shown.nurse.id if row.shown is not None else "")
        return True

    def focus_called(self) -> None:
        """Put the keyboard on who is being called: the letters note the answer."""
        row = next((one for one in self.rows if one.isVisibleTo(self) and one.is_called), None)
        if row is not None:
            row.setFocus()

    def note(self, answer: NurseAnswer) -> None:
        """Note an answer, as a letter does."""
        if any(row.is_called for row in self.rows):
            self.answered.emit(answer)


def _has_focus(row: NurseRow) -> bool:
    return row.hasFocus() or any(button.hasFocus() for button in row.answers.values())
