"""A practice's published free slots, from an address or a file; each way to fail is its own."""

from __future__ import annotations

import os
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from osnp_console.connectors.ical import CONNECTOR
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.slot import BookingMode
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.connectors.calendars import NOW, Served, ask, calendar, event, serving, utc

TWO = calendar(event("20261124T093000Z", uid="a"), event("20261124T103000Z", "LOCATION:Redon", uid="b"))


def declared(url: str | None, practitioners: tuple[str, ...] = (), **options: object) -> AgendaSource:
    return AgendaSource(
        "lilas", SourceKind.ICAL, "Cabinet des Lilas", url, practitioners=practitioners, options=options
    )


def look(served: Served, practitioners: tuple[str, ...] = (), **options: object) -> SourceAnswer:
    with serving(served) as address:
        return ask(CONNECTOR, declared(f"{address}/libre.ics", practitioners, **options))


def test_the_free_slots_of_an_address_are_read() -> None:
    answer = look(Served(TWO), ("10002909371",))
    assert (answer.state, answer.read, answer.rejected, answer.message) == (SourceState.ANSWERED, 2, 0, None)
    first, second = answer.slots
    assert (first.start, first.end, first.practitioner.rpps) == (utc(9, 30), utc(9, 50), "10002909371")
    assert second.place.name == "Redon"
    assert (first.seen_at, first.origins[0].source, first.origins[0].mode) == (NOW, "lilas", None)


def test_of_several_practitioners_nobody_knows_whose_a_slot_is() -> None:
    answer = look(Served(TWO), ("10002909371", "10001288385"))
    assert {slot.practitioner.rpps for slot in answer.slots} == {None}


def test_a_booking_page_comes_before_a_phone() -> None:
    page: dict[str, Any] = {"page": "https://rdv.exemple/lilas", "telephone": "02 61 91 00 01"}
    answer = look(Served(TWO), **page)
    assert (answer.slots[0].origins[0].mode, answer.slots[0].origins[0].url) == (
        BookingMode.PORTAL,
        "https://rdv.exemple/lilas",
    )
    assert CONNECTOR.hosts(declared(None, **page)) == ("rdv.exemple",)


def test_one_bad_event_loses_one_slot_and_is_told() -> None:
    answer = look(Served(calendar(event("20261124T093000Z"), event("jamais", uid="2"))))
    assert (answer.state, answer.read, answer.rejected) == (SourceState.ANSWERED, 1, 1)
    assert answer.message == "1 créneau écarté sur 2"


def test_events_of_which_none_can_be_read_are_no_empty_agenda() -> None:
    assert look(Served(calendar(event("jamais")))).state is SourceState.FAILED


def test_nothing_in_the_window_is_an_empty_agenda() -> None:
    assert look(Served(calendar(event("20261127T093000Z")))).state is SourceState.EMPTY


def test_what_is_cancelled_or_not_confirmed_is_not_proposed() -> None:
    gone = event("20261124T093000Z", "STATUS:CANCELLED", uid="a")
    held = event("20261124T103000Z", "STATUS:TENTATIVE", uid="b")
    answer = look(Served(calendar(gone, held)))
    assert (answer.read, answer.slots) == (1, ())


def test_a_day_without_hours_is_told_and_not_proposed() -> None:
    answer = look(Served(calendar(event("20261125", "DURATION:P1D"))), duree_minutes=20)
    assert answer.slots == ()
    assert answer.message == "1 journée sans heures, non proposée"


def test_a_range_is_cut_into_slots_and_what_is_left_is_none() -> None:
    answer = look(Served(calendar(event("20261124T090000Z", "DURATION:PT50M"))), duree_minutes="20")
    assert [(slot.start, slot.end) for slot in answer.slots] == [
        (utc(9), utc(9, 20)),
        (utc(9, 20), utc(9, 40)),
    ]


