"""The call that was found, read-only: its sheet, then what happened to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.booking.booked_card import STATE_NAMES
from osnp_console.app.calls.follow_up import FollowUp, desk_words, when
from osnp_console.app.calls.read_call_record import PastCall
from osnp_console.app.calls.sheet_words import FieldLine, Knowledge
from osnp_console.app.ports import PastEntry
from osnp_console.app.slots.cards import slot_words
from osnp_console.domain.appointment import HOLDING, Appointment
from osnp_console.domain.call_record import OUTCOMES, CallRecord, CallState
from osnp_console.domain.clock import in_paris
from osnp_console.ui.reading.line_row import Reading
from osnp_console.ui.reading.pane import Part, ReadingPane
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.surfaces import Card, Hairline
from osnp_console.ui.widgets.titles import PaneTitle

NOTHING_CHOSEN = "Choisir un appel pour le lire."
_STATES = {CallState.ACTIVE: "en ligne", CallState.HELD: "en attente", CallState.CLOSED: "clos"}
# Told apart without colour: dashed ring, ring with ?, or bold text (interface, §3.1).
_MARKS = {
    Knowledge.NOT_ASKED: ("dashed-ring", "muted"),
    Knowledge.ASKED: ("verify", "muted"),
    Knowledge.PENDING: ("pencil", "verify"),
    Knowledge.KNOWN: ("", ""),
}


class CallPane(Card):
    """One call, read-only.

    Signals:
        action_wanted(): its button: take it up again, or show it where it is open.
        retry_wanted(): the reading failed and is to be tried again.
    """

    action_wanted = Signal()
    retry_wanted = Signal()

    def __init__(
        self, theme: Theme, words: FollowUp, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        """A pane that shows no call yet."""
        super().__init__(theme, parent=parent)
        self._words = words
        self._clock = clock
        self.title = PaneTitle(theme, "Appel", self)
        self._second = PlainLabel(theme, role="muted", points=9.5, wrap=True, parent=self)
        self.message = MessageLine(theme, self)
        self.message.action_wanted.connect(self.retry_wanted)
        self.sheet = ReadingPane(theme, "Fiche de l’appel", self)
        self.action = ActionButton(theme, "Rouvrir", "Entrée", parent=self)
        self.action.clicked.connect(self.action_wanted)
        self.back = ActionButton(theme, "Liste", "Échap", "link", height=28, parent=self)
        self._lay_out()
        self.show_nothing()

    def _lay_out(self) -> None:
        theme = self.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(10), theme.px(4), theme.px(10))
        column.setSpacing(theme.px(2))
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(2), 0, theme.px(8), 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        column.addLayout(head)
        for widget in (self._second, self.message):
            line = QHBoxLayout()
            line.setContentsMargins(theme.px(2), 0, theme.px(8), 0)
            line.addWidget(widget)
            column.addLayout(line)
        column.addWidget(self.sheet, 1)
        column.addWidget(Hairline(theme, parent=self))
        column.addSpacing(theme.px(6))
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, theme.px(8), 0)
        foot.addWidget(self.action, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(foot)

    def show_nothing(self) -> None:
        """No call is chosen."""
        self.title.setText("Appel")
        self._second.setText("")
        self.message.set_message(NOTHING_CHOSEN, Message.NOTE)
        self.sheet.set_parts(())
        self.action.set_reason(NOTHING_CHOSEN)

    def show_failure(self, sentence: str) -> None:
        """The store could not give the call; what is shown stays."""
        self.message.set_message(sentence, Message.ERROR, "Réessayer")

    def show_call(self, past: PastCall, is_open_here: bool, open_elsewhere: str = "") -> None:
        """Show a call; `open_elsewhere` says which other desk has it, empty when none has."""
        record = past.record
        self.message.set_message(open_elsewhere or None, Message.NOTE)
        self.title.setText(f"{record.title} · {when(record.taken_at, self._clock())}")
        self._second.setText(self._state(record))
        taken = in_paris(record.taken_at).date()
        parts = [
            Part(part.title, tuple(_field(line) for line in part.lines))
            for part in self._words.sheets.parts(record.sheet, taken)
        ]
        if past.appointments:
            parts.append(Part("Rendez-vous", tuple(self._appointment(one) for one in past.appointments)))
        parts.append(Part("Journal de l’appel", tuple(self._entries(past))))
        self.sheet.set_parts(parts)
        self.action.set_text(_action_words(is_open_here, bool(open_elsewhere)))
        self.action.set_reason("")

    def _state(self, record: CallRecord) -> str:
        said = [desk_words(record.owned_by), _STATES[record.state]]
        if record.outcome is not None:
            said.append(OUTCOMES.get(record.outcome, record.outcome).lower())
        if record.call_back_at is not None:
            said.append(f"rappel prévu {when(record.call_back_at, self._clock())}")
        if record.alarm_at is not None:
            said.append("urgence vitale")
        return " · ".join(said)

    def _appointment(self, one: Appointment) -> Reading:
        held = one.state in HOLDING
        role = "text" if held else "muted"
        return Reading(slot_words(one.slot, self._clock()), STATE_NAMES[one.state], role=role, bold=held)

    def _entries(self, past: PastCall) -> Iterator[Reading]:
        if not past.entries:
            yield Reading("Aucune ligne de journal.", role="muted")
        for entry in past.entries:
            yield self._entry(entry, past.record)

    def _entry(self, entry: PastEntry, record: CallRecord) -> Reading:
        line = entry.line
        local, taken = in_paris(line.at), in_paris(record.taken_at)
        hour = f"{local:%H:%M:%S}" if local.date() == taken.date() else f"{local:%d/%m %H:%M}"
        about = None if entry.facts is None and line.facts_hash else entry.facts or {}
        words = self._words.journal.say(line.kind, about)
        return Reading(words, hour, "" if line.desk == record.desk else desk_words(line.desk))


def _field(line: FieldLine) -> Reading:
    known = line.knowledge is Knowledge.KNOWN
    return Reading(
        line.text,
        line.label,
        mark=_MARKS[line.knowledge],
        role="text" if known else "muted",
        bold=known and bool(line.label),
    )


def _action_words(is_open_here: bool, is_open_elsewhere: bool) -> str:
    if is_open_here:
        return "Afficher l’appel"
    return "Prendre l’appel ici" if is_open_elsewhere else "Rouvrir l’appel"
