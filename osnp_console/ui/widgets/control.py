"""What every control of a form has in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.ui.theme.theme import Theme


class Control(QWidget):
    """A control with a visible label beside it and one focus stop inside.

    Signals:
        next_wanted(): the person pressed Entrée and wants the next missing answer.
        wanted_changed(bool): this control became, or is no longer, the one the next question is about.
    """

    next_wanted = Signal()
    wanted_changed = Signal(bool)

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        """A control read aloud as `label`, the visible label without its colon."""
        super().__init__(parent)
        self.theme = theme
        self.label = label
        self._wanted = False

    @property
    def wanted(self) -> bool:
        """Whether the next question is about this control; its form row then shows a ► before it."""
        return self._wanted

    @wanted.setter
    def wanted(self, wanted: bool) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self.wanted_changed.emit(wanted)

    def focus_target(self) -> QWidget:
        """The widget that takes the keyboard: this one, or the one inside."""
        return self.focusProxy() or self

    def set_tip(self, text: str) -> None:
        """A tool tip, said as well by screen readers as the description."""
        self.setToolTip(text)
        self.focus_target().setAccessibleDescription(text)