def test_slots_that_started_before_the_window_are_not_handed_over() -> None:
    answer = look(Served(calendar(event("20261124T064000Z", "DURATION:PT1H"))), duree_minutes=20)
    assert (answer.read, [slot.start for slot in answer.slots]) == (3, [utc(7), utc(7, 20)])


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (401, SourceState.REFUSED), (403, SourceState.REFUSED), (404, SourceState.FAILED),
        (429, SourceState.FAILED), (500, SourceState.FAILED), (503, SourceState.FAILED),
    ],
)  # fmt: skip
def test_a_status_is_its_state(status: int, state: SourceState) -> None:
    answer = look(Served(b"", status=status))
    assert answer.state is state
    assert answer.message


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html>ouvrir une session</html>", "text/html"), (b"<html></html>", "text/calendar"),
        (b"", "text/calendar"), (TWO[:-9], "text/calendar"), (b'{"a": 1}', "application/json"),
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_unreadable(body: bytes, kind: str) -> None:
    answer = look(Served(body, kind))
    assert answer.state is SourceState.FAILED
    assert "illisible" in (answer.message or "")


def test_an_answer_cut_short_is_a_failure() -> None:
    served = Served(TWO)
    served.cut_at = 60
    assert look(served).state is SourceState.FAILED


def test_a_server_that_says_nothing_is_late() -> None:
    served = Served(TWO)
    served.hangs = True
    with serving(served) as address:
        answer = ask(CONNECTOR, declared(f"{address}/libre.ics"), seconds=0.2)
    assert answer.state is SourceState.LATE


def test_an_account_is_let_in_by_the_password_of_the_keyring() -> None:
    served = Served(TWO)
    with serving(served) as address:
        source = declared(f"{address}/libre.ics", compte="lilas")
        assert ask(CONNECTOR, source, {"mot_de_passe": "é:à"}).state is SourceState.ANSWERED
        assert ask(CONNECTOR, source).state is SourceState.REFUSED
    (received,) = served.received
    assert b64decode(received["Authorization"].removeprefix("Basic ")).decode() == "lilas:é:à"


def test_a_private_address_lies_in_the_keyring_and_in_no_message() -> None:
    served = Served(TWO)
    with serving(served) as address:
        private = {"adresse_privee": f"{address}/prive-9d8c.ics"}
        assert ask(CONNECTOR, declared(None), private).state is SourceState.ANSWERED
    assert served.asked == ["/prive-9d8c.ics"]
    gone = ask(CONNECTOR, declared(None), private)
    assert gone.state is SourceState.FAILED
    assert "9d8c" not in (gone.message or "")
    assert ask(CONNECTOR, declared(None)).state is SourceState.REFUSED


def test_a_file_was_seen_when_it_was_last_written(tmp_path: Path) -> None:
    file = tmp_path / "libre.ics"
    file.write_bytes(TWO)
    written = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    os.utime(file, (written.timestamp(), written.timestamp()))
    for source in (declared(str(file)), declared(None, fichier=str(file))):
        answer = ask(CONNECTOR, source)
        assert (answer.state, answer.read) == (SourceState.ANSWERED, 2)
        assert answer.slots[0].seen_at == written


def test_a_file_that_is_not_there_is_a_failure_that_does_not_name_it(tmp_path: Path) -> None:
    for path in (tmp_path / "rien.ics", tmp_path):
        answer = ask(CONNECTOR, declared(str(path)))
        assert answer.state is SourceState.FAILED
        assert str(path) not in (answer.message or "")


@pytest.mark.parametrize(
    "options",
    [
        {"sens": "occupe"}, {"duree_minutes": "vingt"}, {"duree_minutes": 0}, {"duree_minutes": True},
        {"duree_minutes": 100_000}, {"types": "SNP"}, {"lieu": 3}, {"page": "http://rdv.exemple"},
        {"transparents": "oui"},
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_meant_is_told(options: dict[str, Any]) -> None:
    served = Served(TWO)
    answer = look(served, **options)
    assert answer.state is SourceState.FAILED
    assert answer.message
    assert served.asked == []
