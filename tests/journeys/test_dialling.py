"""Ctrl+T in the whole program: the number on screen is dialled by what the desk has, and nothing waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLoggingCategory, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from osnp_console.app.telephony.dial import BY_HAND, HANDED_OVER
from osnp_console.app.telephony.settings import Telephony, Way
from tests.connectors.misbehaving_server import MisbehavingServer, Reply, answering
from tests.journeys.operator import Operator, pressed
from tests.journeys.slots_desk import SlotsDesk
from tests.journeys.town import Town


class Softphone(QObject):
    """The desktop's handler of `tel:`."""

    def __init__(self) -> None:
        super().__init__()
        self.handed: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.handed.append(url.toString())


@pytest.fixture
def softphone(qapp: QObject) -> Iterator[Softphone]:
    softphone = Softphone()
    QDesktopServices.setUrlHandler("tel", softphone, "take")  # type: ignore[arg-type]  # it wants str
    yield softphone
    QDesktopServices.unsetUrlHandler("tel")


@pytest.fixture
def linked(town: Town) -> Town:
    """A local agenda of a practice that gives its number; declared before the console starts."""
    town.open_local_agenda()
    town.declare(town.local)
    return town


def test_the_number_of_the_chosen_slot_is_dialled_by_each_telephone_in_turn(
    linked: Town, softphone: Softphone, operator: Operator
) -> None:
    desk = SlotsDesk(operator)
    desk.take_redon_call()
    desk.wait_found()
    desk.choose(next(row.hour for row in desk.rows if row.can_be_chosen))
    window = operator.window

    def said() -> list[str]:
        return [words for _, words in window.journal.lines(operator.call.record.id)]

    def settle(telephony: Telephony) -> None:
        window.change_preferences(replace(window.preferences, telephony=telephony))

    pressed("Ctrl+T")
    assert softphone.handed == ["tel:+33299000000"]
    assert QGuiApplication.clipboard().text() == "02 99 00 00 00"
    assert said()[-1] == HANDED_OVER

    settle(Telephony(Way.BY_HAND))
    pressed("Ctrl+T")
    assert said()[-1] == BY_HAND

    with MisbehavingServer(answering(Reply(b"{}", "application/json"))) as server:
        settle(Telephony(Way.CLICK, outside_prefix="0", address=f"{server.address}/{{numero}}"))
        pressed("Ctrl+T")
        operator.qtbot.waitUntil(lambda: window.phone.is_idle)
        assert [one.target for one in server.asked] == ["/fhir/00299000000"]
    assert softphone.handed == ["tel:+33299000000"]
    assert window.isActiveWindow()
    # Qt would write on the error stream the address that a desktop without a softphone cannot open.
    services = QLoggingCategory("qt.qpa.services")  # type: ignore[arg-type]  # it wants str
    assert not services.isWarningEnabled()
