"""The parts of the frame put beside one another, and the bars tied to what they stand for."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from osnp_console.ui.frame.surround import Surround
from osnp_console.ui.frame.workspaces import Workspaces
from osnp_console.ui.theme.theme import Theme

MARGIN = 8


def lay_out(frame: QWidget, theme: Theme, surround: Surround, body: QStackedWidget) -> None:
    """The rail at the left; beside it what stands over the body, the body, the bar."""
    around = QHBoxLayout()
    margin = theme.px(MARGIN)
    around.setContentsMargins(margin, margin, margin, margin)
    around.addWidget(body)
    right = QVBoxLayout()
    right.setContentsMargins(0, 0, 0, 0)
    right.setSpacing(0)
    for widget in surround.heads:
        right.addWidget(widget)
    right.addLayout(around, 1)
    right.addWidget(surround.bar)
    whole = QHBoxLayout(frame)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(surround.rail)
    whole.addLayout(right, 1)


def tie_bars(surround: Surround, workspaces: Workspaces) -> None:
    """What the bars offer is told by the workspaces; their buttons do what they say there."""
    bar, call_desk = surround.bar, workspaces.call_desk
    prescriptions, transfers = workspaces.prescriptions, workspaces.transfers
    call_desk.asking.connect(bar.give_way)
    call_desk.column.offered.connect(bar.offer_booking)
    call_desk.column.counted.connect(surround.top.show_agendas)
    call_desk.column.card_shown.connect(bar.give_way)
    call_desk.transfer.offered.connect(bar.offer_transfer)
    call_desk.transfer.going_on.connect(bar.show_going_on)
    call_desk.registers.connect(bar.offer_registration)
    call_desk.waiting.seen.connect(bar.show_registration)
    call_desk.waiting.next_told.connect(bar.give_way_to_registration)
    bar.transfer_wanted.connect(call_desk.transfer_or_register)
    bar.checklist_wanted.connect(call_desk.transfer.leave)
    prescriptions.offered.connect(bar.offer_prescription)
    prescriptions.document_offered.connect(bar.offer_document)
    bar.back_wanted.connect(prescriptions.leave)
    bar.print_wanted.connect(prescriptions.print_page)
    transfers.next_told.connect(bar.give_way)
    transfers.give_back_offered.connect(bar.offer_give_back)
    bar.give_back_wanted.connect(transfers.give_back)
    call_desk.checklist.selection_changed.connect(prescriptions.offer)
    prescriptions.offer()
