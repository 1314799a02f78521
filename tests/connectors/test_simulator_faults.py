"""The simulator misbehaves exactly as it is told, and only there."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from http.client import HTTPConnection

import pytest
import requests

from osnp_console.app.sources.agendas import Deadline
from osnp_console.connectors.simulator.demonstration import BREHAULT, COUDRAIS, demonstration_world
from osnp_console.connectors.simulator.faults import KNOWN, Fault
from osnp_console.connectors.simulator.server import Simulator
from tests.connectors import kit
from tests.connectors.kit import NOW, ask, bundle_of, encoded, slots_of

SHORT = 0.3
"""Seconds a test waits for what never comes."""
SLOT = "brehault-redon-40"
NEVER = 9_999_999


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(demonstration_world(NOW), lambda: NOW) as running:
        yield running


def look(simulator: Simulator, *rpps: str, base: str = "fhir") -> requests.Response:
    return ask(simulator.address, slots_of(*(rpps or (BREHAULT,))), base=base)


def book(simulator: Simulator, key: str = "1", seconds: float = kit.SECONDS) -> requests.Response:
    body = {
        "resourceType": "Appointment",
        "identifier": [{"system": "urn:essai", "value": key}],
        "status": "booked",
        "slot": [{"reference": f"Slot/{SLOT}"}],
        "participant": [{"status": "accepted"}],
    }
    url = f"{simulator.address}/agenda/fhir/Appointment"
    return requests.post(url, json=body, timeout=seconds)


def found(simulator: Simulator, key: str = "1") -> int:
    url = f"{simulator.address}/agenda/fhir/Appointment?identifier=urn:essai%7C{key}"
    total = requests.get(url, timeout=kit.SECONDS).json()["total"]
    assert isinstance(total, int)
    return total


def eventually(holds: Callable[[], bool]) -> bool:
    """Ask again until it holds, each time over the wire."""
    deadline = Deadline(kit.SECONDS)
    while not deadline.is_over:
        if holds():
            return True
    return False


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_status_is_answered_with_an_outcome_or_bare(simulator: Simulator, status: int) -> None:
    simulator.set_faults(f"{status}")
    told = look(simulator)
    assert (told.status_code, kit.outcome_of(told)["severity"]) == (status, "error")
    simulator.set_faults(f"{status}_nu")
    bare = look(simulator)
    assert (bare.status_code, bare.content) == (status, b"")
    assert ("Retry-After" in told.headers) == ("Retry-After" in bare.headers) == (status == 429)


def test_too_many_requests_say_when_to_come_back(simulator: Simulator) -> None:
    simulator.set_faults("429")
    assert look(simulator).headers["Retry-After"] == "30"
    simulator.set_faults("429_nu=7")
    assert look(simulator).headers["Retry-After"] == "7"


def test_html_another_type_and_nothing_at_all_come_with_status_200(simulator: Simulator) -> None:
    right = look(simulator)
    simulator.set_faults("html")
    page = look(simulator)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert page.text.startswith("<!DOCTYPE html>")
    simulator.set_faults("autre_type")
    other = look(simulator)
    assert (other.content, other.headers["Content-Type"]) == (right.content, "text/plain; charset=utf-8")
    simulator.set_faults("vide")
    empty = look(simulator)
    assert (empty.status_code, empty.content) == (200, b"")


def test_a_truncated_answer_is_whole_for_http_and_broken_for_json(simulator: Simulator) -> None:
    right = look(simulator).content
    simulator.set_faults("tronque")
    half = look(simulator)
    assert half.status_code == 200
    assert half.content == right[: len(right) // 2]
    with pytest.raises(json.JSONDecodeError):
        json.loads(half.content)


def test_a_cut_line_breaks_in_the_middle_of_the_answer(simulator: Simulator) -> None:
    simulator.set_faults("coupe")
    url = f"{simulator.address}/fhir/Slot?{encoded(slots_of(BREHAULT))}"
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        requests.get(url, timeout=kit.SECONDS)
    assert len(simulator.requests) == 1


@pytest.mark.parametrize("fault", ["muet", f"retard={NEVER}"])
def test_a_silent_or_late_server_has_heard_and_says_nothing(simulator: Simulator, fault: str) -> None:
    simulator.set_faults(fault)
    url = f"{simulator.address}/fhir/Slot?{encoded(slots_of(BREHAULT))}"
    with pytest.raises(requests.ReadTimeout):
        requests.get(url, timeout=(kit.SECONDS, SHORT))
    assert simulator.wait_for_requests(1)


def test_a_late_answer_is_the_right_one(simulator: Simulator) -> None:
    right = look(simulator).content
    simulator.set_faults("retard=60")
    assert look(simulator).content == right


def test_a_trickle_begins_and_does_not_end(simulator: Simulator) -> None:
    simulator.set_faults(f"goutte_a_goutte={NEVER}")
    url = f"{simulator.address}/fhir/Slot?{encoded(slots_of(BREHAULT))}"
    connection = HTTPConnection(simulator.address.removeprefix("http://"), timeout=kit.SECONDS)
    connection.request("GET", url.removeprefix(simulator.address))
    with connection.getresponse() as begun:
        assert begun.status == 200
        connection.sock.settimeout(SHORT)
        with pytest.raises(TimeoutError):
            begun.read(64)
    connection.close()


def test_a_quick_trickle_comes_to_its_end(simulator: Simulator) -> None:
    right = look(simulator).content
    simulator.set_faults("goutte_a_goutte=1")
    assert look(simulator).content == right


def test_a_redirection_leads_to_another_machine(simulator: Simulator) -> None:
    simulator.set_faults("redirige")
    answer = look(simulator)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("https://ailleurs.simulateur.invalid/")


def test_a_slot_lost_before_the_booking_is_a_conflict_and_stays_lost(simulator: Simulator) -> None:
    simulator.set_faults("pris")
    assert book(simulator).status_code == 409
    simulator.set_faults()
    assert book(simulator, "2").status_code == 409
    assert [slot["id"] for slot in kit.resources(bundle_of(look(simulator)), "Slot")] == [
        "brehault-redon-240"
    ]


def test_a_booking_that_is_not_answered_may_have_been_kept(simulator: Simulator) -> None:
    simulator.set_faults("muet_apres_reservation")
    with pytest.raises(requests.ReadTimeout):
        book(simulator, seconds=SHORT)
    assert eventually(lambda: found(simulator) == 1)
    simulator.set_faults()
    assert book(simulator).status_code == 200


def test_a_booking_that_is_not_answered_may_not_have_been_kept(simulator: Simulator) -> None:
    simulator.set_faults("muet_avant_reservation")
    with pytest.raises(requests.ReadTimeout):
        book(simulator, seconds=SHORT)
    assert found(simulator) == 0
    simulator.set_faults()
    assert book(simulator).status_code == 201


def test_faults_of_booking_leave_searches_alone(simulator: Simulator) -> None:
    simulator.set_faults("pris", "muet_apres_reservation", "muet_avant_reservation")
    assert bundle_of(look(simulator))["total"] == 2


def test_a_fault_under_a_path_leaves_the_others_alone(simulator: Simulator) -> None:
    simulator.set_faults("503@/vignoble/fhir")
    assert look(simulator, base="vignoble/fhir").status_code == 503
    assert look(simulator, base="sas44/fhir").status_code == 200
    assert look(simulator, base="vignoble/fhir2").status_code == 200


def test_a_fault_of_a_practitioner_touches_requests_about_that_one(simulator: Simulator) -> None:
    simulator.set_faults(f"403@{COUDRAIS}")
    assert look(simulator, BREHAULT).status_code == 200
    assert look(simulator, BREHAULT, COUDRAIS).status_code == 403
    simulator.set_faults(f"pris@{COUDRAIS}")
    assert book(simulator).status_code == 201
    simulator.set_faults(f"500@{BREHAULT}")
    assert book(simulator, "2").status_code == 500


def test_a_fault_can_pass_by_itself(simulator: Simulator) -> None:
    simulator.set_faults(Fault("500", times=2))
    assert [look(simulator).status_code for _ in range(3)] == [500, 500, 200]


def test_a_late_refusal_is_both(simulator: Simulator) -> None:
    simulator.set_faults("retard=60", "503")
    assert look(simulator).status_code == 503


def test_faults_are_set_while_it_runs_over_http(simulator: Simulator) -> None:
    control = f"{simulator.address}/_simulateur/defauts"
    wanted = {"defauts": ["429=5@/sas44", {"nom": "sans_self", "praticien": BREHAULT, "fois": 3}]}
    told = requests.put(control, json=wanted, timeout=kit.SECONDS)
    assert told.status_code == 200
    assert told.json()["defauts"] == [
        {"nom": "429", "valeur": 5, "chemin": "/sas44"},
        {"nom": "sans_self", "praticien": BREHAULT, "fois": 3},
    ]
    assert look(simulator, base="sas44/fhir").status_code == 429
    assert requests.delete(control, timeout=kit.SECONDS).json()["defauts"] == []
    assert look(simulator, base="sas44/fhir").status_code == 200
    assert requests.get(control, timeout=kit.SECONDS).json()["connus"] == dict(KNOWN)


def test_a_slot_is_taken_over_http(simulator: Simulator) -> None:
    control = f"{simulator.address}/_simulateur/prises"
    assert requests.post(control, json={"creneau": SLOT}, timeout=kit.SECONDS).status_code == 200
    assert book(simulator).status_code == 409
    assert requests.post(control, json={"creneau": "absent"}, timeout=kit.SECONDS).status_code == 404


@pytest.mark.parametrize(
    "sent", [b"", b"[]", b'{"defauts": ["fantaisie"]}', b'{"defauts": [{"nom": "500", "autre": 1}]}']
)
def test_a_fault_that_is_none_is_refused_and_those_set_stay(simulator: Simulator, sent: bytes) -> None:
    simulator.set_faults("503")
    told = requests.put(f"{simulator.address}/_simulateur/defauts", data=sent, timeout=kit.SECONDS)
    assert told.status_code == 400
    assert look(simulator).status_code == 503


def test_what_was_asked_is_kept_in_order_without_the_control_addresses(simulator: Simulator) -> None:
    look(simulator)
    requests.get(f"{simulator.address}/_simulateur/defauts", timeout=kit.SECONDS)
    book(simulator)
    first, second = simulator.requests
    assert (first.method, first.path) == ("GET", "/fhir/Slot")
    assert first.values("status") == ["free"]
    assert datetime.fromisoformat(first.values("start")[0][2:]) == NOW
    assert "%2B" in first.raw
    assert (second.method, json.loads(second.body)["status"]) == ("POST", "booked")


def test_a_body_that_is_too_long_or_of_no_length_is_refused(simulator: Simulator) -> None:
    place = simulator.address.removeprefix("http://")
    for name, value in (("Content-Length", "1048577"), ("Transfer-Encoding", "chunked")):
        connection = HTTPConnection(place, timeout=kit.SECONDS)
        connection.putrequest("POST", "/agenda/fhir/Appointment")
        connection.putheader(name, value)
        connection.endheaders()
        with connection.getresponse() as response:
            assert response.status == 413
        connection.close()


def test_a_client_that_leaves_is_not_waited_for(simulator: Simulator) -> None:
    simulator.set_faults("muet")
    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{simulator.address}/fhir/metadata", timeout=(kit.SECONDS, SHORT))
    assert simulator.wait_for_requests(1)
    assert eventually(lambda: simulator.connections == 0)


def own_address() -> str | None:
    """An address of this machine that is not loopback, found without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


