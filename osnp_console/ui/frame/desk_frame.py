"""Everything of the window in one theme: rail, bars, workspaces, what covers them; wired, nothing decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from osnp_console.app.calls.desk_calls import known_persons
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.errors import Refusal
from osnp_console.app.people.session import Session, Standing
from osnp_console.app.ports import StoreFailure
from osnp_console.app.preferences import Preferences
from osnp_console.app.transfer.panel_words import tab_words
from osnp_console.domain.permissions import Act as Right
from osnp_console.domain.permissions import who_may
from osnp_console.domain.same_person import KnownPerson
from osnp_console.ui.agendas.desk import AgendaDesk
from osnp_console.ui.alarm.band import AlarmBand
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.differences import Differences
from osnp_console.ui.frame.action_bar import ActionBar
from osnp_console.ui.frame.call_desk import CallDesk
from osnp_console.ui.frame.call_journal import CallJournal
from osnp_console.ui.frame.calls_back import CallsBack
from osnp_console.ui.frame.desk_notice import DeskNotice
from osnp_console.ui.frame.help_panel import HelpPanel
from osnp_console.ui.frame.here import PLACE_OF, Here, focus_named, focused_name
from osnp_console.ui.frame.notice_line import NoticeLine
from osnp_console.ui.frame.others_told import OthersTold
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.frame.places import Places
from osnp_console.ui.frame.prescriptions_place import PrescriptionsPlace
from osnp_console.ui.frame.put_together import lay_out, tie_bar
from osnp_console.ui.frame.rail import Place, Rail
from osnp_console.ui.frame.reflow import Arrangement, arrangement
from osnp_console.ui.frame.shortcuts import Act
from osnp_console.ui.frame.top_bar import TopBar
from osnp_console.ui.frame.transfers_place import TransfersPlace
from osnp_console.ui.intake.sources import Persons
from osnp_console.ui.office.desk_printing import DeskPrinting
from osnp_console.ui.other_desks import OtherDesks
from osnp_console.ui.preferences.accounts.acts import AccountActs
from osnp_console.ui.prescriptions.made import Prescribing
from osnp_console.ui.telephony.shown_number import dial_shown_in
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.desk_transfers import DeskTransfers
from osnp_console.ui.transfer.receiving.desk import ReceivingDesk
from osnp_console.ui.transfer.sending import SendingDesk
from osnp_console.ui.waiting.registering import RegisteringDesk


class DeskFrame(QWidget):
    """The window's content once the base is open.

    Signals:
        preferences_changed(object): new Preferences, to be kept and shown.
        widths_changed(object): the columns' widths, a list of int.
        ready(): the base told what it has: calls can be taken.
        lock_wanted(): the screen is to be locked.
    """

    preferences_changed = Signal(object)
    widths_changed = Signal(object)
    ready = Signal()
    lock_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        pieces: Pieces,
        calls: DeskCalls,
        journal: CallJournal,
        door: StoreDoor,
        preferences: Preferences,
        width: int,
        agendas: AgendaDesk,
        others: OtherDesks,
        differences: Differences,
        transfers: DeskTransfers,
        accounts: Callable[[QObject], AccountActs],
        receiving: ReceivingDesk,
        sending: SendingDesk,
        registering: RegisteringDesk,
        session: Callable[[], Session],
        prescribing: Prescribing,
        printing: DeskPrinting,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._agendas = agendas
        self._others = others
        self.transfers = transfers
        self._sending = sending
        self._theme = theme
        self._pieces = pieces
        self._calls = calls
        self._journal = journal
        self._door = door
        self._preferences = preferences
        self._arrangement = arrangement(width, theme.scale)
        brief = self._arrangement is Arrangement.ONE_COLUMN
        self.rail = Rail(theme, narrow=brief)
        self.top = TopBar(theme, lambda: calls.calls, preferences.desk, brief=brief)
        self.top.tabs.transfer_words = self._transfer_words
        self.notice = NoticeLine(theme)
        self.notices = DeskNotice(self.notice, self)
        self._back = CallsBack(calls, door, self.notices, self._failed, self)
        self.alarm = AlarmBand(theme, calls, preferences.emergency_name, preferences.emergency_phone)
        self.call_desk = CallDesk(
            theme, pieces, calls, journal, self._look_up, agendas, differences, sending, registering
        )
        self._told = OthersTold(self.top, self.notices, calls, others, differences, self)
        differences.ended.connect(self.notices.say_news)
        differences.end_asked.connect(self._told.ask_end)
        self.receiving = receiving
        self.transfers_place = TransfersPlace(
            theme,
            receiving,
            self.rail,
            self.notices,
            calls,
            agendas,
            self.call_desk.slots,
            self.call_desk.slots_room,
            journal,
            pieces,
            lambda: self._preferences.desk,
            self,
        )
        self._prescribing = prescribing
        self.prescriptions_place = PrescriptionsPlace(
            theme,
            prescribing,
            self.rail,
            self.notices,
            calls,
            self.call_desk.checklist.selected_dispositif,
            journal,
            agendas.outside.phone,
            self,
        )
        self.places = Places(
            theme,
            pieces,
            calls,
            door,
            lambda: self._preferences,
            agendas.door,
            agendas.searches.answer_of,
            phone=agendas.outside.phone,
            accounts=accounts,
            transfers=self.transfers_place.workspace,
            prescriptions=self.prescriptions_place.workspace,
            waiting=registering.waiting,
            printing=printing,
            session=session,
            link=self._told.link_words,
        )
        self.bar = ActionBar(theme, brief=brief)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.call_desk)
        self.help = HelpPanel(theme, self)
        self._here = Place.CALL
        lay_out(self, theme, self.rail, (self.top, self.notice, self.alarm), self._stack, self.bar)
        tie_bar(self.bar, self.call_desk, self.prescriptions_place, self.transfers_place)
        self._connect()
        self.rail.show_place(self._here)
        self._refresh()
        self._order_tab()

    def _order_tab(self) -> None:
        """Tab goes from the workspace to the action bar, the top bar, the rail, what is announced."""
        stops: list[QWidget] = [*self.bar.stops, *self.top.stops]
        stops += [*self.rail.buttons.values(), self.rail.lock, self.notice.yes, self.notice.no]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        calls = self._calls
        self.rail.chosen.connect(self.show_place)
        self.rail.lock_wanted.connect(self.lock_wanted)
        self.top.new_wanted.connect(self.take_call)
        self.top.emergency_wanted.connect(self._emergency)
        self.top.call_chosen.connect(self._show_call)
        self.alarm.call_wanted.connect(self._show_call)
        self.alarm.left.connect(self._back_to_work)
        self.bar.hold_wanted.connect(self._hold)
        self.bar.close_wanted.connect(self._close_call)
        self.call_desk.new_wanted.connect(self.take_call)
        self.call_desk.open_wanted.connect(self.open_call)
        self.call_desk.ended.connect(self._ended)
        self.call_desk.settings_wanted.connect(self.link_agendas)
        prescriptions = self.prescriptions_place
        prescriptions.wanted.connect(self._to_prescriptions)
        prescriptions.call_wanted.connect(self.open_call)
        self.call_desk.checklist.selection_changed.connect(prescriptions.offer)
        self.bar.prescription_wanted.connect(self.prescribe)
        self._prescribing.desk.failed.connect(self._failed)
        prescriptions.offer()
        self._sending.changed.connect(self._follow)
        self.transfers.failed.connect(self._failed)
        self.call_desk.column.counted.connect(self.top.show_agendas)
        self.bar.book_wanted.connect(self._book)
        self._agendas.searches.failed.connect(self._failed)
        self._agendas.deals.failed.connect(self._failed)
        self.call_desk.place.widths_changed.connect(self.widths_changed)
        self.receiving.changed.connect(self._refresh)
        self.transfers_place.wanted.connect(self._to_transfers)
        self.transfers_place.call_wanted.connect(self._open_sent)
        self.transfers_place.call_shown.connect(self._to_sheet)
        self.transfers_place.source_wanted.connect(self._to_source)
        self.transfers_place.end_wanted.connect(self._to_call)
        self.transfers_place.end_wanted.connect(self.call_desk.ask_outcome)
        self.places.reopen_wanted.connect(self.open_call)
        self.places.call_shown.connect(self._to_call)
        self.places.preferences_changed.connect(self.preferences_changed)
        self.places.agendas_changed.connect(self._agendas.searches.load)
        self.help.act_chosen.connect(self._do_from_help)
        for signal in (calls.opened, calls.closed, calls.moved, calls.settled):
            signal.connect(self._follow)
        calls.shown.connect(self._follow)
        calls.ticked.connect(self.top.tick)
        calls.stored.connect(self._stored)
        self._journal.changed.connect(self._show_journal)
        self.places.take_over_wanted.connect(self._back.take_over)
        self._back.stock_taken.connect(self._stock_taken)
        self._back.came.connect(self._came_back)
        self._others.calls_changed.connect(self.places.refresh_calls)
        calls.shown.connect(self._told.ask_end)
        self._told.ask_end()

    # --- what the window asks ---------------------------------------------------------------------------

    def arrange(self, width: int) -> bool:
        """Take the arrangement that a window so wide allows; False when the frame must be made anew."""
        wanted = arrangement(width, self._theme.scale)
        narrow = wanted is Arrangement.ONE_COLUMN
        if narrow is not (self._arrangement is Arrangement.ONE_COLUMN):
            return False
        self._arrangement = wanted
        self.call_desk.arrange(wanted, width - self.rail.width() - 2 * self._theme.px(8))
        return True

    def base_ready(self) -> None:
        """The base is open: number the calls from its last one, offer those that were open."""
        desk = self._preferences.desk.code
        self._back.take_stock(desk)
        self._agendas.base_ready(desk)
        self.transfers.recover()
        self.receiving.start()
        self._prescribing.start()

    def where(self) -> Here:
        """Where the operator is, to come back there in another theme."""
        return Here(self._here, focused_name(), self.places.heading, self.places.page)

    def go_back_to(self, here: Here) -> None:
        """Go back to a place and to its field."""
        self.show_place(here.place)
        self.places.show_again(here.heading, here.page)
        focus_named(self._stack, here.field)

    def is_typing(self) -> bool:
        """Whether the focus is in a field that holds text."""
        return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)

    def take_preferences(self, preferences: Preferences) -> None:
        """Take preferences that change nothing of the look."""
        self._preferences = preferences
        self.alarm.set_emergency(preferences.emergency_name, preferences.emergency_phone)

    def show_session(self, session: Session) -> None:
        """Show who is here, and what they may not do."""
        unnamed = session.standing is Standing.WITHOUT_ACCOUNTS
        self.top.show_person(self._preferences.person if unnamed else session.name)
        self.rail.lock.setVisible(session.person is not None)
        may_take = session.may(Right.TAKE_CALL) or session.standing is Standing.NOBODY
        self.top.new_call.set_reason(None if may_take else who_may(Right.TAKE_CALL))
        may_transfer = session.may(Right.TRANSFER) or session.standing is Standing.NOBODY
        self.bar.allow_transfer(None if may_transfer else who_may(Right.TRANSFER))
        self.call_desk.transfer.is_allowed = may_transfer

    def say_trouble(self, sentence: str) -> None:
        """Say under the top bar what is wrong with the whole desk."""
        self.notices.say_trouble(sentence)

    def do(self, act: Act) -> None:
        """Do what a shortcut says."""
        if act in PLACE_OF:
            self.show_place(PLACE_OF[act])
            return
        acts: dict[Act, Callable[[], None]] = {
            Act.HELP: self.help.open,
            Act.NEW_CALL: self.take_call,
            Act.UNANNOUNCED: self.transfers_place.take_unannounced,
            Act.PRESCRIBE: self.prescribe,
            Act.HOLD: self._hold,
            Act.EMERGENCY: self._emergency,
            Act.NEXT_CALL: lambda: self._step(1),
            Act.PREVIOUS_CALL: lambda: self._step(-1),
            Act.SEARCH: self._search,
        }
        doing = acts.get(act)
        if doing is not None:
            doing()
        elif self._here is Place.CALL:
            self.call_desk.do(act)
        elif self._workspace_does(act):
            pass
        elif act is Act.DIAL:
            dial_shown_in(cast("QWidget", self._stack.currentWidget()))
        elif act in (Act.NEXT_PANE, Act.PREVIOUS_PANE):
            self.focusNextPrevChild(act is Act.NEXT_PANE)

    def _workspace_does(self, act: Act) -> bool:
        if self._here is Place.TRANSFERS:
            return self.transfers_place.do(act)
        return self._here is Place.PRESCRIPTIONS and self.prescriptions_place.do(act)

    def take_call(self) -> None:
        """A new call, the keyboard in its first field."""
        self.call_desk.finish_typing()
        try:
            self._calls.take()
        except Refusal as refusal:
            self.notices.say_trouble(refusal.message)
            return
        self._to_call()
        self.call_desk.begin()

    def open_call(self, call_id: str) -> None:
        """Show a call: an open one, else a closed one taken up again."""
        mine = next((call for call in self._calls.calls if call.record.id == call_id), None)
        if mine is not None:
            self._show_call(mine)
        else:
            self._back.take_up(call_id)

    def show_place(self, place: Place) -> None:
        """Put a workspace on screen, the keyboard where work begins in it."""
        self._here = place
        self.rail.show_place(place)
        self.bar.stand_aside(place in (Place.TRANSFERS, Place.PRESCRIPTIONS))
        if place is not Place.PRESCRIPTIONS:
            self.bar.offer_document("", None)
        if place is Place.CALL:
            self._stack.setCurrentWidget(self.call_desk)
            return
        workspace = self.places.workspace(place)
        if self._stack.indexOf(workspace) < 0:
            self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)
        self.places.enter(place)
        if place is Place.PRESCRIPTIONS:
            self.prescriptions_place.entered()

    # --- acts -------------------------------------------------------------------------------------------

    def _to_call(self) -> None:
        self.show_place(Place.CALL)

    def _open_sent(self, call_id: str) -> None:
        """A call that this desk sent, wherever it was left: here, open and put aside, or ended."""
        mine = next((call for call in self._calls.calls if call.record.id == call_id), None)
        if mine is not None:
            self._show_call(mine)
        else:
            self._back.take_over(call_id)

    def _to_source(self, dispositif: str) -> None:
        self._to_call()
        self.call_desk.checklist.focus_dispositif(dispositif)
        self.call_desk.checklist.show_source()

    def _to_sheet(self) -> None:
        self._to_call()
        self.call_desk.begin()

    def prescribe(self) -> None:
        """F7: the nurse prescription of the call on screen."""
        self.call_desk.finish_typing()
        self.prescriptions_place.prescribe()

    def _to_prescriptions(self) -> None:
        self.show_place(Place.PRESCRIPTIONS)

    def _to_transfers(self) -> None:
        self.show_place(Place.TRANSFERS)

    def _show_call(self, call: OpenCall) -> None:
        self.call_desk.finish_typing()
        self._to_call()
        self._calls.show(call)

    def _ended(self) -> None:
        if self._calls.current is None:
            self.call_desk.no_call.take.setFocus()
        else:
            self.call_desk.begin()

    def _hold(self) -> None:
        if self._here in (Place.CALL, Place.TRANSFERS):
            self._calls.hold_or_resume()

    def _book(self) -> None:
        self._to_call()
        self.call_desk.slots.book()

    def link_agendas(self) -> None:
        """Show where agendas are declared."""
        self.show_place(Place.PREFERENCES)
        self.places.show_heading("Agendas")

    def _close_call(self) -> None:
        self._to_call()
        self.call_desk.ask_outcome()

    def _transfer_words(self, call: OpenCall) -> str:
        transfer = self._sending.transfer(call)
        return tab_words(transfer) if transfer is not None else self.receiving.tab_words(call)

    def _emergency(self) -> None:
        if self._calls.current is not None:
            self._to_call()
            self._calls.raise_alarm()

    def _step(self, step: int) -> None:
        self.call_desk.finish_typing()
        self._to_call()
        self._calls.show_next(step)

    def _search(self) -> None:
        self.show_place(Place.FOLLOW_UP)

    def _back_to_work(self) -> None:
        """Give the keyboard back to where it was in the workspace on screen."""
        workspace = cast("QWidget", self._stack.currentWidget())
        last = cast("QWidget | None", workspace.focusWidget())
        (workspace if last is None else last).setFocus(Qt.FocusReason.OtherFocusReason)

    def _do_from_help(self, act: Act) -> None:
        window = self.window()
        doing = getattr(window, "do", None)
        if doing is not None:
            doing(act)

    # --- the store --------------------------------------------------------------------------------------

    def _stock_taken(self, offered: bool) -> None:
        self.ready.emit()
        # A call that was taken before the base had answered keeps the keyboard.
        if self._calls.current is None:
            (self.notice.yes if offered else self.call_desk.no_call.take).setFocus()

    def _came_back(self) -> None:
        self._to_call()
        self.call_desk.begin_again()

    def _stored(self, failure: StoreFailure | None) -> None:
        self.notices.say_trouble(failure.message if failure is not None else None)

    def _failed(self, failure: StoreFailure) -> None:
        self.notices.say_trouble(failure.message)

    def _look_up(self, name: str, phone: str, then: Persons) -> None:
        def of_other_calls(found: Sequence[KnownPerson]) -> None:
            current = self._calls.current
            same = self.transfers.calls_with(current.record.id) if current is not None else ()
            then([one for one in found if one.call_id not in same])

        self._door.ask(known_persons(name, phone), of_other_calls, self._failed)

    # --- what is shown ----------------------------------------------------------------------------------

    def _follow(self, call: object) -> None:
        self._refresh()

    def _refresh(self) -> None:
        current = self._calls.current
        if self.top.rebuild(current, self._calls.clock()):
            self._order_tab()
        self.bar.show_call(current)
        self._show_journal()

    def _show_journal(self, call_id: str = "") -> None:
        current = self._calls.current
        self.bar.show_journal(self._journal.lines(current.record.id) if current is not None else [])
