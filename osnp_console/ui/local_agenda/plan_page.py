"""What an agenda is made of: its openings and closures, and what can be begun from there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.app.local_agenda.words import EntryWords
from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.titles import SectionTitle

NOTHING = "Aucune ouverture\u202f: ce carnet n’a pas encore de créneau."
_MARKS = {
    "hebdomadaire": ("refresh", "accent"),
    "date": ("calendar", "accent"),
    "fermeture": ("off", "muted"),
}


class PlanPage(QWidget):
    """The list of openings and closures, and the buttons that begin others.

    Signals:
        entry_wanted(str): an opening or a closure is to be changed; its id.
        opening_wanted(), closure_wanted(), import_wanted(), agenda_wanted(): the buttons.
        resume_wanted(): what was begun and left is to be taken up again.
    """

    entry_wanted = Signal(str)
    opening_wanted = Signal()
    closure_wanted = Signal()
    import_wanted = Signal()
    agenda_wanted = Signal()
    resume_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty list."""
        super().__init__(parent)
        self.theme = theme
        self.title = SectionTitle(theme, "Ouvertures et fermetures", "pour tous les postes", self)
        self.message = MessageLine(theme, self)
        self.list = TwoLineList(theme, "Ouvertures et fermetures", self)
        self.opening = ActionButton(theme, "Ouvrir…", mark="plus", height=28, parent=self)
        self.closure = ActionButton(theme, "Fermer…", height=28, parent=self)
        self.load = ActionButton(theme, "Importer…", height=28, parent=self)
        self.agenda = ActionButton(theme, "Carnet…", height=28, parent=self)
        self._buttons = QWidget(self)
        self._flow = Flow(self._buttons, theme.px(6), (self.opening, self.closure, self.load, self.agenda))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), 0, theme.px(8), theme.px(4))
        column.setSpacing(theme.px(6))
        for widget in (self.title, self._buttons, self.message):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.list.opened.connect(self.entry_wanted)
        self.opening.clicked.connect(self.opening_wanted)
        self.closure.clicked.connect(self.closure_wanted)
        self.load.clicked.connect(self.import_wanted)
        self.agenda.clicked.connect(self.agenda_wanted)
        self.message.action_wanted.connect(self.resume_wanted)

    def show_entries(self, entries: Sequence[EntryWords]) -> None:
        """Show what the agenda is made of."""
        self.list.set_rows(
            [TwoLines(one.id, one.title, second=one.second, mark=_MARKS[one.kind]) for one in entries]
        )
        if not entries:
            self.say(NOTHING, Message.NOTE)
        elif self.message.words == NOTHING:
            self.say("")

    def say(self, sentence: str, kind: Message = Message.NOTE, action: str = "") -> None:
        """Say how the last act ended, or what waits; empty: nothing."""
        self.message.set_message(sentence, kind, action)

    def focus_first(self) -> None:
        """Put the keyboard in the list, or on the button that opens."""
        if self.list.rows:
            # Before the focus, which would make the first row current without choosing it.
            if self.list.current_key is None:
                self.list.choose(self.list.rows[0].key)
            self.list.setFocus()
        else:
            self.opening.setFocus()
