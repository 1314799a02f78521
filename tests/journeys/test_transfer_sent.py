"""A patient handed over to a line in the whole program: by the keyboard, across a crash in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QObject, QUrl

from osnp_console.app.transfer import read
from osnp_console.domain.call_record import CallState
from osnp_console.domain.transfer.moves import TransferState
from osnp_console.domain.transfer.transfer import Transfer
from tests.journeys.desktop import Desktop
from tests.journeys.operator import NARROW, Operator, focused, pressed, typed
from tests.journeys.slots_desk import SlotsDesk


def transfers(operator: Operator) -> tuple[Transfer, ...]:
    """The transfers of the call on screen, as the base holds them."""
    return operator.read_base(read.of_call(operator.call.record.id))


def state(operator: Operator) -> CallState:
    """Where the call on screen stands."""
    return operator.call.record.state


def next_step(operator: Operator) -> None:
    """F8, once the step before has been on screen long enough."""
    sending = operator.window.sending
    operator.qtbot.waitUntil(lambda: not sending.guard.isActive())
    pressed("F8")
    operator.qtbot.waitUntil(lambda: not operator.window.transfers.waits)


@pytest.fixture
def desktop(qapp: QObject) -> Iterator[Desktop]:
    """A desktop that keeps what it is handed."""
    made = Desktop()
    yield made
    made.leave()


def test_a_transfer_goes_on_after_a_crash_in_the_middle_and_the_patient_is_handed_over(
    operator: Operator, desktop: Desktop
) -> None:
    SlotsDesk(operator).take_redon_call()
    bar = operator.frame.bar
    assert (bar.transfer.isVisible(), bar.transfer.isEnabled()) == (True, True)
    next_step(operator)
    next_step(operator)
    assert state(operator) is CallState.HELD
    assert bar.hold.accessibleName() == "Reprendre la patiente"
    pressed("F4")
    assert state(operator) is CallState.ACTIVE
    pressed("F4")
    tab = operator.frame.top.tabs.tabs[0]
    assert tab.accessibleName() == "Appel 1, en attente, en transfert · AccèsS"
    next_step(operator)
    assert [one.state for one in transfers(operator)] == [TransferState.ANSWERED]
    operator.capture("transfert-en-cours")
    pressed("Ctrl+P")
    operator.qtbot.waitUntil(lambda: desktop.opened[-1].startswith("file:"))
    sheet = Path(QUrl(desktop.opened[-1]).toLocalFile())
    text = PdfReader(sheet).pages[0].extract_text()
    assert all(said in text for said in ("ESSAI", "Guémené-Penfao", "SAS 44 – otite"))
    assert "ESSAI" not in sheet.name
    operator.wait_saved()
    operator.crash()
    operator.start()
    assert operator.notice == f"1 appel était ouvert. Le reprendre{NARROW}?"
    operator.qtbot.waitUntil(lambda: operator.window.door.is_idle)
    pressed("Return")
    panel = operator.frame.call_desk.transfer.panel
    operator.qtbot.waitUntil(panel.isVisible)
    assert panel.news.words == "Transfert repris à l’étape Présenté (10:02:00)."
    assert panel.isAncestorOf(focused())
    pressed("Escape")
    assert not panel.isVisible()
    assert operator.frame.bar.transfer.isVisible()
    pressed("F8")
    assert panel.isVisible()
    next_step(operator)
    typed("10:45, Dr Essai, Redon")
    next_step(operator)
    next_step(operator)
    next_step(operator)
    (handed,) = transfers(operator)
    assert (handed.state, handed.slot) == (TransferState.HANDED_OVER, "10:45, Dr Essai, Redon")
    call = operator.call
    pressed("Ctrl++")
    assert operator.frame.call_desk.transfer.panel.isVisible(), "another text size: the same panel"
    next_step(operator)
    assert call.record.outcome == "transfere"
    assert operator.here == "Nouvel appel"
