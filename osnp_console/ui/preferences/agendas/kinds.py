"""Which kind of agenda to add: the kinds by their French titles, where the button was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.sources.agendas import Connector
from osnp_console.ui.reading.headings import HeadingList
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.titles import SectionTitle

ROW_HEIGHT = 32


class KindChoice(QWidget):
    """A short list, hidden until it is opened; Entrée or a double click chooses, Échap gives up.

    Signals:
        chosen(object): the SourceKind to add.
        given_up(): nothing is added.
    """

    chosen = Signal(object)
    given_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """A closed list."""
        super().__init__(parent)
        self.theme = theme
        self._kinds: dict[str, Connector] = {}
        self.list = HeadingList(theme, "Type d’agenda à ajouter", self)
        self.take = ActionButton(theme, "Choisir", "Entrée", height=28, parent=self)
        self.cancel = ActionButton(theme, "Annuler", "Échap", "link", height=28, parent=self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.take)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(SectionTitle(theme, "Quel type d’agenda", parent=self))
        column.addWidget(self.list)
        column.addLayout(buttons)
        self.hide()
        self.list.opened.connect(self._choose)
        self.list.doubleClicked.connect(self._choose_current)
        self.take.clicked.connect(self._choose_current)
        self.cancel.clicked.connect(self._give_up)

    def open(self, connectors: Sequence[Connector]) -> None:
        """Show these kinds, the first one chosen, the keyboard in the list."""
        self._kinds = {one.title: one for one in connectors}
        self.list.set_headings(list(self._kinds))
        self.list.setFixedHeight(self.theme.px(ROW_HEIGHT) * min(len(self._kinds), 6))
        if self._kinds:
            self.list.choose(next(iter(self._kinds)))
        self.show()
        self.list.setFocus()

    def _choose_current(self) -> None:
        if self.list.current is not None:
            self._choose(self.list.current)

    def _choose(self, title: str) -> None:
        self.hide()
        self.chosen.emit(self._kinds[title].kind)

    def _give_up(self) -> None:
        self.hide()
        self.given_up.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
        else:
            super().keyPressEvent(event)
