"""`Plus…`: what the bottom bar has no room for, as a menu."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton


class MoreActions(ActionButton):
    """Hidden while every button has its room; what is chosen in its menu is pressed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Plus…", parent=parent)
        self._buttons: tuple[ActionButton, ...] = ()
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.triggered.connect(self._chosen)
        self.clicked.connect(self.open)
        self.hide()

    def hold(self, buttons: tuple[ActionButton, ...]) -> None:
        """The buttons that have no room; without any it is not there."""
        self._buttons = buttons
        self.setVisible(bool(buttons))

    def open(self) -> None:
        """Show them over the button; one that cannot be used says why."""
        self.menu.clear()
        for place, button in enumerate(self._buttons):
            key = f"\t{button.key}" if button.key else ""
            action = self.menu.addAction(f"{button.text()}{key}")
            action.setData(place)
            action.setEnabled(button.isEnabled())
            action.setToolTip(button.toolTip())
        self.menu.popup(self.mapToGlobal(QPoint(0, -self.menu.sizeHint().height())))

    def _chosen(self, action: QAction) -> None:
        place = action.data()
        if isinstance(place, int) and place < len(self._buttons):
            self._buttons[place].click()
