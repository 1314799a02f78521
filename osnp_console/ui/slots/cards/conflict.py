"""The card of a slot that somebody else took: what happened, and the next best one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.app.slots.cards import ConflictShown, NextSlot, NextState, WayOn
from osnp_console.ui.checklist.wrapping import WrappingRow
from osnp_console.ui.slots.cards.card import BookingCard, Tone, set_words
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.edges import edge_pen, stroke_inside
from osnp_console.ui.widgets.key_cap import KeyCap
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.surfaces import CARD_RADIUS, Card

CHECKING = "Revérification en cours."
_STATE_ROLES = {
    NextState.CHECKING: ("muted", False),
    NextState.FREE: ("eligible", True),
    NextState.SILENT: ("verify", True),
}


class NextBox(Card):
    """The slot proposed instead, framed in blue."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="", parent=parent)
        self._label = PlainLabel(theme, "Le suivant pour ce patient", role="muted", points=8.5, parent=self)
        self._hour = PlainLabel(theme, points=13, bold=True, parent=self)
        self._who = PlainLabel(theme, bold=True, wrap=True, parent=self)
        self._who.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._state = PlainLabel(theme, points=9, wrap=True, parent=self)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self._hour)
        line.addWidget(self._who, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(6))
        column.setSpacing(theme.px(2))
        column.addWidget(self._label)
        column.addLayout(line)
        column.addWidget(self._state)

    def show_slot(self, slot: NextSlot) -> None:
        """Show which slot it is and whether it was re-checked."""
        role, bold = _STATE_ROLES[slot.state]
        self._hour.setText(slot.hour)
        self._who.setText(" · ".join(part for part in (slot.day, slot.who) if part))
        self._state.setFont(self.theme.font(9, bold))
        self._state.set_role(role)
        self._state.setText(slot.state_words)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = edge_pen(self.theme, "accent", 2)
        stroke_inside(painter, QRectF(self.rect()), pen, self.theme.px(CARD_RADIUS - 2))
        painter.end()


class WaysOn(QWidget):
    """What else can be done, one a line, each with its key."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._rows: list[QWidget] = []

    def show_ways(self, ways: tuple[WayOn, ...]) -> None:
        """Show these ways, in this order; nothing at all without one."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(way) for way in ways]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(ways))

    def _row(self, way: WayOn) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.theme.px(8))
        words = PlainLabel(self.theme, way.words, wrap=True, parent=row)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if way.key:
            words.setAccessibleName(f"{way.words}, touche {way.key}")
        line.addWidget(words, 1)
        if way.key:
            line.addWidget(KeyCap(self.theme, way.key, parent=row))
        return row


class ConflictCard(BookingCard):
    """`10:40 vient d’être pris`: nothing was booked, here is the next one.

    Signals:
        proposed(str): Entrée: the id of the slot to propose instead.
    """

    proposed = Signal(str)

    def __init__(self, theme: Theme, shown: ConflictShown, parent: QWidget | None = None) -> None:
        super().__init__(theme, Tone.DOUBT, parent)
        self._shown = shown
        self.body = self.words()
        self.next_box = NextBox(theme, self)
        self.rest = self.words(bold=True)
        self.ways = WaysOn(theme, self)
        self._buttons = WrappingRow(theme, self)
        self.propose = ActionButton(theme, "", "Entrée", "primary", parent=self._buttons)
        self.back = ActionButton(theme, "Retour à la liste", "Échap", parent=self._buttons)
        for widget in (self.body, self.next_box, self.rest, self.ways, self._buttons):
            self.column.addWidget(widget)
        self.propose.clicked.connect(self._propose)
        self.back.clicked.connect(self.dismissed)
        self.show_conflict(shown)

    def show_conflict(self, shown: ConflictShown) -> None:
        """Show what happened, or what became of the slot proposed instead."""
        self._shown = shown
        self.say_head(Tone.DOUBT, shown.title, shown.aside, shown.body)
        self.body.setText(shown.body)
        slot = shown.proposed
        self.next_box.setVisible(slot is not None)
        set_words(self.rest, shown.rest)
        self.ways.show_ways(shown.ways)
        if slot is not None:
            self.next_box.show_slot(slot)
            self.propose.set_text(f"Proposer {slot.hour}")
            if slot.state is NextState.CHECKING:
                self.hold_focus(self.propose)
            self.propose.set_reason(CHECKING if slot.state is NextState.CHECKING else None)
        else:
            self.hold_focus(self.propose)
        self.propose.setVisible(slot is not None)
        self.back.set_kind("secondary" if slot is not None else "primary")
        self.back.set_key("Échap" if slot is not None else "Entrée")
        shown_buttons = [self.propose, self.back] if slot is not None else [self.back]
        self._buttons.set_widgets(shown_buttons)

    @property
    def solid(self) -> ActionButton | None:
        """The proposal, or the way back when there is none."""
        return self.propose if self._shown.proposed is not None else self.back

    def _propose(self) -> None:
        if self._shown.proposed is not None:
            self.proposed.emit(self._shown.proposed.slot_id)
