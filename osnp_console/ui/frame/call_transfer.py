"""The transfer of the call on screen: its panel, its keys, and where its ways on lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.checklist.access_words import shown_phone
from osnp_console.app.checklist.criterion_words import DetailLine, Part, source_sheet
from osnp_console.app.checklist.in_hand import ChecklistInHand
from osnp_console.app.slots.words import Names
from osnp_console.app.telephony.dial import Dialled
from osnp_console.app.transfer.line_choice import NO_LINE, LineChoice, choose_line, has_line, line_of
from osnp_console.app.transfer.next_ways import NextWay, WayKind
from osnp_console.app.transfer.panel import Around, PanelShown, asked_shown, transfer_shown
from osnp_console.app.transfer.panel_words import OtherMove, UsualAct, usual_act
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import in_paris
from osnp_console.domain.natures import cpts_name
from osnp_console.domain.slots.slot import Slot as SlotOfAgenda
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.ui.agendas.searches import AgendaSearches, CallSlots
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.checklist.panel import ChecklistPanel
from osnp_console.ui.frame.call_place import CHECKLIST, SLOTS, TRANSFER, CallPlace
from osnp_console.ui.frame.shortcuts import Act, shortcut
from osnp_console.ui.slots.panel import SlotsPanel
from osnp_console.ui.telephony.phone_desk import PhoneDesk
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.panel import OTHER, SLOT, WHY, TransferPanel
from osnp_console.ui.transfer.sending import OTHER_FORM, SLOT_FORM, TRANSFERRED, WHY_FORM, SendingDesk

RECEIVED = "Cet appel est celui d’un transfert reçu\u202f: il se suit dans Transferts."
REGULATOR_OUTCOME = "rendu_arm"


class CallTransfer(QObject):
    """Brings the panel of one theme together with the transfers of the desk.

    Signals:
        offered(object, bool): why no transfer can begin or be seen (None: one can); whether the panel is what
            is looked at.
        ended(): the call was closed, transferred.
        outcome_wanted(str): the outcomes are wanted, the bar on that one.
        field_wanted(str): the field that answers what the line needs.
    """

    offered = Signal(object, bool)
    ended = Signal()
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
        self._checklists: dict[str, ChecklistInHand] = {}
        self._names = {one.id: cpts_name(one.cpts) for one in catalogue.dispositifs}
        self._minute = -1
        self._best: SlotOfAgenda | None = None
        self.panel = TransferPanel(theme, shortcut(Act.PATIENT).shown)
        self.finish_typing: Callable[[], None] = lambda: None
        self.is_allowed = True
        """Whether whoever is here may transfer; the frame says so."""
        self._phone = phone

    def live_in(self, place: CallPlace, checklist: ChecklistPanel, slots: SlotsPanel) -> None:
        """Say where the panel stands, what is selected, and where ways on lead; then begin."""
        self._place, self._checklist, self._slots = place, checklist, slots
        self._connect()
        self._shown(self._calls.current)

    def _connect(self) -> None:
        panel, calls = self.panel, self._calls
        panel.usual_wanted.connect(self.do_usual)
        panel.dial_wanted.connect(self.dial)
        panel.other_chosen.connect(self._do_other)
        panel.cancelled.connect(self._cancel)
        panel.patient_wanted.connect(self.toggle_patient)
        panel.way_taken.connect(self._take_way)
        panel.ask_wanted.connect(self.field_wanted)
        panel.source_wanted.connect(self._show_source)
        panel.typed.connect(self._typed)
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
            self.do_usual()
        elif self._sending.exists(call):
            self._see()
        else:
            choice = self._choice(call) if not self._sending.is_received(call) else None
            if choice is not None:
                self.finish_typing()
                self._sending.begin(call, choice)

    def do_usual(self) -> None:
        """The next step; nothing right after a step has changed."""
        call, sending = self._calls.current, self._sending
        if call is None or sending.guard.isActive():
            return
        self.finish_typing()
        if sending.of(call).asked is not None:
            if not sending.go_on_anyway(call):
                self.panel.ask_why()
            else:
                self.panel.take_focus()
            return
        transfer = sending.transfer(call)
        if transfer is None:
            return
        match usual_act(transfer):
            case UsualAct.MOVE if transfer.usual is not None:
                sending.move(call, transfer.usual)
            case UsualAct.CLOSE_CALL:
                self._calls.settle()
                self._calls.close(TRANSFERRED)
                self.ended.emit()
            case UsualAct.ANEW:
                choice = self._choice(call)
                if choice is not None:
                    sending.begin(call, choice)

    def open_others(self) -> None:
        """Maj+F8: what else may happen; the panel is brought back first."""
        if self.is_seen:
            self.panel.open_others()
        elif self._calls.current is not None and self._sending.exists(self._calls.current):
            self._see()

    def dial(self) -> None:
        """Ctrl+T: call the line."""
        call = self._calls.current
        if call is not None:
            self.finish_typing()
            self._sending.dial(call)

    def toggle_patient(self) -> None:
        """The patient hung up, or is on the phone again."""
        call = self._calls.current
        if call is not None:
            self._sending.toggle_patient(call)

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

    @Slot(object, object)
    def _edited(self, call: OpenCall, changed: frozenset[str]) -> None:
        if call is self._calls.current and (changed or self.is_seen):
            self._refresh()

    @Slot(object)
    def _slots_changed(self, slots: CallSlots) -> None:
        if slots.call is self._calls.current and self.is_seen:
            best = slots.board.next_best("")
            if (best.slot if best is not None else None) != self._best:
                self._refresh_panel(slots.call)

    @Slot(object)
    def _closed(self, call: OpenCall) -> None:
        self._checklists.pop(call.record.id, None)

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
        shown = self._read(call)
        if shown is None:
            return
        transfer = self._sending.transfer(call)
        key = transfer.id if transfer is not None else ""
        typed = {
            WHY: self._sending.typed(WHY_FORM, call.record.id),
            SLOT: self._sending.typed(SLOT_FORM, key),
            OTHER: self._sending.typed(OTHER_FORM, key),
        }
        self.panel.show_panel(shown, typed, self._calls.clock())

    def _read(self, call: OpenCall) -> PanelShown | None:
        sent, transfer = self._sending.of(call), self._sending.transfer(call)
        around = self._around(call)
        if sent.asked is not None:
            # As it stands now: what was just answered may have met its conditions.
            sent.asked = line_of(call, sent.asked.dispositif, around.now) or sent.asked
            return asked_shown(call, sent.asked, around)
        return transfer_shown(call, transfer, around) if transfer is not None else None

    def _around(self, call: OpenCall) -> Around:
        sent, now = self._sending.of(call), in_paris(self._calls.clock())
        board = self._searches.slots_of(call).board
        best = board.next_best("")
        self._best = best.slot if best is not None else None
        return Around(
            self._catalogue,
            self._in_hand(call).arrange(now),
            Names(board.pool.names, self._names),
            now,
            slot=best,
            late=sent.late,
            resumed=sent.is_resumed,
            anew=self._choice(call),
        )

    def _in_hand(self, call: OpenCall) -> ChecklistInHand:
        found = self._checklists.get(call.record.id)
        if found is None or found.call is not call:
            found = self._checklists[call.record.id] = ChecklistInHand(call, self._catalogue.facts)
        return found

    def _choice(self, call: OpenCall) -> LineChoice | None:
        now = in_paris(self._calls.clock())
        answer = self._checklist.current_answer()
        selected = answer.judgement.dispositif if answer is not None else None
        return choose_line(call, selected, self._in_hand(call).arrange(now), now)

    def _offer(self, call: OpenCall | None) -> None:
        """Tell the action bar whether F8 can do something, and whether the panel is seen."""
        if call is None:
            self.offered.emit(None, False)
            return
        if self._sending.is_received(call):
            self.offered.emit(RECEIVED, False)
            return
        can = self._sending.exists(call) or self._can_begin(call)
        self.offered.emit(None if can else NO_LINE, self.is_seen)

    def _can_begin(self, call: OpenCall) -> bool:
        now = in_paris(self._calls.clock())
        if has_line(call, now):
            return True
        answer = self._checklist.current_answer()
        return answer is not None and self._choice(call) is not None

    # --- what the panel asks ----------------------------------------------------------------------------

    @Slot(object, str)
    def _do_other(self, one: OtherMove, text: str) -> None:
        call = self._calls.current
        if call is not None:
            self._sending.move(call, one.move, one.reason, text)

    @Slot()
    def _cancel(self) -> None:
        call = self._calls.current
        if call is not None:
            self._sending.move(call, TransferMove.CANCEL)

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

    @Slot(str, str)
    def _typed(self, field: str, text: str) -> None:
        call = self._calls.current
        if call is None:
            return
        transfer = self._sending.transfer(call)
        form = {WHY: WHY_FORM, SLOT: SLOT_FORM, OTHER: OTHER_FORM}[field]
        key = call.record.id if field == WHY else transfer.id if transfer is not None else ""
        if text:
            self._sending.unfinished.hold(form, key, text)
        else:
            self._sending.unfinished.drop(form, key)

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
