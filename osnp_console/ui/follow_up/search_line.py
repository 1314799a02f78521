"""The search line and, under it, each understood word as a chip that can be taken off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.domain.call_search import CallSearch, Term
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.chips import RemovableChip
from osnp_console.ui.widgets.labels import ElidedLabel
from osnp_console.ui.widgets.line_field import LineField

_EXAMPLES = "martin pipriac hier · 06\u202f39\u202f98 · sans issue"


class SearchLine(QWidget):
    """One line of words.

    Signals:
        changed(str): the line after each key, or after a chip was taken off.
        left(): Entrée or ↓: the person goes on to what was found.
    """

    changed = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty line."""
        super().__init__(parent)
        self.theme = theme
        self.field = LineField(theme, "Chercher un appel", optional=True, parent=self)
        self.field.set_placeholder(_EXAMPLES)
        self.field.set_annotation("Ctrl+F")
        self.field.typed.connect(self.changed)
        self.field.next_wanted.connect(self.left)
        self.chips: list[RemovableChip] = []
        self._search: CallSearch | None = None
        self._chips_row = QWidget(self)
        self._row = QHBoxLayout(self._chips_row)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(6))
        self._unread = ElidedLabel(theme, role="muted", points=9, parent=self._chips_row)
        self._row.addWidget(self._unread, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.field)
        column.addWidget(self._chips_row)
        self._chips_row.hide()
        self.setFocusProxy(self.field)

    def set_line(self, line: str) -> None:
        """Write the line, as if it had been typed."""
        self.field.set_text(line)
        self.changed.emit(line)

    def show_reading(self, search: CallSearch) -> None:
        """Show what of the line was understood, and what was not."""
        if self._search is not None and self._search.terms == search.terms:
            self._search = search
        else:
            self._search = search
            self._replace_chips(search)
        unread = ", ".join(f"«\u202f{word}\u202f»" for word in search.unread)
        self._unread.setText(f"{unread}\u202f: ne cherche rien encore" if unread else "")
        self._chips_row.setVisible(bool(search.terms or unread))

    def _replace_chips(self, search: CallSearch) -> None:
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for place, term in enumerate(search.terms):
            chip = RemovableChip(self.theme, term.shown, self._chips_row)
            chip.removed.connect(self._chip_removed)
            self._row.insertWidget(place, chip, 0, Qt.AlignmentFlag.AlignLeft)
            self.setTabOrder(self.chips[-1] if self.chips else self.field.focus_target(), chip)
            self.chips.append(chip)

    def _chip_removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, RemovableChip) and chip in self.chips and self._search is not None:
            self.take_off(self._search.terms[self.chips.index(chip)])

    def take_off(self, term: Term) -> None:
        """Take a term off the line; the keyboard goes back to the line."""
        if self._search is not None:
            self.field.setFocus()
            self.set_line(self._search.without(term))
