"""What else may happen to a transfer (Maj+F8): a list in place, whose letters choose."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from osnp_console.app.transfer.panel_words import OtherMove, capitals
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.letter_row import LetterRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

WIDTH, ROW, HEAD, LEAST_ROWS = 400, 28, 22, 6
TITLE, TEXT_LABEL = "Que se passe-t-il\u202f?", "Motif"
TEXT_MISSING = "Le motif est à taper."
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class OtherRow(LetterRow):
    """One move with its letter."""

    def __init__(self, theme: Theme, one: OtherMove, parent: QWidget) -> None:
        super().__init__(theme, one.words, one.letter, parent)
        self.one = one


class OtherList(Card):
    """Stands over the foot of the panel while one chooses.

    Signals:
        chosen(object, str): the OtherMove, and the reason that was typed for one that asks it.
        text_typed(str): what stands in the field of the reason.
        left(): Échap: nothing happened.
    """

    chosen = Signal(object, str)
    text_typed = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, edge="border", parent=parent)
        self.rows: list[OtherRow] = []
        self._moves: tuple[OtherMove, ...] = ()
        self._room = QRect()
        self._heads: list[PlainLabel] = []
        self.title = PaneTitle(theme, TITLE, self)
        self.text = LineField(theme, TEXT_LABEL, optional=True, parent=self)
        self.text.set_placeholder("en quelques mots")
        self.note = ActionButton(theme, "Noter", "Entrée", "primary", height=28, parent=self)
        self.back = ActionButton(theme, "Retour", "Échap", height=28, parent=self)
        self.setAccessibleName(TITLE)
        self._lay_out()
        self.text.typed.connect(self._typed)
        self.text.next_wanted.connect(self.finish)
        self.note.clicked.connect(self.finish)
        self.back.clicked.connect(self.leave)
        self.hide()

    def _lay_out(self) -> None:
        px = self.theme.px
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._inside = QWidget(self._scroll)
        self._lines = QVBoxLayout(self._inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._scroll.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)
        self.title.setContentsMargins(px(8), 0, px(8), px(4))
        self.text.setContentsMargins(px(44), px(2), px(8), 0)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(8), px(8), px(8), 0)
        foot.setSpacing(px(8))
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), px(8), px(4), px(8))
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self._scroll)
        column.addWidget(self.text)
        column.addLayout(foot)

    # --- what the panel asks ----------------------------------------------------------------------------

    def open_over(self, moves: tuple[OtherMove, ...], name: str, text: str, room: QRect) -> None:
        """Show what may happen with the line of that name, at the bottom right of a room of its parent."""
        self._show_moves(moves, name)
        self.text.set_text(text)
        self._select(self.rows[0])
        self.place(room)
        self.show()
        self.raise_()
        self._focus_selected()

    def _show_moves(self, moves: tuple[OtherMove, ...], name: str) -> None:
        if moves == self._moves:
            return
        self._moves = moves
        for old in (*self.rows, *self._heads):
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows, self._heads = [], []
        for one in moves:
            if one.heading:
                words = capitals(one.heading, name)
                head = PlainLabel(
                    self.theme, words, role="accent", points=8.5, bold=True, parent=self._inside
                )
                head.setAccessibleName(one.heading)
                head.setContentsMargins(self.theme.px(12), 0, 0, 0)
                head.setFixedHeight(self.theme.px(HEAD))
                self._heads.append(head)
                self._lines.addWidget(head)
            row = OtherRow(self.theme, one, self._inside)
            row.setFixedHeight(self.theme.px(ROW))
            row.clicked.connect(self._row_clicked)
            self.rows.append(row)
            self._lines.addWidget(row)

    def place(self, room: QRect) -> None:
        """As high as its lines, never higher than the room; its title goes first."""
        px = self.theme.px
        self._room = room
        wanted = px(ROW) * len(self.rows) + px(HEAD) * len(self._heads)
        asked = self.text.sizeHint().height() if not self.text.isHidden() else 0
        around = px(8 + 8 + 28 + 8) + asked
        headed = room.height() - around >= px(LEAST_ROWS * ROW)
        self.title.setVisible(headed)
        around += self.title.sizeHint().height() if headed else 0
        high = max(px(ROW), min(wanted, room.height() - around))
        self._scroll.setFixedHeight(high)
        self.setFixedSize(min(px(WIDTH), room.width()), high + around)
        self.move(room.right() - self.width() + 1, max(room.top(), room.bottom() - self.height() + 1))
        self._scroll.ensureWidgetVisible(self._selected, 0, px(ROW))

    def finish(self) -> None:
        """Note what is chosen, unless its reason is missing."""
        one, text = self._selected.one, self.text.text().strip()
        if one.asks_text and not text:
            self.text.set_error(TEXT_MISSING)
            self.place(self._room)
            self.text.setFocus()
            return
        self.hide()
        self.chosen.emit(one, text if one.asks_text else "")

    def leave(self) -> None:
        """Close it; what is typed stays typed."""
        self.hide()
        self.left.emit()

    def choose(self, key: str) -> None:
        """Put the bar on a line; raises StopIteration for a key that is none."""
        self._select(next(row for row in self.rows if row.one.key == key))

    # --- inside -----------------------------------------------------------------------------------------

    @property
    def _selected(self) -> OtherRow:
        return next(row for row in self.rows if row.isChecked())

    def _select(self, row: OtherRow) -> None:
        row.setChecked(True)
        shows = row.one.asks_text
        if shows is self.text.isHidden():
            self.text.setVisible(shows)
            if self.isVisible():
                self.place(self._room)
        self._scroll.ensureWidgetVisible(row, 0, self.theme.px(ROW))

    def _focus_selected(self) -> None:
        (self.text if self._selected.one.asks_text else self._selected).setFocus()

    def _row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, OtherRow):
            self._select(row)
            self._focus_selected()

    def _typed(self, text: str) -> None:
        self.text.set_error(None)
        self.text_typed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and arrows choose, Entrée notes, Échap goes back."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif held:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif key in _STEPS:
            at = self.rows.index(self._selected) + _STEPS[key]
            self._select(self.rows[min(max(at, 0), len(self.rows) - 1)])
            self._focus_selected()
        elif not self.text.line_edit.hasFocus() and self._letter(event.text().upper()):
            self._focus_selected()
        else:
            super().keyPressEvent(event)

    def _letter(self, letter: str) -> bool:
        found = next((row for row in self.rows if letter and row.one.letter == letter), None)
        if found is not None:
            self._select(found)
        return found is not None
