"""The waiting lists of the site: who waits on each, who is off it, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.errors import StoreFailure
from osnp_console.app.people.session import Session
from osnp_console.app.telephony.dial import Dialled
from osnp_console.app.waiting.lists import EntryRow, entry_row, entry_shown, followed_lists
from osnp_console.app.waiting.read import Table
from osnp_console.app.waiting.register import EntryMoved
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.permissions import Act, who_may
from osnp_console.domain.waiting_entry import EntryMove, EntryState, WaitingEntry
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.reading.panes import Panes
from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.telephony.phone_desk import PhoneDesk
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.waiting.desk_waiting import DeskWaiting
from osnp_console.ui.waiting.entry_pane import NOTHING_CHOSEN, EntryPane
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle, SectionTitle

NOTES = "liste_attente.note"
"""What is typed beside an entry and not kept yet, by entry."""
NOBODY = "Personne n’est inscrit sur cette liste."
NO_LIST = "Le catalogue n’a aucune liste d’attente."
NOT_WRITTEN = "Ce fichier n’a pas pu être écrit. Vérifier la place et les droits."
TABLES = "Tableaux (*.csv)"
ON_IT, OFF_IT = "À inscrire et en attente", "Hors de la liste"
_MARKS = {
    EntryState.PREPARED: ("dashed-ring", "verify"),
    EntryState.REGISTERED: ("disc", "eligible"),
    EntryState.CONTACTED: ("phone", "accent"),
    EntryState.HONOURED: ("tick", "eligible"),
    EntryState.REFUSED: ("refused", "muted"),
    EntryState.WITHDRAWN: ("off", "muted"),
    EntryState.EXPIRED: ("clock", "verify"),
}


class Files(Protocol):
    """Asks where to write a file; an empty answer gives up."""

    def to_write(self, title: str, suggested: str, kinds: str = "") -> str:
        """A file to write."""


class ListsPage(QWidget):
    """Choose a list, call somebody back, note what came of it. Asks the store only while it is shown."""

    left = Signal()
    """Échap from the list: back to what was before."""

    def __init__(
        self,
        theme: Theme,
        waiting: DeskWaiting,
        dispositifs: Sequence[Dispositif],
        commune: Callable[[str], str],
        session: Callable[[], Session],
        phone: PhoneDesk,
        files: Files,
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """`commune` gives a commune's name by its code, `session` who is here."""
        super().__init__(parent)
        self.theme = theme
        self._waiting, self._phone, self._files = waiting, phone, files
        self._dispositifs = {one.id: one for one in dispositifs}
        self._commune, self._session, self._unfinished = commune, session, unfinished
        self._door = AgendaDoor(self)
        self._dialled = ""
        self._by_key: dict[str, WaitingEntry] = {}
        self._chosen = ""
        self.title = PaneTitle(theme, "Listes d’attente", self)
        self.choice = Combo(theme, "Liste", (), clearable=False, parent=self)
        self.export = ActionButton(theme, "Exporter…", height=28, parent=self)
        self.message = MessageLine(theme, self)
        self.on_it = TwoLineList(theme, ON_IT, self)
        self.off_it = TwoLineList(theme, OFF_IT, self)
        self._on_title = SectionTitle(theme, ON_IT, parent=self)
        self._off_title = SectionTitle(theme, OFF_IT, parent=self)
        self.entry = EntryPane(theme, self)
        self._panes = Panes(theme, self._list_card(), self.entry, stretches=(58, 42, 0), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panes)
        self._connect()
        self._show_back()

    def _list_card(self) -> Card:
        px = self.theme.px
        card = Card(self.theme, parent=self)
        column = QVBoxLayout(card)
        column.setContentsMargins(px(4), px(10), px(4), px(6))
        column.setSpacing(px(6))
        head = QVBoxLayout()
        head.setContentsMargins(px(8), 0, px(8), 0)
        head.setSpacing(px(6))
        head.addWidget(self.title)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.choice, 1)
        row.addWidget(self.export)
        head.addLayout(row)
        head.addWidget(self.message)
        column.addLayout(head)
        for title, rows, share in ((self._on_title, self.on_it, 3), (self._off_title, self.off_it, 2)):
            line = QHBoxLayout()
            line.setContentsMargins(px(8), 0, px(8), 0)
            line.addWidget(title)
            column.addLayout(line)
            column.addWidget(rows, share)
        return card

    def _connect(self) -> None:
        waiting = self._waiting
        self.choice.answered.connect(self._list_chosen)
        self.export.clicked.connect(self._export)
        for rows in (self.on_it, self.off_it):
            rows.chosen.connect(self._entry_chosen)
            rows.opened.connect(self._entry_opened)
        self.entry.back.clicked.connect(self.back_to_list)
        self.entry.move_wanted.connect(self._move)
        self.entry.consent_wanted.connect(self._consent)
        self.entry.dial_wanted.connect(self._dial)
        self.entry.noted.connect(self._noted)
        self.message.action_wanted.connect(waiting.refresh)
        self._panes.reflowed.connect(self._show_back)
        waiting.list_changed.connect(self._show_entries)
        waiting.counted.connect(self._show_lists)
        waiting.done.connect(self._done)
        waiting.failed.connect(self._failed)
        self._phone.ended.connect(self._dial_ended)

    # --- what the workspace asks ------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the keyboard where work begins: the choice of the list."""
        self._panes.show_detail(False)
        self.choice.setFocus()

    def back_to_list(self) -> None:
        """Put the keyboard back among the people."""
        self._panes.show_detail(False)
        rows = self.off_it if self.off_it.current_key == self._chosen and self._chosen else self.on_it
        (rows if rows.rows else self.choice).setFocus()

    # --- what is shown ----------------------------------------------------------------------------------

    @Slot()
    def _show_lists(self) -> None:
        lists = followed_lists(self._dispositifs.values(), self._waiting.counts)
        self.choice.set_choices([Choice(one.dispositif, one.title) for one in lists])
        if not lists:
            self.message.set_message(NO_LIST, Message.NOTE)
        elif self.choice.answer is None and self.isVisible():
            # Made anew for another theme, the page shows the list that was looked at.
            last = self._waiting.last_watched
            first = last if last in self._dispositifs else lists[0].dispositif
            self.choice.set_answer(first)
            self._list_chosen(first)

    @Slot()
    def _show_entries(self) -> None:
        day = in_paris(self._waiting.clock()).date()
        entries = self._waiting.entries
        self._by_key = {one.id: one for one in entries}
        rows = [entry_row(one, day) for one in entries]
        on_it, off_it = ([one for one in rows if one.is_open is which] for which in (True, False))
        self.on_it.set_rows([_two_lines(one) for one in on_it])
        self.off_it.set_rows([_two_lines(one) for one in off_it])
        # Whoever was called may have gone from one list to the other: they stay the one that is read.
        self.off_it.choose(self._chosen)
        self.on_it.choose(self._chosen)
        self._on_title.set_note(str(len(on_it)) if on_it else "")
        self._off_title.set_note(str(len(off_it)) if off_it else "")
        for widget in (self._off_title, self.off_it):
            widget.setVisible(bool(off_it))
        empty = self._waiting.was_read and not rows
        if empty or self.message.words == NOBODY:
            self.message.set_message(NOBODY if empty else None, Message.NOTE)
        self._show_entry()

    def _show_entry(self) -> None:
        entry = self._by_key.get(self._chosen)
        if entry is None:
            self._chosen = ""
            may = self._session().may(Act.READ_CALLS)
            self.entry.show_nothing(NOTHING_CHOSEN if may else who_may(Act.READ_CALLS))
            return
        found = self._dispositifs.get(entry.dispositif)
        rules = found.waiting_list if found is not None else None
        day = in_paris(self._waiting.clock()).date()
        note = self._unfinished.held(NOTES).get(entry.id, "")
        shown = entry_shown(entry, rules, self._commune, day)
        self.entry.show_entry(shown, note if isinstance(note, str) else "")

    # --- what is done -----------------------------------------------------------------------------------

    def _list_chosen(self, dispositif: object) -> None:
        if isinstance(dispositif, str):
            self.message.set_message(None)
            self._chosen = ""
            # Whoever only takes data away does not read who is in it.
            self._waiting.watch(dispositif if self._session().may(Act.READ_CALLS) else "")
            self._show_entry()

    def _entry_chosen(self, key: str) -> None:
        self._chosen = key
        for rows in (self.on_it, self.off_it):
            if rows.current_key != key:
                rows.setCurrentIndex(QModelIndex())
        self._show_entry()

    def _entry_opened(self, key: str) -> None:
        self._entry_chosen(key)
        self._panes.show_detail(True)
        self.entry.take_focus()

    @Slot(object, str)
    def _move(self, move: EntryMove, text: str) -> None:
        entry = self._by_key.get(self._chosen)
        if entry is not None:
            found = self._dispositifs.get(entry.dispositif)
            rules = found.waiting_list if found is not None else None
            self._waiting.move(entry.id, move, rules, text)

    def _consent(self) -> None:
        if self._chosen:
            self._waiting.consent(self._chosen)

    def _noted(self, text: str) -> None:
        if text:
            self._unfinished.hold(NOTES, self._chosen, text)
        else:
            self._unfinished.drop(NOTES, self._chosen)

    def _dial(self, number: str) -> None:
        self._dialled = number
        self._phone.dial(number)

    def _dial_ended(self, number: str, dialled: Dialled) -> None:
        if number == self._dialled and self.isVisible():
            self.entry.say(dialled.sentence)

    def _export(self) -> None:
        dispositif = self.choice.answer
        if not isinstance(dispositif, str):
            return
        # The name of the file says which list, and nobody who is on it.
        path = self._files.to_write("Exporter la liste d’attente", f"liste-{dispositif}.csv", TABLES)
        if path:
            self._waiting.export(dispositif, self._commune, lambda table: self._write(path, table))

    def _write(self, path: str, table: Table) -> None:
        def work() -> bool:
            try:
                # With its mark, which spreadsheets need to know UTF-8.
                Path(path).write_bytes(table.text.encode("utf-8-sig"))
            except OSError:
                return False
            return True

        self._door.go_and(work, lambda written: self._say_written(table.count if written else None))

    def _say_written(self, count: int | None) -> None:
        if count is None:
            self.message.set_message(NOT_WRITTEN, Message.ERROR)
        else:
            many = "inscriptions écrites" if count > 1 else "inscription écrite"
            self.message.set_message(f"{count} {many} dans le tableau.", Message.NOTE)

    @Slot(object)
    def _done(self, moved: EntryMoved) -> None:
        entry = moved.entry
        if entry.id not in self._by_key:
            return
        if moved.refused:
            self.entry.message.set_message(moved.refused, Message.WARNING)
        else:
            self._unfinished.drop(NOTES, entry.id)
            self.entry.message.set_message(None)
        self._by_key[entry.id] = entry
        self._show_entry()

    @Slot(object)
    def _failed(self, failure: StoreFailure) -> None:
        if self.isVisible():
            self.message.set_message(failure.message, Message.ERROR, "Réessayer")

    # --- Qt ---------------------------------------------------------------------------------------------

    def _show_back(self) -> None:
        self.entry.back.setVisible(self._panes.is_narrow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        may = self._session().may(Act.EXPORT)
        self.export.setVisible(may)
        self.export.set_tip("" if may else who_may(Act.EXPORT))
        self.title.setText("Listes d’attente")
        chosen = self.choice.answer
        if isinstance(chosen, str):
            self._list_chosen(chosen)
        else:
            self._waiting.count()

    def hideEvent(self, event: QHideEvent) -> None:
        """Who is on a list goes from the screen, and is read again when it comes back."""
        super().hideEvent(event)
        self._waiting.watch("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap: from the person to the list, from the list to what was before; ↓ from the choice."""
        key, focused = event.key(), cast("QWidget | None", self.window().focusWidget())
        inside = focused is not None and self.entry.isAncestorOf(focused)
        if key == Qt.Key.Key_Escape and inside:
            self.back_to_list()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_Down and not inside:
            self.back_to_list()
        else:
            super().keyPressEvent(event)


def _two_lines(row: EntryRow) -> TwoLines:
    return TwoLines(row.key, row.name, row.need, row.second, row.end, _MARKS[row.state])
