from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from osnp_console.app.sources.agendas import (
    BookingPerson,
    BookingRequest,
    BookingResult,
    Deadline,
    Outcome,
    SlotQuery,
)
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.domain.slots.slot import BookingMode, Origin, Place, Practitioner, Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.connectors.asked import NOW, QUERY, TOOLS, params_of, read, requests_of
from tests.connectors.misbehaving_server import (
    Asked,
    Behaviour,
    Line,
    MisbehavingServer,
    Reply,
    answering,
    cut,
    cut_at_once,
    silent,
    trickling_body,
)
from tests.connectors.searchsets import RPPS, bundle, outcome, searchset, written

KEY = "0b2f6c0e-6a52-4a3e-9e55-0d0f6b8d9a11"
PERSON = BookingPerson("ESSAI", "Camille Dominique", "1990-02-28", "F", "+33639980000")
START = NOW + timedelta(hours=2)
SLOT = Slot(
    id="s",
    start=START,
    end=START + timedelta(minutes=20),
    practitioner=Practitioner("Anne Bréhault", RPPS),
    place=Place(city="Redon"),
    origins=(Origin("agenda", "Slot/c1", NOW, BookingMode.DIRECT),),
)
REQUEST = BookingRequest(KEY, SLOT, "agenda", "Slot/c1", PERSON, "Cystite", "osnp-3")


def declare(address: str, **options: object) -> AgendaSource:
    return AgendaSource("agenda", SourceKind.FHIR_AGENDA, "Agenda", url=address, options=options)


def attempt(
    behaviour: Behaviour, seconds: float = 60.0, verify: bool = False, **options: object
) -> tuple[BookingResult, list[Asked]]:
    make = CONNECTORS[SourceKind.FHIR_AGENDA].book
    assert make is not None
    with MisbehavingServer(behaviour) as server:
        booker = make(declare(server.address, **options), TOOLS)
        act = booker.verify if verify else booker.book
        return act(REQUEST, Deadline(seconds)), list(server.asked)


def appointment(status: str = "booked", key: str = KEY, name: str = "r7") -> dict[str, Any]:
    return {"resourceType": "Appointment", "id": name, "status": status, "identifier": [{"value": key}]}


def refusing(status: int, body: bytes = b"", lookup: Reply | None = None) -> Behaviour:
    """Refuses what is posted; what is looked up afterwards is answered by `lookup`."""
    found = lookup if lookup is not None else Reply(b"", None, 404)
    refused = Reply(body, status=status)
    return answering(lambda asked: refused if asked.method == "POST" else found)


def test_all_that_the_agenda_has_is_asked_for_when_nobody_is_named() -> None:
    (asked,) = requests_of(declare, QUERY, Reply(searchset()))
    assert params_of(asked) == [
        ("_include", "Slot:schedule"),
        ("_include:iterate", "Schedule:actor"),
        ("start", "ge2026-11-24T09:00:00.000+01:00"),
        ("start", "le2026-11-26T09:00:00.000+01:00"),
        ("status", "free"),
    ]


def test_named_practitioners_are_asked_for() -> None:
    query: SlotQuery = replace(QUERY, practitioners=(RPPS,))
    (asked,) = requests_of(declare, query, Reply(searchset()))
    name, value = params_of(asked)[-1]
    assert (name, value) == (
        "schedule.actor:Practitioner.identifier",
        f"urn:oid:1.2.250.1.71.4.2.1|8{RPPS}",
    )


def test_its_slots_are_booked_by_the_desk_itself() -> None:
    slots: list[Slot] = []
    with MisbehavingServer(answering(Reply(searchset()))) as server:
        read(declare(server.address), slots=slots)
    assert {one.origins[0].mode for one in slots} == {BookingMode.DIRECT}
    assert slots[0].origins[0].reference == "Slot/c0"


