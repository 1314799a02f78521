"""One person on a waiting list: how to call them back, what is known, what was done, what can be done."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.waiting.lists import NO_PHONE, EntryFact, EntryShown
from osnp_console.domain.waiting_entry import EntryMove
from osnp_console.ui.checklist.wrapping import WrappingRow
from osnp_console.ui.reading.line_row import Reading
from osnp_console.ui.reading.pane import Part, ReadingPane
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.surfaces import Card, Hairline
from osnp_console.ui.widgets.titles import PaneTitle

NOTHING_CHOSEN = "Choisir une personne pour voir son inscription."
NOTE = "Note"
CONFIRMED = frozenset({EntryMove.REFUSE, EntryMove.WITHDRAW})
"""What takes somebody off the list for good, and is pressed twice."""


class EntryPane(Card):
    """An entry, read and moved.

    Signals:
        move_wanted(object, str): an EntryMove, and what is typed beside it.
        consent_wanted(): the patient said yes.
        dial_wanted(str): the number is to be dialled.
        noted(str): what stands in the field of the note.
    """

    move_wanted = Signal(object, str)
    consent_wanted = Signal()
    dial_wanted = Signal(str)
    noted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.shown: EntryShown | None = None
        self._to_confirm: EntryMove | None = None
        self.title = PaneTitle(theme, "Inscription", self)
        self.state = PlainLabel(theme, role="muted", points=9.5, wrap=True, parent=self)
        self.back = ActionButton(theme, "Liste", "Échap", "link", height=28, parent=self)
        self.phone = PlainLabel(theme, points=13, bold=True, parent=self)
        self.dial = ActionButton(theme, "Appeler", "Ctrl+T", mark="phone", height=28, parent=self)
        self.told = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self)
        self.message = MessageLine(theme, self)
        self.sheet = ReadingPane(theme, "Inscription", self)
        self.note = LineField(theme, NOTE, optional=True, parent=self)
        self.note.set_placeholder("gardée avec le geste qui suit")
        self._note_row = FormRow(theme, NOTE, self.note, label_width=36, parent=self)
        self._line = Hairline(theme, parent=self)
        self.acts = WrappingRow(theme, self)
        self.consent = ActionButton(theme, "Le patient est d’accord", height=28, parent=self.acts)
        self.buttons = {move: ActionButton(theme, "", height=28, parent=self.acts) for move in EntryMove}
        self._lay_out()
        self._connect()
        self.show_nothing()

    def _lay_out(self) -> None:
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(8), px(10))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        column.addLayout(head)
        column.addWidget(self.state)
        number = QHBoxLayout()
        number.setSpacing(px(10))
        number.addWidget(self.phone)
        number.addWidget(self.dial)
        number.addStretch(1)
        column.addLayout(number)
        column.addWidget(self.told)
        column.addWidget(self.message)
        column.addWidget(self.sheet, 1)
        column.addWidget(self._line)
        column.addWidget(self._note_row)
        column.addWidget(self.acts)

    def _connect(self) -> None:
        self.dial.clicked.connect(self.dial_shown)
        self.consent.clicked.connect(self.consent_wanted)
        self.note.typed.connect(self.noted)
        for button in self.buttons.values():
            button.clicked.connect(self._move)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_nothing(self, sentence: str = NOTHING_CHOSEN) -> None:
        """Nobody is chosen."""
        self.shown = None
        self.title.setText("Inscription")
        self.sheet.set_parts(())
        self.message.set_message(sentence, Message.NOTE)
        for widget in (self.state, self.phone, self.dial, self.told, self._line, self._note_row, self.acts):
            widget.hide()

    def show_entry(self, shown: EntryShown, note: str) -> None:
        """Show an entry; `note` is what was typed for it and not kept yet."""
        before, self.shown = self.shown, shown
        if before is None or before.key != shown.key:
            self.say("")
            self.message.set_message(None)
            self._to_confirm = None
        self.title.setText(shown.name)
        self.state.setText(shown.state)
        self.phone.setText(shown.phone or NO_PHONE)
        self.phone.setFont(self.theme.font(13 if shown.phone else 9.5, bold=bool(shown.phone)))
        self.dial.setVisible(bool(shown.phone))
        for widget in (self.state, self.phone):
            widget.show()
        if before is None or (before.facts, before.person, before.steps) != (
            shown.facts,
            shown.person,
            shown.steps,
        ):
            self.sheet.set_parts(_parts(shown))
        self.note.set_text(note)
        self._offer(shown)

    def _offer(self, shown: EntryShown) -> None:
        words = dict(shown.moves)
        if self._to_confirm in words:
            words[self._to_confirm] = f"{words[self._to_confirm]}\u202f: confirmer"
        offered: list[QWidget] = [self.consent] if shown.asks_consent else []
        self.consent.setVisible(shown.asks_consent)
        for move, button in self.buttons.items():
            button.setVisible(move in words)
            if move in words:
                button.set_text(words[move])
                offered.append(button)
        self.acts.set_widgets(offered)
        for widget in (self._line, self._note_row, self.acts):
            widget.setVisible(bool(offered))

    def say(self, words: str) -> None:
        """What became of dialling."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    # --- what is done -----------------------------------------------------------------------------------

    def dial_shown(self) -> bool:
        """Ctrl+T: dial the number shown; False when there is none."""
        if self.shown is None or not self.shown.phone:
            return False
        self.dial_wanted.emit(self.shown.phone)
        return True

    def take_focus(self) -> None:
        """Give the keyboard to the first thing that can be done."""
        offered = [one for one in self.buttons.values() if one.isVisibleTo(self)]
        (offered[0] if offered else self.sheet).setFocus()

    def _move(self) -> None:
        button = self.sender()
        for move, one in self.buttons.items():
            if one is not button:
                continue
            first = move in CONFIRMED and self._to_confirm is not move
            self._to_confirm = move if first else None
            if first and self.shown is not None:
                self._offer(self.shown)
            else:
                self.move_wanted.emit(move, self.note.text().strip())
            return


def _parts(shown: EntryShown) -> list[Part]:
    parts = (
        Part("Inscription", _readings(shown.facts)),
        Part("Patient", _readings(shown.person)),
        Part("Ce qui a été fait", _readings(shown.steps)),
    )
    return [part for part in parts if part.lines]


def _readings(facts: Iterable[EntryFact]) -> tuple[Reading, ...]:
    return tuple(Reading(one.text, one.label, note=one.note) for one in facts)
