"""An appointment of a direct agenda is cancelled there, and only said so when the agenda says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from osnp_console.app.sources.agendas import (
    BookingRequest,
    Canceller,
    Cancelling,
    Deadline,
    Outcome,
    SourceTools,
)
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.connectors.simulator.demonstration import BREHAULT, demonstration_world
from osnp_console.connectors.simulator.server import Simulator
from osnp_console.domain.slots.slot import BookingMode, Origin, Place, Practitioner, Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind

NOW = datetime(2026, 11, 24, 9, 2, tzinfo=UTC)
KEY = "5c1f6a3e-1b52-4a3e-9e55-0d0f6b8d9a22"
SLOT = Slot(
    "s",
    NOW.replace(hour=9, minute=40),
    NOW.replace(hour=10, minute=0),
    Practitioner("Anne Bréhault", BREHAULT),
    Place(city="Redon"),
    (Origin("agenda", "Slot/brehault-redon-40", NOW, BookingMode.DIRECT),),
)
REQUEST = BookingRequest(KEY, SLOT, "agenda", "Slot/brehault-redon-40", None, None, "44-3")


def cancel(simulator: Simulator, request: BookingRequest = REQUEST, *, booked: bool = True) -> Cancelling:
    source = AgendaSource("agenda", SourceKind.FHIR_AGENDA, "Agenda", f"{simulator.address}/agenda/fhir")
    make = CONNECTORS[SourceKind.FHIR_AGENDA].book
    assert make is not None
    booker = make(source, SourceTools(lambda: NOW, lambda name: None))
    assert isinstance(booker, Canceller)
    if booked:
        assert booker.book(REQUEST, Deadline(10)).outcome is Outcome.BOOKED
    return booker.cancel(request, "", Deadline(5))


def test_the_agenda_is_sent_its_own_appointment_with_the_new_status_only() -> None:
    with Simulator(demonstration_world(NOW), lambda: NOW) as simulator:
        assert cancel(simulator) == Cancelling(True)
        sent = simulator.requests[-1]
        assert sent.method == "PUT"
        assert b'"status": "cancelled"' in sent.body
        assert KEY.encode() in sent.body


def test_cancelled_twice_it_is_cancelled() -> None:
    with Simulator(demonstration_world(NOW), lambda: NOW) as simulator:
        cancel(simulator)
        assert cancel(simulator, booked=False) == Cancelling(True)


def test_an_appointment_that_is_not_there_is_no_cancelled_one() -> None:
    with Simulator(demonstration_world(NOW), lambda: NOW) as simulator:
        assert cancel(simulator, replace(REQUEST, key="autre")).is_cancelled is False


@pytest.mark.parametrize("fault", ["503_nu", "coupe", "tronque", "html"])
def test_an_agenda_that_does_not_say_is_never_taken_for_one_that_cancelled(fault: str) -> None:
    with Simulator(demonstration_world(NOW), lambda: NOW) as simulator:
        cancel(simulator, replace(REQUEST, key="autre"))
        simulator.set_faults(fault)
        assert cancel(simulator, booked=False).is_cancelled is not True