def test_the_appointment_is_posted_once_with_the_attempts_own_key() -> None:
    result, (asked,) = attempt(answering(Reply(written(appointment()), status=201)))
    assert result == BookingResult(Outcome.BOOKED, "Appointment/r7")
    assert (asked.method, asked.target) == ("POST", "/fhir/Appointment")
    assert asked.headers["if-none-exist"] == f"identifier=urn:osnp-console:reservation|{KEY}"
    assert asked.headers["content-type"] == "application/fhir+json; charset=utf-8"
    sent = json.loads(asked.body)
    assert (sent["resourceType"], sent["status"]) == ("Appointment", "booked")
    assert [one["value"] for one in sent["identifier"]] == [KEY]
    assert sent["slot"] == [{"reference": "Slot/c1"}]
    assert (sent["start"], sent["end"]) == ("2026-11-24T11:00:00.000+01:00", "2026-11-24T11:20:00.000+01:00")
    assert sent["reasonCode"] == [{"text": "Cystite"}]
    assert sent["extension"][0]["valueReference"] == {"display": "osnp-3"}
    assert sent["participant"][0]["actor"] == {"reference": f"#{sent['contained'][0]['id']}"}
    assert sent["participant"][1]["actor"]["identifier"]["value"] == f"8{RPPS}"


def test_the_patient_is_in_the_body_and_nowhere_else() -> None:
    _, (asked,) = attempt(answering(Reply(written(appointment()), status=201)))
    (patient,) = json.loads(asked.body)["contained"]
    assert patient["name"] == [{"use": "official", "family": "ESSAI", "given": ["Camille", "Dominique"]}]
    assert (patient["birthDate"], patient["gender"]) == ("1990-02-28", "female")
    assert patient["telecom"] == [{"system": "phone", "value": "+33639980000"}]
    elsewhere = " ".join([asked.target, *asked.headers.values()])
    for word in ("ESSAI", "Camille", "1990", "639980000", "Cystite"):
        assert word not in elsewhere


def test_a_practice_that_confirms_is_sent_a_request() -> None:
    result, (asked,) = attempt(answering(Reply(written(appointment("proposed")), status=201)), demande=True)
    assert json.loads(asked.body)["status"] == "proposed"
    assert result.outcome is Outcome.WAITING


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("booked", Outcome.BOOKED),
        ("arrived", Outcome.BOOKED),
        ("proposed", Outcome.WAITING),
        ("pending", Outcome.WAITING),
        ("waitlist", Outcome.WAITING),
        ("cancelled", Outcome.REFUSED),
        ("entered-in-error", Outcome.REFUSED),
        ("autre", Outcome.UNKNOWN),
    ],
)
@pytest.mark.parametrize("code", [200, 201])
def test_the_appointments_own_status_says_what_was_obtained(
    status: str, code: int, expected: Outcome
) -> None:
    result, _ = attempt(answering(Reply(written(appointment(status)), status=code)))
    assert (result.outcome, result.reference) == (expected, "Appointment/r7")


@pytest.mark.parametrize(("request_", "expected"), [(False, Outcome.BOOKED), (True, Outcome.WAITING)])
def test_created_without_a_word_is_what_was_asked_for(request_: bool, expected: Outcome) -> None:
    created = Reply(b"", None, 201, {"Location": "https://x.invalid/fhir/Appointment/r9/_history/1"})
    result, _ = attempt(answering(created), demande=request_)
    assert result == BookingResult(expected, "Appointment/r9")


@pytest.mark.parametrize(
    "reply", [Reply(b"", None), Reply(b"{}"), Reply(b"<html>", "text/html"), Reply(searchset())]
)
def test_a_success_that_says_nothing_of_an_appointment_is_not_known(reply: Reply) -> None:
    assert attempt(answering(reply))[0].outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (409, b""),
        (409, outcome("créneau pris", "conflict")),
        (409, b"<html>"),
        (412, outcome("créneau pris", "conflict")),
        (422, outcome("créneau pris", "business-rule")),
        (422, outcome("créneau pris", "duplicate")),
    ],
)
def test_a_conflict_is_a_slot_taken_meanwhile(status: int, body: bytes) -> None:
    assert attempt(refusing(status, body))[0] == BookingResult(Outcome.TAKEN)


