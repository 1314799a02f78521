"""The call workspace while no call is open: the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import Card


class NoCall(Card):
    """An empty desk."""

    new_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAccessibleName("Aucun appel ouvert")
        self.take = ActionButton(theme, "Nouvel appel", "F2", "primary")
        self.take.clicked.connect(self.new_wanted)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(12))
        column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(MarkLabel(theme, "phone", "muted", 40, parent=self), 0, centre)
        column.addWidget(PlainLabel(theme, "Aucun appel ouvert", points=12, bold=True), 0, centre)
        words = "Tout ce qui se tape est gardé à chaque lettre."
        column.addWidget(PlainLabel(theme, words, role="muted"), 0, centre)
        column.addWidget(self.take, 0, centre)
        column.addStretch(3)
