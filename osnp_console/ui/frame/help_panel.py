"""F1: every key, filtered as one types; Entrée does the one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from osnp_console.domain.commune import fold
from osnp_console.ui.frame.help_rows import KEYS_ROLE, HelpRows
from osnp_console.ui.frame.shortcuts import IN_CONTROLS, SHORTCUTS, Act
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.surfaces import Card

WIDTH, HEIGHT = 640, 520


class HelpPanel(Card):
    """Covers the middle of the window; Échap closes it and the focus goes back where it was."""

    act_chosen = Signal(object)
    """An Act to do."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, surface="panel", edge="border", parent=parent)
        self.setAccessibleName("Toutes les touches")
        self._theme = theme
        self._over = parent
        self._before: QWidget | None = None
        title = PlainLabel(theme, "Toutes les touches", points=12, bold=True)
        self.dismiss = ActionButton(theme, "Fermer", "Échap", height=28)
        self.dismiss.clicked.connect(self.leave)
        self.filter = QLineEdit(self)
        self.filter.setAccessibleName("Filtrer les touches")
        self.filter.setPlaceholderText("Taper un mot pour filtrer")
        self.filter.textChanged.connect(self._fill)
        self.filter.installEventFilter(self)
        self.rows = QListWidget(self)
        self.rows.setAccessibleName("Touches et ce qu’elles font")
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.itemActivated.connect(self._do)
        self.rows.setItemDelegate(HelpRows(theme, self.rows))
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.dismiss)
        column = QVBoxLayout(self)
        margin = theme.px(16)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self.filter)
        column.addWidget(self.rows, 1)
        self.hide()

    def open(self) -> None:
        """Show every key, the focus in the filter."""
        if self.isVisible():
            return
        self._before = QApplication.focusWidget()
        around = self._over.rect()
        width = min(self._theme.px(WIDTH), around.width() - self._theme.px(16))
        height = min(self._theme.px(HEIGHT), around.height() - self._theme.px(16))
        self.setGeometry((around.width() - width) // 2, (around.height() - height) // 2, width, height)
        self.filter.clear()
        self._fill("")
        self.show()
        self.raise_()
        self.filter.setFocus()

    def leave(self) -> None:
        """Go away, and give the keyboard back."""
        self.hide()
        before, self._before = self._before, None
        if before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while one types; Entrée does, Échap leaves."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = 1 if key == Qt.Key.Key_Down else -1
                self.rows.setCurrentRow(min(max(self.rows.currentRow() + step, 0), self.rows.count() - 1))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self.rows.currentItem())
                return True
            if key == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap closes from the button too."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _fill(self, text: str) -> None:
        wanted = fold(text).split()
        self.rows.clear()
        for one in SHORTCUTS:
            self._add(f"{one.shown}\t{one.words}", one.act, wanted)
        for keys, words in IN_CONTROLS:
            self._add(f"{keys}\t{words}", None, wanted)
        self.rows.setCurrentRow(0)

    def _add(self, line: str, act: Act | None, wanted: list[str]) -> None:
        said = fold(line.replace("\t", " "))
        if not all(word in said for word in wanted):
            return
        keys, _, words = line.partition("\t")
        item = QListWidgetItem(words)
        item.setData(KEYS_ROLE, keys)
        item.setData(Qt.ItemDataRole.UserRole, act)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, {keys}")
        self.rows.addItem(item)

    def _do(self, item: QListWidgetItem | None) -> None:
        act = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if isinstance(act, Act):
            self.leave()
            self.act_chosen.emit(act)
