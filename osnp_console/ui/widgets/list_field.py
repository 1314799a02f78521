"""Several values, one a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.control import Control
from osnp_console.ui.widgets.note_field import NoteField

_BETWEEN, _LINE_END = re.compile(r"[\n,;]"), re.compile(r"\n")


class ListField(Control):
    """Values one a line, or with commas between them where commas are no part of one.

    Signals:
        committed(): the keyboard has left after something was typed.
        typed(): what is typed has changed.
    """

    committed = Signal()
    typed = Signal()

    def __init__(
        self, theme: Theme, label: str, parent: QWidget | None = None, *, commas: bool = True
    ) -> None:
        """An empty list, read aloud as `label`; without `commas` a value may hold some."""
        super().__init__(theme, label, parent)
        self._between = _BETWEEN if commas else _LINE_END
        self._changed = False
        self._note = NoteField(theme, label, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._note)
        self.setFocusProxy(self._note)
        self._note.typed.connect(self._is_typed)
        self._note.text_edit.installEventFilter(self)

    @property
    def values(self) -> tuple[str, ...]:
        """What was typed, in its order, without blanks around it."""
        return tuple(part.strip() for part in self._between.split(self._note.text()) if part.strip())

    def set_values(self, values: Sequence[str]) -> None:
        """Show these values, one a line; emits nothing."""
        if tuple(values) != self.values:
            self._note.set_text("\n".join(values))
        self._changed = False

    def set_placeholder(self, text: str) -> None:
        """A hint while nothing is typed."""
        self._note.set_placeholder(text)

    def focus_target(self) -> QWidget:
        """The editor inside."""
        return self._note.text_edit

    def commit(self) -> None:
        """Tell what was typed since the last time."""
        if self._changed:
            self._changed = False
            self.committed.emit()

    def _is_typed(self, text: str) -> None:
        self._changed = True
        self.typed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Its own context menu does not count as leaving.
        if isinstance(event, QFocusEvent) and event.lostFocus() and _has_left(event):
            self.commit()
        return super().eventFilter(watched, event)


def _has_left(event: QFocusEvent) -> bool:
    return event.reason() != Qt.FocusReason.PopupFocusReason
