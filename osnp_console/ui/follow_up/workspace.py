"""The workspace: the search line, the table of calls, the call that is read; and the waiting lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from osnp_console.app.calls.follow_up import MOST_CALLS, FollowUp, find_calls
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.person_search import search_of_calls
from osnp_console.app.calls.read_call_record import PastCall, read_call_record
from osnp_console.app.ports import CallSummary, StoreFailure
from osnp_console.domain.call_record import CallState
from osnp_console.domain.call_search import CallSearch
from osnp_console.domain.clock import in_paris
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.follow_up.call_pane import CallPane
from osnp_console.ui.follow_up.search_line import SearchLine
from osnp_console.ui.follow_up.table import CallTable
from osnp_console.ui.reading.panes import Panes
from osnp_console.ui.searches_told import SettledSearches
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.segments import Segments
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

if TYPE_CHECKING:
    from osnp_console.ui.waiting.lists_page import ListsPage

READING_REST_MS = 400
"""A call is read, and its reading journaled, once the selection rests on it: walking by is not reading."""

CALLS, LISTS = "appels", "listes"
PAGES = (Choice(CALLS, "Appels", "A"), Choice(LISTS, "Listes d’attente", "L"))
NOTHING_KEPT = "Aucun appel n’est gardé pour l’instant. F2 prend un appel."


class FollowUpWorkspace(QWidget):
    """Find a call again.

    Signals:
        reopen_wanted(str): a closed call is to be taken up again; its id.
        take_over_wanted(str): a call that is open at another desk is to be taken over; its id.
        call_shown(): a call open at this desk was put on screen: the frame shows the workspace Appel.
    """

    reopen_wanted = Signal(str)
    take_over_wanted = Signal(str)
    call_shown = Signal()

    def __init__(
        self,
        theme: Theme,
        calls: DeskCalls,
        door: StoreDoor,
        words: FollowUp,
        desk: Callable[[], str],
        lists: Callable[[], ListsPage] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """A workspace that asks the store when it is shown; `desk` gives the code of the desk that reads.

        `lists` makes the page of the waiting lists, once it is first looked at; without it there is none.
        """
        super().__init__(parent)
        self.theme = theme
        self._calls, self._door, self._words, self._desk = calls, door, words, desk
        self._run = 0
        self._is_stale = False
        self._summaries: dict[str, CallSummary] = {}
        self._shown: PastCall | None = None
        self._to_offer: str | None = None
        self._minute = -1
        self.search = SearchLine(theme, self)
        self.message = MessageLine(theme, self)
        self.table = CallTable(theme, self)
        self.call = CallPane(theme, words, calls.clock, self)
        self._searches = SettledSearches(calls, self)
        self._rest = QTimer(self, singleShot=True, interval=READING_REST_MS)
        self._panes = Panes(theme, self._list_card(), self.call, stretches=(62, 38, 0), parent=self)
        self._make_lists = lists
        self.lists: ListsPage | None = None
        self.pages = Segments(theme, "Suivi", PAGES, self)
        self.pages.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.pages.set_answer(CALLS)
        self.pages.setVisible(lists is not None)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._panes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.pages)
        column.addWidget(self._stack, 1)
        self._connect()
        self._show_back()

    def _list_card(self) -> Card:
        theme = self.theme
        card = Card(theme, parent=self)
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(4), theme.px(10), theme.px(4), theme.px(6))
        column.setSpacing(theme.px(6))
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        head.setSpacing(theme.px(6))
        self._title = PaneTitle(theme, "Suivi des appels", card)
        for widget in (self._title, self.search, self.message):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        return card

    def _connect(self) -> None:
        self.pages.answered.connect(self._page_chosen)
        self.pages.next_wanted.connect(self._into_page)
        self.search.changed.connect(self._line_changed)
        self.search.left.connect(self._go_to_table)
        self.message.action_wanted.connect(self._message_action)
        self.table.chosen.connect(self._call_chosen)
        self.table.opened.connect(self._act)
        self.call.action_wanted.connect(self._act_from_pane)
        self.call.retry_wanted.connect(self._read_current)
        self.call.back.clicked.connect(self.back_to_list)
        self._rest.timeout.connect(self._read_current)
        self._panes.reflowed.connect(self._show_back)
        for signal in (self._calls.opened, self._calls.closed, self._calls.moved):
            signal.connect(self._store_will_change)
        self._calls.stored.connect(self._store_changed)
        self._calls.ticked.connect(self._ticked)

    # --- what the frame calls ---------------------------------------------------------------------------

    def show_lists(self) -> None:
        """Show the waiting lists, the keyboard in the choice of the list."""
        if self._make_lists is None:
            return
        if self.lists is None:
            self.lists = self._make_lists()
            self.lists.left.connect(self.pages.setFocus)
            self._stack.addWidget(self.lists)
        self._leave_calls()
        self.pages.set_answer(LISTS)
        self._stack.setCurrentWidget(self.lists)
        self.lists.focus_first()

    def show_page(self, page: str) -> None:
        """Show CALLS or LISTS."""
        if page != self.page:
            (self.show_lists if page == LISTS else self.show_calls)()

    def show_calls(self) -> None:
        """Show the calls, read again when something else stood in their place."""
        came = self.page == LISTS and self.isVisible()
        self.pages.set_answer(CALLS)
        self._stack.setCurrentWidget(self._panes)
        if came:
            self.refresh()

    @property
    def page(self) -> str:
        """What is shown: CALLS or LISTS."""
        return LISTS if self.lists is not None and self._stack.currentWidget() is self.lists else CALLS

    def focus_search(self) -> None:
        """Put the keyboard in the search line of the calls, its text selected (Ctrl+F)."""
        self.show_calls()
        self._panes.show_detail(False)
        self.search.field.setFocus()
        self.search.field.line_edit.selectAll()

    def focus_first(self) -> None:
        """Put the keyboard where work begins: the search line, or the lists where they were left."""
        if self.page == LISTS and self.lists is not None:
            self.lists.focus_first()
        else:
            self.focus_search()

    def _page_chosen(self, page: object) -> None:
        if page == LISTS:
            self.show_lists()
            self.pages.setFocus()
        else:
            self.show_calls()  # also for « not asked »: there is always a page

    def _into_page(self) -> None:
        self.focus_first()

    def back_to_list(self) -> None:
        """Put the keyboard back in the table, shown again where only one pane fits."""
        self._panes.show_detail(False)
        self.table.setFocus()

    # --- searching --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask the store again for what the line means now; an answer still under way becomes stale."""
        now = self._calls.clock()
        today = in_paris(now).date()
        search = self._words.read(self.search.field.text(), today)
        self.search.show_reading(search)
        self._run += 1
        self._is_stale = False
        run = self._run
        self._door.ask(
            find_calls(search, today), partial(self._found, run, search), partial(self._not_found, run)
        )

    def refresh_if_shown(self) -> None:
        """Other desks changed calls: the list follows, as it does by itself when it comes on screen."""
        if self._panes.isVisible():
            self.refresh()

    def _line_changed(self, line: str) -> None:
        self.refresh()

    def _found(self, run: int, search: CallSearch, found: tuple[CallSummary, ...]) -> None:
        if run != self._run:
            return
        self._summaries = {one.id: one for one in found}
        self._searches.show(search_of_calls(search, sum(bool(one.person) for one in found)))
        self._say_rows()
        if not found:
            self._tell_nothing(search)
        elif len(found) >= MOST_CALLS:
            more = f"{MOST_CALLS} premiers appels\u202f: en dire plus pour trouver les autres."
            self.message.set_message(more, Message.NOTE)
        else:
            self.message.set_message(None)
        if self.table.current is None:
            self._shown = None
            self.call.show_nothing()
        elif self._is_other_now():
            self._rest.start()

    def _tell_nothing(self, search: CallSearch) -> None:
        if not search.terms:
            self.message.set_message(NOTHING_KEPT, Message.NOTE)
            return
        understood = ", ".join(term.shown for term in search.terms)
        self.message.set_message(
            f"Aucun appel ne répond à\u202f: {understood}.", Message.NOTE, "Effacer la recherche"
        )

    def _not_found(self, run: int, failure: StoreFailure) -> None:
        if run == self._run:
            self._is_stale = True
            self.message.set_message(failure.message, Message.ERROR, "Réessayer")

    def _message_action(self) -> None:
        if self._is_stale:
            self.refresh()
        else:
            self.search.set_line("")
            self.search.field.setFocus()

    def _say_rows(self) -> None:
        now = self._calls.clock()
        self._minute = now.minute
        self.table.set_rows([self._words.row(one, now) for one in self._summaries.values()])

    # --- reading a call ---------------------------------------------------------------------------------

    def _call_chosen(self, call: str) -> None:
        self._searches.use()
        self._to_offer = None
        if self._shown is None or self._shown.record.id != call:
            self._rest.start()

    def _read_current(self) -> None:
        row = self.table.current
        if row is None:
            return
        work = read_call_record(row.id, self._desk(), self._calls.clock())
        self._door.ask(work, partial(self._read, row.id), partial(self._not_read, row.id))

    def _read(self, call: str, past: PastCall) -> None:
        row = self.table.current
        if row is None or row.id != call:
            return
        here = self._open_here(call)
        if here is not None:
            past = PastCall(here.record, past.entries)
        self._shown = past
        elsewhere = ""
        if here is None and past.record.state is not CallState.CLOSED:
            elsewhere = f"Cet appel est ouvert à un autre poste ({row.desk}). Le prendre ici l’en retire."
        self.call.show_call(past, here is not None, elsewhere)
        if self._to_offer == call and self.table.hasFocus():
            self.call.action.setFocus()
        self._to_offer = None

    def _is_other_now(self) -> bool:
        """Whether the call that was read is held, ended or at another desk by now; words are not looked at.

        What is offered for it must be true; a letter typed elsewhere is no reason for a reading, which is
        journaled each time.
        """
        if self._shown is None or self._open_here(self._shown.record.id) is not None:
            return False
        read, now = self._shown.record, self._summaries.get(self._shown.record.id)
        return now is not None and (now.state, now.desk) != (read.state.value, read.owned_by)

    def _not_read(self, call: str, failure: StoreFailure) -> None:
        row = self.table.current
        if row is not None and row.id == call:
            self.call.show_failure(failure.message)

    def _open_here(self, call: str) -> OpenCall | None:
        return next((one for one in self._calls.calls if one.record.id == call), None)

    # --- acting -----------------------------------------------------------------------------------------

    def _act(self, call: str) -> None:
        if self._panes.is_narrow and self.call.isHidden():
            self._panes.show_detail(True)
            self.call.action.setFocus()
            return
        here = self._open_here(call)
        if here is not None:
            self._calls.show(here)
            self.call_shown.emit()
        elif self._summaries[call].state == CallState.CLOSED.value:
            self.reopen_wanted.emit(call)
        elif self._shown is not None and self._shown.record.id == call:
            self.call.action.setFocus()  # another desk has it: taken over from there, with a second Entrée
        else:
            self._to_offer = call
            self._rest.stop()
            self._read_current()

    def _act_from_pane(self) -> None:
        row = self.table.current
        if row is None:
            return
        elsewhere = (
            self._open_here(row.id) is None and self._summaries[row.id].state != CallState.CLOSED.value
        )
        if elsewhere and self._shown is not None and self._shown.record.id == row.id:
            self.take_over_wanted.emit(row.id)
        else:
            self._act(row.id)

    # --- keeping up -------------------------------------------------------------------------------------

    def _store_will_change(self, call: object) -> None:
        self._is_stale = True

    def _store_changed(self, failure: object) -> None:
        if failure is None and self._is_stale and self._panes.isVisible():
            self.refresh()

    def _ticked(self, now: object) -> None:
        if isinstance(now, datetime) and now.minute != self._minute and self._panes.isVisible():
            self._say_rows()

    def _go_to_table(self) -> None:
        if self.table.rows:
            self.table.setFocus()
            if self.table.current is None:
                self.table.choose(self.table.rows[0].id)

    def _show_back(self) -> None:
        self.call.back.setVisible(self._panes.is_narrow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.page == CALLS:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was found goes from the screen: an answer still under way is not shown any more."""
        super().hideEvent(event)
        self._leave_calls()

    def _leave_calls(self) -> None:
        self._run += 1
        self._searches.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap: from the call to the table, from the table to the line; ↓ from the line to the table."""
        key = event.key()
        if self.page == LISTS:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Down and not self.table.hasFocus():
            self._go_to_table()
        elif key == Qt.Key.Key_Escape and self.table.hasFocus():
            self.focus_search()
        elif key == Qt.Key.Key_Escape and self._call_has_focus():
            self.back_to_list()
        else:
            super().keyPressEvent(event)

    def _call_has_focus(self) -> bool:
        focused = cast("QWidget | None", self.window().focusWidget())
        return focused is not None and self.call.isAncestorOf(focused)