@pytest.mark.skipif(own_address() is None, reason="this machine has no address but loopback")
def test_faults_are_not_set_from_another_machine() -> None:
    with Simulator(demonstration_world(NOW), lambda: NOW, host="0.0.0.0") as simulator:
        port = simulator.address.rpartition(":")[2]
        answers = [
            requests.get(f"http://{host}:{port}/_simulateur/defauts", timeout=kit.SECONDS)
            for host in ("127.0.0.1", own_address())
        ]
    assert [answer.status_code for answer in answers] == [200, 404]


def test_what_the_simulator_itself_does_wrong_comes_out() -> None:
    def broken() -> datetime:
        raise ZeroDivisionError

    with (
        pytest.raises(ZeroDivisionError),
        Simulator(demonstration_world(NOW), broken) as simulator,
        pytest.raises(requests.ConnectionError),
    ):
        look(simulator)


def test_leaving_drops_whoever_still_waits() -> None:
    with Simulator(demonstration_world(NOW), lambda: NOW, faults=("muet",)) as simulator:
        session = requests.Session()
        url = f"{simulator.address}/fhir/Slot?{encoded(slots_of(BREHAULT))}"
        with pytest.raises(requests.ReadTimeout):
            session.get(url, timeout=SHORT)
    with session, pytest.raises(requests.ConnectionError):
        session.get(url, timeout=kit.SECONDS)
