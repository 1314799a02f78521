"""The transfer of the call on screen: its panel, its keys, and where its ways on lead."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.checklist.access_words import shown_phone
from osnp_console.app.checklist.criterion_words import DetailLine, Part, source_sheet
from osnp_console.app.telephony.dial import Dialled
from osnp_console.app.transfer.line_choice import NO_LINE
from osnp_console.app.transfer.next_ways import NextWay, WayKind
from osnp_console.app.transfer.panel_words import announced_words
from osnp_console.app.transfer.spoken import patient_noun
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import in_paris
from osnp_console.ui.agendas.searches import AgendaSearches, CallSlots
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.checklist.live import LiveLabel
from osnp_console.ui.checklist.panel import ChecklistPanel
from osnp_console.ui.frame.call_place import CHECKLIST, SLOTS, TRANSFER, CallPlace
from osnp_console.ui.frame.shortcuts import Act, shortcut
from osnp_console.ui.slots.panel import SlotsPanel
from osnp_console.ui.telephony.phone_desk import PhoneDesk
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.panel import TransferPanel
from osnp_console.ui.transfer.panel_acts import PanelActs
from osnp_console.ui.transfer.reading import TransferReading
from osnp_console.ui.transfer.sending import SendingDesk

RECEIVED = "Cet appel est celui d’un transfert reçu\u202f: il se suit dans Transferts."
REGULATOR_OUTCOME = "rendu_arm"


class CallTransfer(QObject):
    """Brings the panel of one theme together with the transfers of the desk.

    Signals:
        offered(object, bool): why no transfer can begin or be seen (None: one can); whether the panel is what
            is looked at.
        going_on(bool): whether the call has a transfer, seen or not.
        outcome_wanted(str): the outcomes are wanted, the bar on that one.
        field_wanted(str): the field that answers what the line needs.
    """

    offered = Signal(object, bool)
    going_on = Signal(bool)
    outcome_wanted = Signal(str)
    field_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        calls: DeskCalls,
        sending: SendingDesk,
        searches: AgendaSearches,
        phone: PhoneDesk,
        catalogue: Catalogue,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls, self._sending, self._searches = calls, sending, searches
        self._catalogue = catalogue
        self._reading = TransferReading(catalogue, sending, searches, calls.clock)
        self._minute = -1
        self.panel = TransferPanel(theme, shortcut(Act.PATIENT).shown)
        self.acts = PanelActs(self.panel, calls, sending, self._reading, self)
        self.is_allowed = True
        """Whether whoever is here may transfer; the frame says so."""
        self._phone = phone

    def live_in(self, place: CallPlace, checklist: ChecklistPanel, slots: SlotsPanel) -> None:
        """Say where the panel stands, what is selected, and where ways on lead; then begin."""
        self._place, self._checklist, self._slots = place, checklist, slots
        self._live = LiveLabel(place)
        self._reading.selected = checklist.selected_dispositif
        self._connect()
        self._shown(self._calls.current)

    def _connect(self) -> None:
        panel, calls = self.panel, self._calls
        panel.way_taken.connect(self._take_way)
        panel.ask_wanted.connect(self.field_wanted)
        panel.source_wanted.connect(self._show_source)
        panel.left.connect(self.leave)
        self._place.transfer_shown.connect(self._looked_at)
        self._sending.changed.connect(self._changed)
        self._sending.came.connect(self._came)
        self._checklist.selection_changed.connect(self._offer_again)
        self._searches.changed.connect(self._slots_changed)
        calls.shown.connect(self._shown)
        calls.settled.connect(self._changed)
        calls.moved.connect(self._changed)
        calls.edited.connect(self._edited)
        calls.closed.connect(self._closed)
        calls.ticked.connect(self._ticked)
        self._phone.ended.connect(self._dialled)

    # --- what the window asks ---------------------------------------------------------------------------

    @property
    def is_seen(self) -> bool:
        """Whether the panel is what stands beside the form, or in its place."""
        return self._calls.current is not None and self._place.shows_transfer

    @property
    def goes_on(self) -> bool:
        """Whether the call has a transfer, or the panel of one that is not prepared yet."""
        call = self._calls.current
        return call is not None and self._sending.exists(call)

    def go_on(self) -> None:
        """F8: begin a transfer, bring its panel back, or do its next step."""
        call = self._calls.current
        if call is None or not self.is_allowed:
            return
        if self.is_seen:
            self.acts.do_usual()
        elif self._sending.exists(call):
            self._see()
        else:
            choice = self._reading.choice(call) if not self._sending.is_received(call) else None
            if choice is not None:
                self.acts.finish_typing()
                self._sending.begin(call, choice)

    def open_others(self) -> None:
        """Maj+F8: what else may happen; the panel is brought back first."""
        if self.is_seen:
            self.panel.open_others()
        elif self._calls.current is not None and self._sending.exists(self._calls.current):
            self._see()

    def leave(self) -> bool:
        """Échap: the checklist again; False where the panel is not seen."""
        call = self._calls.current
        if call is None or not self.is_seen:
            return False
        if self.panel.shows_source:
            self.panel.hide_source()
            return True
        self._sending.leave(call)
        self._place.set_transfer(there=self._sending.exists(call))
        self._place.go_to(CHECKLIST)
        return True

    def take_focus(self) -> None:
        """Give the keyboard to the panel."""
        self.panel.take_focus()

    def show_source(self) -> None:
        """Ctrl+I: where the first reminder is read."""
        self._show_source(0)

    # --- what is shown ----------------------------------------------------------------------------------

    def _see(self) -> None:
        call = self._calls.current
        if call is None:
            return
        self._sending.of(call).is_open = True
        self._refresh()
        self._place.go_to(TRANSFER)

    @Slot(object)
    def _shown(self, call: OpenCall | None) -> None:
        """Another call is on screen: its panel, as it was left."""
        self.panel.begin_call()
        self._live.know(self._stands(call) if call is not None else "")
        there = call is not None and self._sending.exists(call)
        is_open = call is not None and there and self._sending.of(call).is_open
        self._place.set_transfer(there=there)
        if is_open:
            self._place.show_pane(TRANSFER)
        elif self._place.shows_transfer:
            self._place.show_pane(CHECKLIST)
        self._refresh()

    @Slot(object)
    def _came(self, call: OpenCall) -> None:
        if call is not self._calls.current:
            return
        self._place.set_transfer(there=True)
        self._refresh()
        self._place.show_pane(TRANSFER)
        self._refresh()
        # One that was found again takes the keyboard from nobody who is typing.
        if not self._sending.of(call).is_resumed or not _is_typing():
            self.panel.take_focus()

    @Slot(object)
    def _changed(self, call: OpenCall) -> None:
        if call is self._calls.current:
            self._refresh()
            if not self.is_seen:
                self._live.announce(self._stands(call))

    def _stands(self, call: OpenCall) -> str:
        """Where the transfer of a call stands, for who does not look at its panel; empty without one."""
        transfer = self._sending.transfer(call)
        return announced_words(transfer, patient_noun(call.call)) if transfer is not None else ""

    @Slot(object, object)
    def _edited(self, call: OpenCall, changed: frozenset[str]) -> None:
        if call is self._calls.current and (changed or self.is_seen):
            self._refresh()

    @Slot(object)
    def _slots_changed(self, slots: CallSlots) -> None:
        if slots.call is self._calls.current and self.is_seen and self._reading.has_other_best(slots.call):
            self._refresh_panel(slots.call)

    @Slot(object)
    def _closed(self, call: OpenCall) -> None:
        self._reading.forget(call)

    @Slot(bool)
    def _looked_at(self, seen: bool) -> None:
        call = self._calls.current
        if call is not None:
            self._sending.of(call).is_open = seen
            self._refresh()

    @Slot(object)
    def _ticked(self, now: datetime) -> None:
        if now.minute != self._minute:
            self._minute = now.minute
            self._refresh()
        elif self.is_seen:
            self.panel.tick(now)

    @Slot(object)
    def _offer_again(self, answer: object) -> None:
        self._offer(self._calls.current)

    def _refresh(self) -> None:
        call = self._calls.current
        self._place.set_transfer(there=call is not None and self._sending.exists(call))
        if call is not None and self.is_seen:
            self._refresh_panel(call)
        self._offer(call)

    def _refresh_panel(self, call: OpenCall) -> None:
        shown = self._reading.panel(call)
        if shown is None:
            return
        self.panel.show_panel(shown, self.acts.typed(), self._calls.clock())

    def _offer(self, call: OpenCall | None) -> None:
        """Tell the action bar whether F8 can do something, and whether the panel is seen."""
        self.going_on.emit(self.goes_on)
        if call is None:
            self.offered.emit(None, False)
            return
        if self._sending.is_received(call):
            self.offered.emit(RECEIVED, False)
            return
        can = self._sending.exists(call) or self._reading.can_begin(call)
        self.offered.emit(None if can else NO_LINE, self.is_seen)

    # --- what the panel asks ----------------------------------------------------------------------------

    @Slot(object)
    def _take_way(self, way: NextWay) -> None:
        """Go where a way on leads: the slot chosen, ready to be booked; the row; the doctor."""
        call = self._calls.current
        if call is None:
            return
        if way.kind is WayKind.REGULATOR:
            self.outcome_wanted.emit(REGULATOR_OUTCOME)
            return
        self._sending.leave(call)
        self._place.set_transfer(there=self._sending.exists(call))
        if way.kind is WayKind.SLOT:
            self._place.show_pane(SLOTS)
            self._slots.select(way.target)
            self._slots.take_focus()
        else:
            self._place.show_pane(CHECKLIST)
            self._checklist.focus_dispositif(way.target)

    @Slot(int)
    def _show_source(self, number: int) -> None:
        shown = self.panel.shown
        if shown is None or number >= len(shown.line.to_remind):
            return
        said, today = shown.line.to_remind[number], in_paris(self._calls.clock()).date()
        line = DetailLine(f"rappel {number}", Part.ADVICE, said.text, source=said.source)
        sheet = source_sheet(shown.header.dispositif, line, self._catalogue.documents, today)
        self.panel.show_source(sheet)

    @Slot(str, object)
    def _dialled(self, number: str, dialled: Dialled) -> None:
        call = self._calls.current
        transfer = self._sending.transfer(call) if call is not None else None
        if transfer is not None and shown_phone(transfer.line.number) == number:
            self.panel.number.say(dialled.sentence)


def _is_typing() -> bool:
    return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
