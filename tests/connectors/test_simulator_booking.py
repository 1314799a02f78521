"""Direct booking at the simulator, as the shared-agenda guide has it (SAS protocol note, section 11.1)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from osnp_console.connectors.simulator.demonstration import BREHAULT, demonstration_world
from osnp_console.connectors.simulator.server import Simulator
from tests.connectors import kit
from tests.connectors.kit import NOW, ask, bundle_of, slots_of

KEYS = "urn:oid:1.2.3.4.5"
SLOT, OTHER = "brehault-redon-40", "brehault-redon-240"
FHIR = {"Content-Type": "application/fhir+json"}


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(demonstration_world(NOW), lambda: NOW) as running:
        yield running


def appointment(slot: str = SLOT, key: str = "essai-1", **changed: object) -> kit.Json:
    return {
        "resourceType": "Appointment",
        "identifier": [{"system": KEYS, "value": key}],
        "status": "booked",
        "slot": [{"reference": f"Slot/{slot}"}],
        "participant": [{"actor": {"display": "Patient d’essai"}, "status": "accepted"}],
        **changed,
    }


def base(simulator: Simulator) -> str:
    return f"{simulator.address}/agenda/fhir"


def book(simulator: Simulator, body: kit.Json, **headers: str) -> requests.Response:
    sent = {**FHIR, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return requests.post(f"{base(simulator)}/Appointment", json=body, headers=sent, timeout=kit.SECONDS)


def change(simulator: Simulator, body: kit.Json, address: str) -> requests.Response:
    return requests.put(address, json=body, headers=FHIR, timeout=kit.SECONDS)


def find(simulator: Simulator, key: str = "essai-1") -> kit.Json:
    url = f"{base(simulator)}/Appointment?identifier={KEYS}%7C{key}"
    return bundle_of(requests.get(url, timeout=kit.SECONDS))


def free(simulator: Simulator) -> set[str]:
    bundle = bundle_of(ask(simulator.address, slots_of(BREHAULT), base="agenda/fhir"))
    return {slot["id"] for slot in kit.resources(bundle, "Slot")}


def test_a_search_of_the_agenda_need_not_name_anybody(simulator: Simulator) -> None:
    asked = [one for one in slots_of(BREHAULT) if "identifier" not in one[0]]
    assert bundle_of(ask(simulator.address, asked, base="agenda/fhir"))["total"] == 5
    assert ask(simulator.address, asked).status_code == 400


def test_a_booking_says_where_it_is_and_takes_the_slot(simulator: Simulator) -> None:
    booked = book(simulator, appointment())
    assert booked.status_code == 201
    read = requests.get(booked.headers["Location"], timeout=kit.SECONDS).json()
    assert booked.json() == read
    assert (read["status"], read["start"]) == ("booked", "2026-11-24T10:40:00.000+01:00")
    assert free(simulator) == {OTHER}
    slot = requests.get(f"{base(simulator)}/Slot/{SLOT}", timeout=kit.SECONDS).json()
    assert slot["status"] == "busy"


def test_a_slot_can_be_named_by_its_whole_address(simulator: Simulator) -> None:
    whole = [{"reference": f"{base(simulator)}/Slot/{SLOT}"}]
    assert book(simulator, appointment(slot=SLOT) | {"slot": whole}).status_code == 201


def test_a_taken_slot_is_a_conflict_and_nothing_is_kept(simulator: Simulator) -> None:
    simulator.take(SLOT)
    refused = book(simulator, appointment())
    assert (refused.status_code, kit.outcome_of(refused)["code"]) == (409, "conflict")
    assert find(simulator)["total"] == 0
    assert free(simulator) == {OTHER}


def test_the_same_attempt_sent_again_books_once(simulator: Simulator) -> None:
    first, again = book(simulator, appointment()), book(simulator, appointment())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.headers["Location"] == again.headers["Location"]
    assert find(simulator)["total"] == 1


def test_the_same_attempt_told_by_its_header_books_once(simulator: Simulator) -> None:
    body = appointment()
    condition = f"identifier={KEYS}|essai-1"
    assert book(simulator, body, If_None_Exist=condition).status_code == 201
    bare = {name: value for name, value in body.items() if name != "identifier"}
    again = book(simulator, bare, If_None_Exist=condition.replace("|", "%7C"))
    assert again.status_code == 200


def test_an_identifier_of_another_appointment_is_refused(simulator: Simulator) -> None:
    book(simulator, appointment())
    refused = book(simulator, appointment(OTHER))
    assert (refused.status_code, kit.outcome_of(refused)["code"]) == (409, "duplicate")
    assert free(simulator) == {OTHER}


def test_of_many_who_want_the_same_slot_one_has_it(simulator: Simulator) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda n: book(simulator, appointment(key=f"essai-{n}")), range(8))
        statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201] + [409] * 7


def test_an_appointment_is_found_by_its_identifier_and_no_other(simulator: Simulator) -> None:
    book(simulator, appointment())
    bundle = find(simulator)
    (found,) = kit.resources(bundle, "Appointment")
    assert found["identifier"] == appointment()["identifier"]
    assert "entry" not in find(simulator, "essai-2")


def test_a_cancelled_appointment_gives_its_slot_back(simulator: Simulator) -> None:
    booked = book(simulator, appointment())
    cancelled = change(simulator, appointment(status="cancelled"), booked.headers["Location"])
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
    assert free(simulator) == {SLOT, OTHER}
    assert book(simulator, appointment(key="essai-2")).status_code == 201


def test_a_cancelled_appointment_is_not_taken_up_again_where_the_slot_is_gone(simulator: Simulator) -> None:
    booked = book(simulator, appointment())
    change(simulator, appointment(status="cancelled"), booked.headers["Location"])
    simulator.take(SLOT)
    assert change(simulator, appointment(), booked.headers["Location"]).status_code == 409


def test_an_appointment_is_changed_by_its_identifier(simulator: Simulator) -> None:
    booked = book(simulator, appointment())
    for name in ("identifier", "Identifier"):
        url = f"{base(simulator)}/Appointment?{name}={KEYS}%7Cessai-1"
        changed = change(simulator, appointment(status="fulfilled"), url)
        assert (changed.status_code, changed.headers["Location"]) == (200, booked.headers["Location"])


def test_an_appointment_is_moved_to_another_slot_if_that_is_free(simulator: Simulator) -> None:
    booked = book(simulator, appointment())
    moved = change(simulator, appointment(OTHER), booked.headers["Location"])
    assert moved.json()["start"] == "2026-11-24T14:00:00.000+01:00"
    assert free(simulator) == {SLOT}
    simulator.take(SLOT)
    assert change(simulator, appointment(SLOT), booked.headers["Location"]).status_code == 409
    assert free(simulator) == set()


def test_changing_an_identifier_nobody_has_books(simulator: Simulator) -> None:
    url = f"{base(simulator)}/Appointment?identifier={KEYS}%7Cessai-1"
    assert change(simulator, appointment(), url).status_code == 201
    assert change(simulator, appointment(), f"{base(simulator)}/Appointment/absent").status_code == 404


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"slot": []}, "required"),
        ({"slot": [{"reference": "Patient/1"}]}, "required"),
        ({"slot": [{"reference": "Slot/absent"}]}, "not-found"),
        ({"status": "fulfilled"}, "value"),
        ({"participant": []}, "required"),
        ({"participant": [{"actor": {"display": "Patient d’essai"}}]}, "required"),
        ({"start": "2026-11-24T10:41:00.000+01:00"}, "business-rule"),
        ({"end": "bientôt"}, "business-rule"),
    ],
)
def test_what_cannot_be_booked_is_refused_and_takes_nothing(
    simulator: Simulator, changed: dict[str, object], code: str
) -> None:
    refused = book(simulator, appointment() | changed)
    assert (refused.status_code, kit.outcome_of(refused)["code"]) == (422, code)
    assert free(simulator) == {SLOT, OTHER}


def test_the_hours_of_the_slot_may_be_told_in_another_offset(simulator: Simulator) -> None:
    body = appointment(start="2026-11-24T09:40:00Z", end="2026-11-24T10:00:00Z")
    assert book(simulator, body).status_code == 201


def test_a_slot_that_has_started_is_not_booked() -> None:
    clock = [NOW]
    with Simulator(demonstration_world(NOW), lambda: clock[0]) as simulator:
        clock[0] = NOW.replace(hour=12)
        refused = book(simulator, appointment())
    assert (refused.status_code, kit.outcome_of(refused)["code"]) == (422, "business-rule")


def test_taking_a_slot_that_is_not_there_is_an_error_of_the_test(simulator: Simulator) -> None:
    with pytest.raises(KeyError):
        simulator.take("absent")
