"""A practice's free slots in a CalDAV collection, read from a real Radicale server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from osnp_console.app.sources.agendas import SourceFailure
from osnp_console.connectors.caldav import CONNECTOR
from osnp_console.connectors.caldav.reader import calendars_of
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.slot import BookingMode
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.connectors.calendars import Collection, ask, calendar, event, radicale, utc

OPTIONS: dict[str, Any] = {
    "compte": "cabinet",
    "praticien": "Anne Bréhault",
    "lieu": "Maison de santé",
    "commune": "Redon",
    "code_postal": "35600",
    "telephone": "02 61 91 00 01",
    "types": ["SNP"],
}


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """An empty calendar of the practice."""
    with radicale(tmp_path) as served:
        yield served


def look(collection: Collection, secret: str | None = "lilas", **options: object) -> SourceAnswer:
    source = AgendaSource(
        "cabinet",
        SourceKind.CALDAV,
        "Cabinet des Lilas",
        url=collection.address,
        practitioners=("10002909371",),
        dispositifs=("44-pays-de-redon-mg",),
        options={**OPTIONS, **options},
    )
    return ask(CONNECTOR, source, {"mot_de_passe": secret} if secret is not None else {})


def test_the_free_slots_of_a_collection_are_read_as_its_declaration_describes_them(
    collection: Collection,
) -> None:
    collection.put("a", calendar(event("20261124T093000Z", "SUMMARY:Libre", uid="a")))
    collection.put("hier", calendar(event("20261123T093000Z", uid="hier")))
    answer = look(collection)
    assert (answer.state, answer.read, answer.rejected, answer.message) == (SourceState.ANSWERED, 1, 0, None)
    (slot,) = answer.slots
    assert (slot.start, slot.end) == (utc(9, 30), utc(9, 50))
    assert (slot.practitioner.name, slot.practitioner.rpps) == ("Anne Bréhault", "10002909371")
    assert (slot.place.name, slot.place.city, slot.place.postcode) == ("Maison de santé", "Redon", "35600")
    assert slot.dispositifs == {"44-pays-de-redon-mg"}
    assert slot.types == {"SNP"}
    assert slot.origins[0].mode is BookingMode.PHONE
    assert slot.place.phone == "02 61 91 00 01"


def test_an_empty_collection_is_an_empty_agenda(collection: Collection) -> None:
    assert look(collection).state is SourceState.EMPTY


def test_a_recurrence_of_the_server_is_unrolled_and_cut_into_slots(collection: Collection) -> None:
    series = event(
        "20261014T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY", "EXDATE:20261125T090000", uid="matin"
    )
    collection.put("matin", calendar(series))
    answer = look(collection, duree_minutes=20)
    assert [slot.start for slot in answer.slots] == [utc(8), utc(8, 20), utc(8, 40)]
    assert len({slot.id for slot in answer.slots}) == 3
    assert len({slot.origins[0].reference for slot in answer.slots}) == 3


def test_where_some_time_is_marked_available_the_rest_is_taken(collection: Collection) -> None:
    free = event("20261124T090000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT", uid="libre")
    collection.put("libre", calendar(free))
    collection.put("pris", calendar(event("20261124T092000Z", "SUMMARY:Rendez-vous", uid="pris")))
    answer = look(collection, duree_minutes=20)
    assert [slot.start for slot in answer.slots] == [utc(9), utc(9, 40)]
    assert answer.read == 3


def test_time_marked_available_weeks_away_tells_that_what_is_not_is_taken(collection: Collection) -> None:
    far = event("20261214T090000Z", "TRANSP:TRANSPARENT", uid="loin")
    collection.put("loin", calendar(far))
    collection.put("pris", calendar(event("20261124T092000Z", "SUMMARY:Rendez-vous", uid="pris")))
    assert look(collection).slots == ()
    assert len(look(collection, transparents=False).slots) == 1


@pytest.mark.parametrize("secret", ["rose", None])
def test_a_desk_without_the_right_password_is_not_let_in(collection: Collection, secret: str | None) -> None:
    answer = look(collection, secret)
    assert answer.state is SourceState.REFUSED
    assert answer.message
    assert "rose" not in answer.message


def test_what_is_no_collection_is_a_failure_and_no_empty_agenda(collection: Collection) -> None:
    collection.address = collection.address.replace("libre", "rien")
    assert look(collection).state is SourceState.FAILED


def test_a_server_that_is_not_there_is_a_failure(collection: Collection) -> None:
    collection.address = "http://127.0.0.1:9/cabinet/libre/"
    answer = look(collection)
    assert answer.state is SourceState.FAILED
    assert "127.0.0.1" not in (answer.message or "")


_NAMES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'


def multistatus(*responses: str) -> bytes:
    return f'<?xml version="1.0"?><D:multistatus {_NAMES}>{"".join(responses)}</D:multistatus>'.encode()


def test_a_resource_that_the_server_could_not_give_is_counted() -> None:
    data = "<C:calendar-data>BEGIN:VCALENDAR</C:calendar-data>"
    given = f"<D:response><D:propstat><D:prop>{data}</D:prop></D:propstat></D:response>"
    missing = "<D:response><D:href>/a</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>"
    assert list(calendars_of(multistatus(given, missing))) == [b"BEGIN:VCALENDAR", None]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<a>", b"<html></html>", b"BEGIN:VCALENDAR", multistatus()[:-5], b"\xff\xfe\x00",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<?xml version="1.0" encoding="nimporte"?><a/>',
    ],
)  # fmt: skip
def test_what_is_no_multistatus_is_unreadable(body: bytes) -> None:
    with pytest.raises(SourceFailure) as caught:
        list(calendars_of(body))
    assert caught.value.state is SourceState.FAILED


def test_a_declaration_that_asks_for_taken_time_is_told_what_is_read(collection: Collection) -> None:
    answer = look(collection, sens="occupe")
    assert answer.state is SourceState.FAILED
    assert "libre" in (answer.message or "")