def test_a_conflict_with_this_very_attempt_is_a_booking() -> None:
    ours = Reply(written(bundle([appointment()])))
    result, asked = attempt(refusing(409, outcome("identifiant déjà connu", "duplicate"), ours))
    assert result == BookingResult(Outcome.BOOKED, "Appointment/r7")
    assert asked[1].target == f"/fhir/Appointment?identifier=urn:osnp-console:reservation%7C{KEY}"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 415, 422, 429])
def test_a_refusal_books_nothing_and_says_so(status: int) -> None:
    result, _ = attempt(refusing(status, outcome(f"refus pour ESSAI Camille {status}", "invalid")))
    assert result.outcome is Outcome.REFUSED
    assert result.message is not None
    assert result.message.endswith("Rien n’a été réservé.")
    assert "ESSAI" not in result.message


@pytest.mark.parametrize("status", [408, 412, 500, 502, 503, 504])
def test_a_server_that_broke_may_have_booked(status: int) -> None:
    assert attempt(refusing(status))[0].outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("behaviour", [silent, trickling_body])
def test_a_time_out_is_not_known(behaviour: Behaviour) -> None:
    assert attempt(behaviour, 0.3)[0].outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("behaviour", [cut_at_once, cut(Reply(written(appointment()), status=201))])
def test_a_cut_line_is_not_known(behaviour: Behaviour) -> None:
    assert attempt(behaviour)[0].outcome is Outcome.UNKNOWN


def test_an_agenda_that_could_not_be_reached_booked_nothing() -> None:
    make = CONNECTORS[SourceKind.FHIR_AGENDA].book
    assert make is not None
    with MisbehavingServer(silent) as gone:
        address = gone.address
    result = make(declare(address), TOOLS).book(REQUEST, Deadline(60))
    assert result.outcome is Outcome.REFUSED
    assert result.message == "Agenda\u202f: connexion impossible. Rien n’a été réservé."


def test_an_attempt_that_never_started_booked_nothing() -> None:
    result, asked = attempt(silent, 0.0)
    assert (result.outcome, asked) == (Outcome.REFUSED, [])


def test_a_booking_is_never_sent_on_to_another_address() -> None:
    with MisbehavingServer(answering(Reply(written(appointment()), status=201))) as elsewhere:
        away = Reply(b"", None, 307, {"Location": elsewhere.address})
        assert attempt(answering(away))[0].outcome is Outcome.UNKNOWN
        assert elsewhere.asked == []


def test_a_booking_has_a_connection_of_its_own() -> None:
    """A server that closes after each answer, and does not say so, loses no booking."""
    lines: list[Line] = []

    def behave(line: Line, asked: Asked) -> None:
        assert all(line.sock is not other.sock for other in lines)
        lines.append(line)
        line.send(Reply(written(appointment())).written())

    def act(booker: Any) -> None:
        for _ in range(3):
            assert booker.book(REQUEST, Deadline(60)).outcome is Outcome.BOOKED

    with_booker(behave, act)
    assert len(lines) == 3


