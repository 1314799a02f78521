"""Which key does what in the workspace Appel: a transfer or a registration on screen has it first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.checklist.panel import ChecklistPanel
from osnp_console.ui.frame.call_place import CHECKLIST, INTAKE, SLOTS, CallPlace
from osnp_console.ui.frame.call_transfer import CallTransfer
from osnp_console.ui.frame.shortcuts import Act
from osnp_console.ui.intake.panel import IntakePanel
from osnp_console.ui.slots.panel import SlotsPanel
from osnp_console.ui.telephony.shown_number import dial_shown_in
from osnp_console.ui.waiting.call_waiting import CallWaiting, registers


@dataclass(frozen=True, slots=True)
class CallPanes:
    """The panes of a call, and the place where they stand beside or over one another."""

    place: CallPlace
    intake: IntakePanel
    checklist: ChecklistPanel
    slots: SlotsPanel
    waiting: CallWaiting
    transfer: CallTransfer


class CallKeys:
    """Does what a shortcut says to the call on screen."""

    def __init__(
        self,
        calls: DeskCalls,
        panes: CallPanes,
        desk: QWidget,
        ask_outcome: Callable[[], None],
        make_transfer_sheet: Callable[[], None],
    ) -> None:
        """`desk` is the whole workspace: a number shown anywhere in it can be dialled."""
        self._calls, self._panes, self._desk = calls, panes, desk
        self._make_transfer_sheet = make_transfer_sheet
        self._own: Mapping[Act, Callable[[], object]] = {
            Act.NEXT_QUESTION: self.go_to_question,
            Act.NEXT_PANE: lambda: panes.place.go_round(1),
            Act.PREVIOUS_PANE: lambda: panes.place.go_round(-1),
            Act.CLOSE_CALL: ask_outcome,
            Act.SOURCE: self._source,
            Act.TRANSFER: self.transfer_or_register,
            Act.TRANSFER_OTHER: panes.transfer.open_others,
            Act.PATIENT: panes.transfer.acts.toggle_patient,
            Act.NOTE: self._to_note,
            Act.COPY: self._copy,
            Act.REFRESH: panes.slots.refresh_search,
            Act.FILTERS: self._to_filters,
            Act.BOOK: self._book,
            Act.DIAL: self._dial,
            Act.PRINT: self._print,
            Act.KEEP_MINE: lambda: self._choose(panes.intake.keep_mine),
            Act.TAKE_THEIRS: lambda: self._choose(panes.intake.take_theirs),
        }

    def do(self, act: Act) -> bool:
        """Do what a shortcut of this workspace says; False when it is none of its own."""
        doing = self._own.get(act)
        if doing is None:
            return False
        if self._calls.current is not None:
            doing()
        return True

    def go_to_question(self) -> None:
        """Put the keyboard where the next question is answered."""
        call, panes = self._calls.current, self._panes
        asked = panes.transfer.panel.to_ask() if panes.transfer.is_seen else panes.waiting.to_ask()
        if asked:
            self.to_field(asked)
            return
        if call is None or call.question is None:
            return
        if panes.checklist.take_question():
            panes.place.show_pane(CHECKLIST)
        else:
            panes.place.show_pane(INTAKE)
            panes.intake.focus_question()

    def to_field(self, fact: str) -> None:
        """Put the keyboard in the field of a fact."""
        self._panes.place.show_pane(INTAKE)
        self._panes.intake.focus_field(fact)

    def transfer_or_register(self) -> None:
        """F8: transfer, or register on the list of a row that is reached by registering."""
        panes = self._panes
        answer = panes.checklist.current_answer()
        if registers(answer) and not panes.transfer.goes_on:
            panes.intake.finish_typing()
            panes.waiting.open(answer)
        else:
            panes.transfer.go_on()

    def _source(self) -> None:
        transfer, checklist = self._panes.transfer, self._panes.checklist
        (transfer.show_source if transfer.is_seen else checklist.show_source)()

    def _book(self) -> None:
        """Not what lies unseen under a transfer or a registration, which has this key itself."""
        panes = self._panes
        if panes.waiting.is_seen and not panes.transfer.is_seen:
            panes.waiting.panel.do_act()
        elif not panes.transfer.is_seen:
            panes.slots.book()

    def _copy(self) -> None:
        """The text to read aloud, what the card shows to be copied, else the slot's number or the line's."""
        panes = self._panes
        if panes.transfer.is_seen:
            panes.transfer.panel.copy_text()
            return
        if panes.waiting.is_seen:
            panes.waiting.panel.copy_text()
            return
        card = panes.slots.view.card
        for name in ("copy_read_out", "copy_search_words", "copy_number"):
            copy = getattr(card, name, None)
            if copy is not None:
                copy()
                return
        panes.slots.copy_number()

    def _dial(self) -> None:
        if self._panes.transfer.is_seen:
            self._panes.transfer.acts.dial()
        else:
            dial_shown_in(self._desk)

    def _print(self) -> None:
        if self._panes.transfer.is_seen:
            self._make_transfer_sheet()
            return
        print_out = getattr(self._panes.slots.view.card, "print_read_out", None)
        if print_out is not None:
            print_out()

    def _to_filters(self) -> None:
        self._panes.place.show_pane(SLOTS)
        self._panes.slots.toggle_filters()

    def _to_note(self) -> None:
        self._panes.place.show_pane(INTAKE)
        self._panes.intake.focus_note()

    def _choose(self, choose: Callable[[], bool]) -> None:
        """Of what both desks changed; behind a tab it is shown first."""
        if not choose():
            self._panes.place.show_pane(INTAKE)
