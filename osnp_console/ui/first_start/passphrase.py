"""Fields for a passphrase: hidden as it is typed, shown on demand."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.line_field import LineField


class PassphraseField(LineField):
    """One line, hidden; what it holds never shows in a tool tip nor in an accessible text."""

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        """A hidden field read aloud as `label`."""
        super().__init__(theme, label, optional=True, parent=parent)
        self.line_edit.setEchoMode(QLineEdit.EchoMode.Password)

    @property
    def phrase(self) -> str:
        """What was typed, spaces included."""
        return self.line_edit.text()

    def set_visible_text(self, visible: bool) -> None:
        """Show what is typed, or hide it again."""
        mode = QLineEdit.EchoMode.Normal if visible else QLineEdit.EchoMode.Password
        self.line_edit.setEchoMode(mode)
