"""The parts of the frame put beside one another, and the bottom bar tied to what it stands for."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from osnp_console.ui.frame.action_bar import ActionBar
from osnp_console.ui.frame.call_desk import CallDesk
from osnp_console.ui.frame.prescriptions_place import PrescriptionsPlace
from osnp_console.ui.frame.transfers_place import TransfersPlace
from osnp_console.ui.theme.theme import Theme

MARGIN = 8


def lay_out(
    frame: QWidget,
    theme: Theme,
    rail: QWidget,
    heads: Iterable[QWidget],
    body: QStackedWidget,
    bar: QWidget,
) -> None:
    """The rail at the left; beside it what stands over the body, the body, the bar."""
    around = QHBoxLayout()
    margin = theme.px(MARGIN)
    around.setContentsMargins(margin, margin, margin, margin)
    around.addWidget(body)
    right = QVBoxLayout()
    right.setContentsMargins(0, 0, 0, 0)
    right.setSpacing(0)
    for widget in heads:
        right.addWidget(widget)
    right.addLayout(around, 1)
    right.addWidget(bar)
    whole = QHBoxLayout(frame)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(rail)
    whole.addLayout(right, 1)


def tie_bar(
    bar: ActionBar, call_desk: CallDesk, prescriptions: PrescriptionsPlace, transfers: TransfersPlace
) -> None:
    """What the bar offers is told by the workspaces; its buttons do what they say there."""
    call_desk.asking.connect(bar.give_way)
    call_desk.column.offered.connect(bar.offer_booking)
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
