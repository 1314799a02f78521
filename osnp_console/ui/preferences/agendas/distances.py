"""Whether distances are shown: what that sends out of the desk stands under the tick."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.ui.preferences.page import KeptPreferences
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.tick_box import TickBox

WORDS = "Afficher la distance, de commune à commune, jusqu’aux créneaux"
LEAVES = (
    "Sort du poste, vers geo.api.gouv.fr\u202f: le code INSEE de la commune du patient et de celles "
    "des lieux de consultation, rien d’autre."
)
UNDER_THE_WORDS = 30


class DistancesField(QWidget):
    """The tick, the sentence on what leaves, and what went wrong when it could not be kept."""

    def __init__(self, theme: Theme, kept: KeptPreferences, parent: QWidget) -> None:
        """The choice as kept."""
        super().__init__(parent)
        self._kept = kept
        self.tick = TickBox(theme, WORDS, self)
        self.tick.setAccessibleDescription(LEAVES)
        self.tick.set_ticked(kept.now.distances)
        self.leaves = PlainLabel(theme, LEAVES, role="muted", points=9, wrap=True, parent=self)
        self.leaves.setContentsMargins(theme.px(UNDER_THE_WORDS), 0, 0, 0)
        self.message = MessageLine(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        for widget in (self.tick, self.leaves, self.message):
            column.addWidget(widget)
        self.tick.clicked.connect(self._ticked)

    def _ticked(self) -> None:
        chosen = replace(self._kept.now, distances=self.tick.is_ticked)
        self.message.set_message(self._kept.keep(chosen), Message.ERROR)
