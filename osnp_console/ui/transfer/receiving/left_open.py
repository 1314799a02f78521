"""A transfer that ended elsewhere while the line's call for its patient goes on: whoever has it is told."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.transfer.line_moves import left_open_words
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.ui.agendas.deal import Deal
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.transfer.desk_transfers import DeskTransfers
from osnp_console.ui.transfer.receiving.line_calls import LineCalls


class LeftOpen(QObject):
    """Says once what became of it, and again when what is booked for the patient changes.

    Signals:
        told(object, str): the line's OpenCall, and what is to be said there.
    """

    told = Signal(object, str)

    def __init__(
        self, transfers: DeskTransfers, line_calls: LineCalls, deals: Deals, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._transfers, self._line_calls = transfers, line_calls
        self._said: dict[str, str] = {}
        transfers.changed.connect(self._changed)
        deals.changed.connect(self._deal_changed)

    def words(self, transfer: Transfer) -> str:
        """What is to be said of a transfer; empty while it goes on, and once its call is over too."""
        if not self._line_calls.is_left_open(transfer):
            return ""
        return left_open_words(transfer, self._line_calls.booked_in_vain(transfer))

    @Slot(str)
    def _changed(self, key: str) -> None:
        transfer = self._transfers.get(key)
        call = self._line_calls.of(transfer) if transfer is not None else None
        words = self.words(transfer) if transfer is not None else ""
        if words and call is not None and words != self._said.get(key):
            self._said[key] = words
            self.told.emit(call, words)

    @Slot(object)
    def _deal_changed(self, deal: Deal) -> None:
        transfer = self._transfers.of_call(deal.call.record.id)
        if transfer is not None:
            self._changed(transfer.id)
