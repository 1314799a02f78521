"""The third pane of a call: its slots, and what stands over them for a while (a source, a registration)."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from osnp_console.app.checklist.criterion_words import SourceSheet
from osnp_console.ui.checklist.source_panel import SourcePanel
from osnp_console.ui.slots.panel import SlotsPanel
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.borrowed import Room
from osnp_console.ui.waiting.call_waiting import CallWaiting


class CallSide(QStackedWidget):
    """Shows one of the three; a source goes back to what it covered."""

    def __init__(self, theme: Theme, slots: SlotsPanel, waiting: CallWaiting) -> None:
        super().__init__()
        self.slots_room = Room(slots)
        self.source = SourcePanel(theme)
        self._slots, self._waiting = slots, waiting
        for pane in (self.slots_room, self.source, waiting.panel):
            self.addWidget(pane)

    def take_focus(self) -> None:
        """Put the keyboard in the one on screen."""
        seen = self.currentWidget()
        if seen is self.source:
            self.source.take_focus()
        elif seen is self._waiting.panel:
            self._waiting.panel.take_focus()
        else:
            self._slots.take_focus()

    def show_source(self, sheet: SourceSheet) -> None:
        """Put a source over the others."""
        self.source.fill(sheet)
        self.setCurrentWidget(self.source)

    def hide_source(self) -> bool:
        """Take the source away; False where none is shown."""
        if self.currentWidget() is not self.source:
            return False
        self.show_waiting(self._waiting.is_seen)
        return True

    def show_waiting(self, seen: bool) -> None:
        """Put the registration over the slots, or the slots back."""
        self.setCurrentWidget(self._waiting.panel if seen else self.slots_room)
