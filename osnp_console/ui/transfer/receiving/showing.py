"""What the pane says of a transfer, made from what this desk knows of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.slots.words import hour_word
from osnp_console.app.transfer.line_moves import Foot, LineAct, foot_of
from osnp_console.app.transfer.received_words import received
from osnp_console.app.transfer.spoken import explanation, patient_noun, registration
from osnp_console.app.transfer.stepper import steps_shown
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.call import Call
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import Desk
from osnp_console.domain.sheet_reading import read_sheet
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.transfer.moves import TransferState
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.ui.agendas.deal import Stage
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.slots.panel import SlotsPanel
from osnp_console.ui.transfer.receiving import pane as parts
from osnp_console.ui.transfer.receiving.desk import ReceivingDesk
from osnp_console.ui.transfer.receiving.pane import TransferPane


@dataclass(frozen=True, slots=True)
class Sources:
    """What words are made from. `desk` gives this desk as it is set now."""

    words: CallSheetWords
    check: CheckEligibility
    desk: Callable[[], Desk]


class PaneShowing:
    """Fills a TransferPane; decides nothing."""

    def __init__(
        self,
        pane: TransferPane,
        receiving: ReceivingDesk,
        calls: DeskCalls,
        deals: Deals,
        slots: SlotsPanel,
        sources: Sources,
    ) -> None:
        self._pane, self._receiving, self._calls = pane, receiving, calls
        self._deals, self._slots, self._sources = deals, slots, sources

    def show(self, transfer: Transfer | None) -> None:
        """Show a transfer; None when none is chosen."""
        pane, receiving = self._pane, self._receiving
        pane.show_parts(shown=transfer is not None)
        if transfer is None:
            pane.show_steps((), self._calls.clock())
            pane.show_slots(here=False)
            return
        call, record = receiving.line_calls.of(transfer), receiving.people.of(transfer)
        pane.show_steps(steps_shown(transfer), self._calls.clock())
        seen = received(record, transfer, self._sources.words) if record is not None else None
        pane.patient.show_received(seen, may_correct=call is not None and self._is_mine(transfer))
        here = self._has_slots(transfer, call)
        pane.show_slots(here=here, why=self._why_no_slots(transfer, call))
        pane.want_part(parts.SLOTS, wanted=receiving.answers)
        self._show_told(transfer, call, record)
        has_card = here and self._slots.view.card is not None
        foot = self.foot(transfer)
        # To give it back is no answer to the question: its button stands in the bar under the workspace.
        acts = tuple(one for one in foot.acts if one.act is not LineAct.GIVE_BACK)
        pane.foot.show_foot(Foot(foot.question, acts), gives_way=has_card)
        pane.fit()

    def foot(self, transfer: Transfer) -> Foot:
        """The question and the buttons of a transfer as it stands."""
        call = self._receiving.line_calls.of(transfer)
        deal = self._deals.of(call) if call is not None else None
        line_calls = self._receiving.line_calls
        slot = self.slot_of(transfer)
        return foot_of(
            transfer,
            self._receiving.code,
            answers=self._receiving.answers,
            hour=hour_word(slot.start) if slot is not None else "",
            busy=deal.busy if deal is not None else "",
            left_open=line_calls.is_left_open(transfer),
            booked=line_calls.booked_in_vain(transfer),
        )

    def slot_of(self, transfer: Transfer) -> Slot | None:
        """The slot that was booked for the patient, else the one that is chosen in the column."""
        call = self._receiving.line_calls.of(transfer)
        if call is None or call is not self._calls.current:
            return None
        appointment = self._deals.of(call).appointment
        if appointment is not None and appointment.state is AppointmentState.BOOKED:
            return appointment.slot
        row = self._slots.chosen_row
        return row.one.slot if row is not None else None

    # --- inside -----------------------------------------------------------------------------------------

    def _is_mine(self, transfer: Transfer) -> bool:
        return self._receiving.line_calls.is_mine(transfer)

    def _has_slots(self, transfer: Transfer, call: OpenCall | None) -> bool:
        """Whether slots are chosen here; once the transfer is over, only the card of a booking stays."""
        if call is None or call is not self._calls.current or not self._is_mine(transfer):
            return False
        deal = self._deals.of(call)
        return not transfer.is_settled or bool(deal.busy) or deal.stage is not Stage.NONE

    def _why_no_slots(self, transfer: Transfer, call: OpenCall | None) -> str:
        if transfer.is_settled:
            return parts.OVER
        if transfer.taken is None:
            return parts.NO_CALL_YET
        return parts.NOT_HERE if self._is_mine(transfer) else parts.THEIRS

    def _show_told(self, transfer: Transfer, call: OpenCall | None, record: CallRecord | None) -> None:
        told, line = self._pane.told, self._receiving.line_of(transfer)
        facts = call.call if call is not None else self._facts(record)
        # To a patient who is not registered after all, nothing of the kind is said.
        goes_on = not transfer.is_settled or transfer.state is TransferState.REGISTERED
        wanted = self._receiving.answers and goes_on and line is not None and facts is not None
        self._pane.want_part(parts.TOLD, wanted=wanted)
        if line is None or facts is None:
            return
        said = explanation(line.line, self.slot_of(transfer), self._calls.clock())
        recorded = registration(line.line, facts, transfer, self._sources.check.catalogue)
        told.show_told(patient_noun(facts), said, recorded)

    def _facts(self, record: CallRecord | None) -> Call | None:
        if record is None:
            return None
        day = in_paris(record.taken_at).date()
        return read_sheet(record.sheet, self._sources.desk(), self._sources.check.words, day).call
