"""What this desk itself settles under Agendas: which slots it may book, whether distances are shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from osnp_console.ui.preferences.agendas.distances import DistancesField
from osnp_console.ui.preferences.agendas.rights import RightsFields
from osnp_console.ui.preferences.page import KeptPreferences, Page
from osnp_console.ui.theme.theme import Theme

TITLE = "Créneaux de ce poste"


class OwnPage(Page):
    """The desk's own settings, beside the agendas, which are every desk's."""

    def __init__(self, theme: Theme, kept: KeptPreferences, parent: QWidget | None = None) -> None:
        """The choices as kept."""
        super().__init__(theme, TITLE, parent)
        self.column.setContentsMargins(theme.px(6), 0, theme.px(14), theme.px(12))
        self.explain("Types de créneaux que ce poste peut réserver\u202f:")
        self.rights = RightsFields(theme, kept, self.sheet)
        self.distances = DistancesField(theme, kept, self.sheet)
        self.add(self.rights, self.distances)
        self.end()
