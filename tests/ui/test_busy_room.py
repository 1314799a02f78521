"""A room where something changes all the time: what is on screen is read again all the same."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from osnp_console.app.base.live import Change, Subject
from osnp_console.app.ports import OpenUnit
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.live import Live
from osnp_console.ui.prescriptions.desk_prescriptions import DeskPrescriptions
from osnp_console.ui.transfer.receiving.people import QueuePeople
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.waiting.desk_waiting import DeskWaiting
from tests.unit.prescription_doubles import PrescriptionStore
from tests.unit.transfers import NOON, transfer_to

HERE, LIST = "44-1", "85-centre-vendee-kine"
T = TypeVar("T")
Made = Callable[[StoreDoor, Live], QObject]


class Asked:
    """A store that counts what it is asked; its answers do not matter here, and never come."""

    def __init__(self) -> None:
        self.readings = 0

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        self.readings += 1
        return Future()


def waiting(door: StoreDoor, live: Live) -> QObject:
    made = DeskWaiting(door, live, lambda: HERE, lambda: NOON, lambda: "w-1")
    made.watch(LIST)
    return made


def prescriptions(door: StoreDoor, live: Live) -> QObject:
    session = PrescriptionStore().session
    return DeskPrescriptions(door, live, lambda: HERE, lambda: NOON, lambda: session, Unfinished())


def people(door: StoreDoor, live: Live) -> QObject:
    made = QueuePeople(door, live, lambda: HERE, lambda: NOON)
    made.want([transfer_to()])
    return made


@pytest.mark.parametrize(
    ("make", "change"),
    [
        (waiting, Change(Subject.WAITING, LIST)),
        (prescriptions, Change(Subject.PRESCRIPTION, "p-1")),
        (people, Change(Subject.CALL, transfer_to().call)),
    ],
)
def test_changes_that_never_end_are_read_while_they_come(qtbot: QtBot, make: Made, change: Change) -> None:
    store, live = Asked(), Live()
    door = StoreDoor(store)
    shown = make(door, live)
    before = store.readings
    news = QTimer(shown, interval=1)
    news.timeout.connect(lambda: live.changed.emit(change))
    news.start()
    qtbot.waitUntil(lambda: store.readings >= before + 2)
    news.stop()
    door.shut()
