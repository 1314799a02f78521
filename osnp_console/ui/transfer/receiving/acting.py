"""What the line's desk does with a transfer: each act marked at once, or asked about first in place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from osnp_console.app.transfer.line_moves import MOVES_OF, LineAct
from osnp_console.app.transfer.words import refused_words, taken_words
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.ui.forms_kept import AGREED_FORM, FAILURE_FORM, REFUSAL_FORM
from osnp_console.ui.slots.panel import SlotsPanel
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.asked import SlotAsked
from osnp_console.ui.transfer.receiving.desk import ReceivingDesk
from osnp_console.ui.transfer.receiving.in_place import InPlace, keep_typed
from osnp_console.ui.transfer.receiving.reasons import ReasonList
from osnp_console.ui.transfer.receiving.showing import PaneShowing
from osnp_console.ui.unfinished import Unfinished

GUARD = timedelta(milliseconds=400)
"""A key does nothing for so long after a step changed: it meant the step before (interface, §6)."""


class TransferActs(QObject):
    """The acts of one workspace, with the questions they ask over it.

    Signals:
        unbook_wanted(object): what is booked for a Transfer that came to nothing is to be given back.
        end_wanted(object): the call of a Transfer that is over is to be ended.
    """

    unbook_wanted = Signal(object)
    end_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        receiving: ReceivingDesk,
        slots: SlotsPanel,
        showing: PaneShowing,
        clock: Callable[[], datetime],
        unfinished: Unfinished,
        over: QWidget,
    ) -> None:
        """The questions stand over `over`; `unfinished` holds what is typed in them and was not said yet."""
        super().__init__(over)
        self._receiving, self._slots, self._showing, self._clock = receiving, slots, showing, clock
        # What was asked is answered for the transfer it was asked of, whichever is looked at by then.
        self._asked_of = ""
        self.refusals = ReasonList(theme, TransferMove.REFUSE, over)
        self.failures = ReasonList(theme, TransferMove.FAIL, over)
        self.slot_asked = SlotAsked(theme, over)
        self._about: dict[InPlace, LineAct] = {
            self.refusals: LineAct.REFUSE,
            self.failures: LineAct.FAIL,
            self.slot_asked: LineAct.AGREE,
        }
        for question, field, form in (
            (self.refusals, self.refusals.text, REFUSAL_FORM),
            (self.failures, self.failures.text, FAILURE_FORM),
            (self.slot_asked, self.slot_asked.slot, AGREED_FORM),
        ):
            keep_typed(question, field, unfinished, form, lambda: self._asked_of)
        for one in (self.refusals, self.failures):
            one.chosen.connect(self._refused)
        self.slot_asked.given.connect(self._agreed_in_words)

    @property
    def questions(self) -> tuple[InPlace, ...]:
        """What may stand over the workspace."""
        return tuple(self._about)

    def do(self, act: LineAct, transfer: Transfer) -> None:
        """Do an act, unless the step it was meant for has only just changed."""
        if _is_step(act) and self._clock() - transfer.since < GUARD:
            return
        receiving, self._asked_of = self._receiving, transfer.id
        match act:
            case LineAct.TAKE | LineAct.TAKE_OVER:
                receiving.take(transfer.id, over=act is LineAct.TAKE_OVER)
                return  # it is this desk's once its call opens
            case LineAct.UNBOOK:
                self.unbook_wanted.emit(transfer)
                return
            case LineAct.END_CALL:
                self.end_wanted.emit(transfer)
                return
            case LineAct.GIVE_BACK:
                receiving.transfers.give_back(transfer.id)
            case LineAct.REFUSE:
                self.refusals.ask()
            case LineAct.FAIL:
                self.failures.ask()
            case LineAct.NOTHING_FREE:
                self._end(transfer.id, TransferMove.FIND_NOTHING)
            case LineAct.AGREE:
                self._agree(transfer)
            case LineAct.REGISTER:
                self._end(transfer.id, TransferMove.REGISTER)
            case _:
                for move in MOVES_OF[act]:
                    receiving.transfers.move(transfer.id, move)
        receiving.let_go()

    def follow(self) -> None:
        """Take away what asks about a move that can be made no more, and say why; what is typed is kept."""
        transfer = self._receiving.transfers.get(self._asked_of)
        offered = {one.act for one in self._showing.foot(transfer).acts} if transfer is not None else set()
        for question, act in self._about.items():
            if question.isHidden() or act in offered:
                continue
            question.close_it()
            if transfer is not None and not self._receiving.left_open.words(transfer):
                self._receiving.said.emit(self._why_gone(transfer, act))

    def _why_gone(self, transfer: Transfer, act: LineAct) -> str:
        receiving = self._receiving
        if (
            transfer.taken is not None
            and not transfer.is_settled
            and not receiving.line_calls.is_mine(transfer)
        ):
            return taken_words(transfer.taken, receiving.code)
        return refused_words(transfer, MOVES_OF[act][-1], receiving.code)

    def _agree(self, transfer: Transfer) -> None:
        """Book the chosen slot, which is the agreement; ask for the slot in words where none is chosen."""
        if self._showing.slot_of(transfer) is not None:
            self._slots.book()
        else:
            self.slot_asked.ask()

    @Slot(str)
    def _agreed_in_words(self, words: str) -> None:
        self._receiving.line_calls.agree(self._asked_of, words)
        self._receiving.let_go()

    @Slot(object, str, str)
    def _refused(self, move: TransferMove, reason: str, text: str) -> None:
        self._end(self._asked_of, move, reason, text)

    def _end(self, key: str, move: TransferMove, reason: str = "", text: str = "") -> None:
        """Mark the move that ends a transfer; what became of it meanwhile is said instead."""
        receiving = self._receiving
        if not receiving.line_calls.end(key, move, reason, text):
            transfer = receiving.transfers.get(key)
            if transfer is not None:
                receiving.said.emit(refused_words(transfer, move, receiving.code))
        receiving.let_go()


def _is_step(act: LineAct) -> bool:
    """Whether an act moves the transfer at once; a reason is asked for first."""
    return act in MOVES_OF and act not in (LineAct.REFUSE, LineAct.FAIL)
