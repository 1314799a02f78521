"""The window's shortcuts, armed: a key says which act it stands for, wherever the keyboard is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from osnp_console.ui.frame.shortcuts import SHORTCUTS, Act


class ArmedShortcuts(QObject):
    """One action of the window for each of `SHORTCUTS`."""

    def __init__(self, window: QWidget, do: Callable[[Act], None]) -> None:
        """`do` does what an act says."""
        super().__init__(window)
        self._do = do
        for one in SHORTCUTS:
            action = QAction(one.words, window)
            action.setShortcuts([QKeySequence(keys) for keys in one.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setData(one.act)
            action.triggered.connect(self._triggered)
            window.addAction(action)

    def _triggered(self) -> None:
        action = self.sender()
        act = action.data() if isinstance(action, QAction) else None
        if isinstance(act, Act):
            self._do(act)
