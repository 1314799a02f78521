"""How a call's booking ends at another desk, which had the call before, shows at this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from osnp_console.app.base.live import Alone, Change, Linked, Subject
from osnp_console.app.ports import OpenUnit
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.ui.agendas.deal import Stage
from tests.journeys.desktop import Desktop
from tests.journeys.operator import Operator
from tests.journeys.slots_desk import SlotsDesk
from tests.journeys.test_other_desks import HandFeed, listen
from tests.journeys.town import Town
from tests.journeys.workstation import NOON

STATE = AppointmentState


@pytest.fixture
def desk(town: Town, qapp: QObject, operator: Operator) -> Iterator[SlotsDesk]:
    """A desk with a call whose slots are found."""
    desktop = Desktop()
    town.open_local_agenda()
    town.declare(town.sas, town.local)
    operator.stop()
    operator.start()
    desk = SlotsDesk(operator)
    desk.take_redon_call()
    desk.wait_found()
    operator.wait_saved()
    yield desk
    desktop.leave()


@pytest.fixture
def feed(desk: SlotsDesk) -> HandFeed:
    """It listens to the others."""
    return listen(desk.operator)


def save(desk: SlotsDesk, appointment: Appointment) -> Appointment:
    """Another desk keeps the appointment."""

    def work(open_unit: OpenUnit) -> Appointment:
        with open_unit() as unit:
            saved = unit.appointments.save(appointment)
            unit.commit()
            return saved

    return desk.operator.read_base(work)


def asked_elsewhere(desk: SlotsDesk) -> Appointment:
    """The desk that had the call before sent a booking, and has no answer yet."""
    call = desk.operator.call.record.id
    row = desk.panel.chosen_row
    assert row is not None
    slot = row.one.slot
    asked = Appointment("r-1", call, "44-5", slot.origins[0].source, slot, STATE.ASKED, NOON, NOON)
    return save(desk, asked)


def test_a_booking_under_way_at_another_desk_is_shown_and_so_is_how_it_ends(
    desk: SlotsDesk, feed: HandFeed
) -> None:
    call, wait = desk.operator.call.record.id, desk.operator.qtbot.waitUntil
    asked = asked_elsewhere(desk)
    feed.say(Change(Subject.APPOINTMENT, call))
    wait(lambda: desk.deal.stage is Stage.UNKNOWN)
    booked = save(desk, asked.moved(STATE.BOOKED, NOON))
    feed.say(Change(Subject.APPOINTMENT, call))
    wait(lambda: desk.deal.stage is Stage.BOOKED)
    assert desk.deal.appointment == booked
    save(desk, booked.moved(STATE.CANCELLED, NOON))
    feed.say(Change(Subject.APPOINTMENT, call))
    wait(lambda: desk.deal.stage is Stage.NONE)
    assert desk.deal.appointment is None


def test_a_booking_that_ended_while_the_link_was_lost_is_shown_as_it_is_once_it_is_back(
    desk: SlotsDesk, feed: HandFeed
) -> None:
    asked = asked_elsewhere(desk)
    feed.say(Change(Subject.APPOINTMENT, desk.operator.call.record.id))
    desk.operator.qtbot.waitUntil(lambda: desk.deal.stage is Stage.UNKNOWN)
    feed.say(Alone(NOON))
    save(desk, replace(asked.moved(STATE.BOOKED, NOON), reference="abc"))
    feed.say(Linked(NOON))
    desk.operator.qtbot.waitUntil(lambda: desk.deal.stage is Stage.BOOKED)