class Agenda:
    """A small agenda that keeps its promises: one appointment a key, one appointment a slot."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}
        self.cuts_answer = False

    def __call__(self, line: Line, asked: Asked) -> None:
        if asked.method == "GET" and "/Slot/" in asked.target:
            body = {"resourceType": "Slot", "id": "c1", "status": "busy" if self.kept else "free"}
            return line.send(Reply(written(body)).written())
        if asked.method == "GET":
            key = dict(params_of(asked))["identifier"].rpartition("|")[2]
            found = [one for one in self.kept.values() if one["identifier"][0]["value"] == key]
            return line.send(Reply(written(bundle(found))).written())
        sent = json.loads(asked.body)
        key = asked.headers["if-none-exist"].rpartition("|")[2]
        reply = self._posted(key, sent)
        if self.cuts_answer:
            return cut_at_once(line, asked)
        return line.send(reply.written())

    def _posted(self, key: str, sent: dict[str, Any]) -> Reply:
        if key in self.kept:
            return Reply(written(self.kept[key]))
        if self.kept:
            return Reply(outcome("créneau pris", "conflict"), status=409)
        self.kept[key] = {**appointment(key=key, name=f"r{len(self.kept)}"), "slot": sent["slot"]}
        return Reply(written(self.kept[key]), status=201)


def with_booker(agenda: Behaviour, act: Callable[[Any], None]) -> None:
    make = CONNECTORS[SourceKind.FHIR_AGENDA].book
    assert make is not None
    with MisbehavingServer(agenda) as server:
        act(make(declare(server.address), TOOLS))


def test_an_attempt_sent_again_after_a_cut_line_does_not_book_twice() -> None:
    agenda = Agenda()

    def act(booker: Any) -> None:
        agenda.cuts_answer = True
        assert booker.book(REQUEST, Deadline(60)).outcome is Outcome.UNKNOWN
        agenda.cuts_answer = False
        assert booker.verify(REQUEST, Deadline(60)) == BookingResult(Outcome.BOOKED, "Appointment/r0")
        assert booker.book(REQUEST, Deadline(60)) == BookingResult(Outcome.BOOKED, "Appointment/r0")

    with_booker(agenda, act)
    assert len(agenda.kept) == 1


def test_a_slot_that_another_desk_booked_is_taken() -> None:
    agenda = Agenda()
    agenda.kept["autre"] = appointment(key="autre")

    def act(booker: Any) -> None:
        assert booker.book(REQUEST, Deadline(60)) == BookingResult(Outcome.TAKEN)
        assert booker.verify(REQUEST, Deadline(60)) == BookingResult(Outcome.TAKEN)

    with_booker(agenda, act)
    assert list(agenda.kept) == ["autre"]


def test_an_attempt_that_the_agenda_does_not_have_booked_nothing_while_the_slot_is_free() -> None:
    def act(booker: Any) -> None:
        result = booker.verify(REQUEST, Deadline(60))
        assert (result.outcome, result.message) == (
            Outcome.REFUSED,
            "Agenda n’a pas ce rendez-vous. Rien n’a été réservé.",
        )

    with_booker(Agenda(), act)


def test_appointments_of_others_are_not_taken_for_ours() -> None:
    """A server that does not know the parameter returns every appointment."""
    everything = Reply(written(bundle([appointment(key="autre"), appointment(key="encore")])))
    result, _ = attempt(answering(everything), verify=True)
    assert result.outcome is Outcome.REFUSED


def test_of_two_appointments_of_one_attempt_the_living_one_counts() -> None:
    both = bundle([appointment("cancelled", name="r1"), appointment("pending", name="r2")])
    result, _ = attempt(answering(Reply(written(both))), verify=True)
    assert result == BookingResult(Outcome.WAITING, "Appointment/r2")


@pytest.mark.parametrize(
    "behaviour",
    [
        answering(Reply(b"", None, 404)),
        answering(Reply(b"", None, 401)),
        answering(Reply(b"", None, 500)),
        answering(Reply(b"{", "application/fhir+json")),
        answering(Reply(outcome("non", "not-supported"))),
        cut_at_once,
    ],
)
def test_an_agenda_that_does_not_say_leaves_the_attempt_not_known(behaviour: Behaviour) -> None:
    assert attempt(behaviour, verify=True)[0].outcome is Outcome.UNKNOWN


def test_what_the_agenda_says_of_an_attempt_is_not_repeated() -> None:
    result, _ = attempt(answering(Reply(outcome("dossier de ESSAI Camille"), status=403)), verify=True)
    assert result.message == "ce poste n’y a pas droit"


def test_an_agenda_that_is_silent_leaves_the_attempt_not_known() -> None:
    assert attempt(silent, 0.3, verify=True)[0].outcome is Outcome.UNKNOWN
