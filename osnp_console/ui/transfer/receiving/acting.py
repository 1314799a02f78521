"""What the line's desk does with a transfer: each act marked at once, or asked about first in place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from osnp_console.app.transfer.line_moves import MOVES_OF, LineAct
from osnp_console.app.transfer.words import refused_words
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.transfer.transfer import Transfer
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
    """The acts of one workspace, with the questions they ask over it."""

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
        fields = {"refus": self.refusals.text, "echec": self.failures.text, "creneau": self.slot_asked.slot}
        for name, field in fields.items():
            keep_typed(field, unfinished, name)
        for one in (self.refusals, self.failures):
            one.chosen.connect(self._refused)
        self.slot_asked.given.connect(self._agreed_in_words)

    @property
    def questions(self) -> tuple[InPlace, ...]:
        """What may stand over the workspace."""
        return (self.refusals, self.failures, self.slot_asked)

    def do(self, act: LineAct, transfer: Transfer) -> None:
        """Do an act, unless the step it was meant for has only just changed."""
        if _is_step(act) and self._clock() - transfer.since < GUARD:
            return
        receiving, self._asked_of = self._receiving, transfer.id
        match act:
            case LineAct.TAKE | LineAct.TAKE_OVER:
                receiving.take(transfer.id, over=act is LineAct.TAKE_OVER)
                return  # it is this desk's once its call opens
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
