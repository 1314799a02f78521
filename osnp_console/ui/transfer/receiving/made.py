"""The receiving side of a window, made of what the window has."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from osnp_console.domain.desk import Desk
from osnp_console.domain.dispositif import Dispositif
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.live import Live
from osnp_console.ui.transfer.desk_transfers import DeskTransfers
from osnp_console.ui.transfer.receiving.desk import ReceivingDesk
from osnp_console.ui.transfer.receiving.left_open import LeftOpen
from osnp_console.ui.transfer.receiving.line_calls import LineCalls
from osnp_console.ui.transfer.receiving.people import QueuePeople


def make_receiving(
    transfers: DeskTransfers,
    calls: DeskCalls,
    deals: Deals,
    door: StoreDoor,
    live: Live,
    desk: Callable[[], Desk],
    dispositifs: tuple[Dispositif, ...],
    new_id: Callable[[], str],
    parent: QObject,
) -> ReceivingDesk:
    """What outlives every frame; `desk` gives the desk as it is set now."""

    def code() -> str:
        return desk().code

    people = QueuePeople(door, live, code, calls.clock, parent)
    line_calls = LineCalls(calls, transfers, deals, door, code, parent)
    left_open = LeftOpen(transfers, line_calls, deals, parent)
    return ReceivingDesk(transfers, calls, people, line_calls, left_open, desk, dispositifs, new_id, parent)
