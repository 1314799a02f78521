"""Which types of slots this desk may use."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.domain.slots.ruling import Rights
from osnp_console.domain.slots.slot import CPTS, PRO, PUBLIC, SNP
from osnp_console.ui.preferences.page import KeptPreferences
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.tick_box import TickBox

TYPES = (
    (PUBLIC, "Publics"),
    (PRO, "Professionnels"),
    (SNP, "SNP"),
    (CPTS, "Toutes les CPTS"),
)
TERRITORY = "CPTS du territoire du poste"
NONE_LEFT = "Aucun type n’est coché\u202f: ce poste ne peut réserver aucun créneau."


class RightsFields(QWidget):
    """A tick for each slot type of the nomenclature, and one for the CPTS of the desk's territory.

    A type that a file names and that this console does not know keeps its right.

    Signals:
        changed(): the person ticked or cleared one.
    """

    changed = Signal()

    def __init__(self, theme: Theme, kept: KeptPreferences, parent: QWidget) -> None:
        """The rights as kept."""
        super().__init__(parent)
        self.theme = theme
        self._kept = kept
        self.ticks = {code: TickBox(theme, words, self) for code, words in TYPES}
        self.territory = TickBox(theme, TERRITORY, self)
        self.territory.setToolTip("Les créneaux montrés par une CPTS dont un dispositif accepte ce poste")
        self.message = MessageLine(theme, self)
        self._row = QWidget(self)
        # The wide right stands last: whoever ticks it has read the others.
        boxes = [self.ticks[code] for code in (PUBLIC, PRO, SNP)]
        self._flow = Flow(self._row, theme.px(6), (*boxes, self.territory, self.ticks[CPTS]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        for widget in (self._row, self.message):
            column.addWidget(widget)
        self._show()
        for box in (*self.ticks.values(), self.territory):
            box.clicked.connect(self._ticked)

    @property
    def words(self) -> str:
        """The rights in one line, for the list."""
        rights = self._kept.now.rights
        ticked = [words for code, words in TYPES if code in rights.types]
        if rights.territory:
            ticked.append(TERRITORY)
        return ", ".join(ticked) if ticked else "aucun type"

    def _show(self) -> None:
        rights = self._kept.now.rights
        for code, box in self.ticks.items():
            box.set_ticked(code in rights.types)
        self.territory.set_ticked(rights.territory)
        self._tell(None)

    def _ticked(self) -> None:
        before = self._kept.now.rights
        known = {code for code, box in self.ticks.items() if box.is_ticked}
        types = frozenset(known | (before.types - set(self.ticks)))
        rights = Rights(types, self.territory.is_ticked)
        self._tell(self._kept.keep(replace(self._kept.now, rights=rights)))
        self.changed.emit()

    def _tell(self, failure: str | None) -> None:
        rights = self._kept.now.rights
        if failure:
            self.message.set_message(failure, Message.ERROR)
        elif not rights.types and not rights.territory:
            self.message.set_message(NONE_LEFT, Message.WARNING)
        else:
            self.message.set_message(None)
