"""Transfers looked up outside the window: only by whoever may, and never without a line of the journal."""

from __future__ import annotations

import pytest

from osnp_console.app.errors import Forbidden
from osnp_console.app.transfer.looked_up import TransferredCall, of_lines, with_call
from tests.unit.transfer_doubles import TransferStore
from tests.unit.transfers import NOON, transfer_to


def test_whoever_keeps_the_rules_sees_neither_transfers_nor_patients() -> None:
    store = TransferStore()
    store.transfers.save(transfer_to())
    handed: list[TransferredCall] = []
    store.signed("Rose", "referent")
    with pytest.raises(Forbidden):
        of_lines(("44-pays-de-redon-mg",), NOON)(store.unit)
    with pytest.raises(Forbidden):
        with_call("t-1", "35-1", NOON, handed.append)(store.unit)
    assert (handed, store.journal) == ([], [])
    store.signed("Inès", "osnp")
    assert [one.id for one in of_lines(("44-pays-de-redon-mg",), NOON)(store.unit)] == ["t-1"]
