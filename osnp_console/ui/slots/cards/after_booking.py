"""The blocks of the card of a booked slot: the text to read out, the practice to tell, the moves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.app.booking.booked_card import Move, ToWarn
from osnp_console.app.slots.words import hour_word
from osnp_console.ui.checklist.wrapping import WrappingRow
from osnp_console.ui.slots.cards.card import CALL_KEY, COPY_KEY, NARROW, PRINT_KEY, set_words
from osnp_console.ui.slots.cards.parts import Answer, AnswerButtons, MarkedLine, NumberLabel
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.surfaces import Card

TO_READ = "À lire au patient"
NO_NUMBER = "Aucun numéro connu pour ce cabinet."
WARNED = "Prévenu"
STATE = f"Rendez-vous{NARROW}: "


class ReadOut(Card):
    """The text to read to the patient, in 12 points, with what copies and prints it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._label = PlainLabel(theme, TO_READ, role="muted", points=8.5, parent=self)
        self._text = PlainLabel(theme, points=12, wrap=True, parent=self)
        self._row = WrappingRow(theme, self)
        self.copy = ActionButton(theme, "Copier", COPY_KEY, mark="copy", height=28, parent=self._row)
        self.print = ActionButton(theme, "Imprimer", PRINT_KEY, height=28, parent=self._row)
        self._row.set_widgets([self.copy, self.print])
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(6))
        for widget in (self._label, self._text, self._row):
            column.addWidget(widget)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show the text, one fact a line; nothing at all without one."""
        self.setVisible(bool(lines))
        self._text.setText("\n".join(lines))


class WarnBlock(QWidget):
    """Whom to phone because the agenda tells them nothing, and whether it was done.

    Signals:
        ticked(bool): `Prévenu` was ticked, or the tick taken away.
    """

    ticked = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._warn: ToWarn | None = None
        self._sentence = MarkedLine(theme, bold=True, parent=self)
        self._quiet = MarkedLine(theme, parent=self)
        self._source = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self)
        self._row = WrappingRow(theme, self)
        self.number = NumberLabel(theme, 13, self._row)
        self.call = ActionButton(theme, "Appeler", CALL_KEY, mark="phone", parent=self._row)
        self.tick = QCheckBox(WARNED, self._row)
        self.tick.setFont(theme.font())
        self.tick.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.tick.toggled.connect(self.ticked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for widget in (self._sentence, self._quiet, self._row, self._source):
            column.addWidget(widget)

    @property
    def is_waiting(self) -> bool:
        """Whether the practice still has to be told, and can be phoned."""
        warn = self._warn
        return (
            warn is not None
            and warn.needed is not False
            and warn.warned_at is None
            and warn.phone is not None
        )

    def show_warn(self, warn: ToWarn | None) -> None:
        """Show who has to be told, by whom it is said, and since when it is done; None: nobody."""
        self._warn = warn
        self.setVisible(warn is not None)
        if warn is None:
            return
        done, asked = warn.warned_at is not None, warn.needed is not False
        self._sentence.say(
            warn.sentence if asked else "", "tick" if done else "warning", "eligible" if done else "verify"
        )
        self._quiet.say("" if asked else warn.sentence, "tick", "muted", "muted")
        set_words(self.number, warn.phone or "")
        lacking = NO_NUMBER if asked and not warn.phone else ""
        set_words(self._source, " ".join(part for part in (lacking, warn.source) if part))
        self.call.set_reason(None if warn.phone else NO_NUMBER)
        self.tick.blockSignals(True)
        self.tick.setChecked(done)
        self.tick.blockSignals(False)
        self.tick.setText(f"{WARNED} à {hour_word(warn.warned_at)}" if warn.warned_at else WARNED)
        self.tick.setAccessibleDescription(warn.sentence)
        self._row.setVisible(asked)
        calls = [self.number, self.call] if warn.phone else []
        self.call.setVisible(bool(calls))
        self._row.set_widgets([*calls, self.tick])


class MovesLine(QWidget):
    """Where the appointment stands, and where it may go; a move has no way back, so it is confirmed in place.

    Signals:
        moved(object): the AppointmentState, once confirmed.
    """

    moved = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moves: tuple[Move, ...] = ()
        self._state = ""
        self._wanted: Move | None = None
        self.answers = AnswerButtons(theme, self)
        self.answers.chosen.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.answers)

    def show_moves(self, state: str, moves: tuple[Move, ...]) -> None:
        """Show a state and the moves that it allows."""
        if moves != self._moves:
            self._wanted = None
        self._state, self._moves = state, moves
        self._offer()

    def take_back(self) -> bool:
        """Give up a move that waits for its confirmation; False when there is none."""
        if self._wanted is None:
            return False
        self._wanted = None
        self._offer()
        return True

    @property
    def text(self) -> str:
        """What is said of the state, or the question that confirms a move."""
        return self.answers.lead.text()

    def _offer(self) -> None:
        held = self.answers.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        wanted = self._wanted
        if wanted is None:
            words = f"{STATE}{self._state}"
            self.answers.offer([Answer(move, move.label) for move in self._moves], words, words)
        else:
            words = f"Noter «{NARROW}{wanted.label.lower()}{NARROW}»{NARROW}? C’est définitif."
            self.answers.offer([Answer(True, wanted.label, "O"), Answer(False, "Non", "N")], words, words)
        if held and self.answers.buttons:
            self.answers.buttons[-1 if wanted is not None else 0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, value: object) -> None:
        wanted, self._wanted = self._wanted, value if isinstance(value, Move) else None
        self._offer()
        if wanted is not None and value is True:
            self.moved.emit(wanted.state)
