"""What every connector owes, whatever its agenda does: the state of the contract's table, in time."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from osnp_console.app.sources.agendas import Deadline, Reading, SlotQuery, SourceFailure
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import SourceKind
from tests.connectors import searchsets
from tests.connectors.contract_reading import LONG, NOW, QUERY, SHORT, read, tools
from tests.connectors.contract_subjects import FILES, NETWORK, SUBJECTS, Subject
from tests.connectors.misbehaving_server import (
    Asked,
    Behaviour,
    Line,
    MisbehavingServer,
    Reply,
    answering,
    cut,
    cut_at_once,
    endless,
    silent,
    trickling_body,
    trickling_headers,
)


def failure_of(subject: Subject, behaviour: Behaviour, seconds: float = LONG) -> SourceFailure:
    """The failure of a reading; the server is still at what it does when the reading ends."""
    with MisbehavingServer(behaviour) as server:
        with pytest.raises(SourceFailure) as raised:
            read(subject, subject.declare(server.address), seconds)
        assert server.asked, "the agenda was never asked"
        assert not server.release.is_set()
        assert server.address not in raised.value.message
        assert "127.0.0.1" not in raised.value.message
        return raised.value


def test_slots_come_with_this_source_as_their_only_origin(subject: Subject) -> None:
    with MisbehavingServer(answering(subject.good)) as server:
        reading, slots = read(subject, subject.declare(server.address))
    assert (reading.read, reading.rejected, len(slots)) == (3, 0, 3)
    for slot in slots:
        assert [origin.source for origin in slot.origins] == ["essai"]
        assert slot.origins[0].reference
        assert slot.dispositifs == {"35-redon-mg"}
        assert slot.start.tzinfo is not None
        assert QUERY.start <= slot.start < slot.end


def test_an_agenda_with_nothing_free_is_no_failure(subject: Subject) -> None:
    with MisbehavingServer(answering(subject.nothing)) as server:
        assert read(subject, subject.declare(server.address)) == (Reading(0), [])


def test_one_bad_resource_loses_itself_and_is_counted(subject: Subject) -> None:
    with MisbehavingServer(answering(subject.one_bad)) as server:
        reading, slots = read(subject, subject.declare(server.address))
    assert (reading.read, reading.rejected, len(slots)) == (2, 1, 2)


def test_slots_outside_the_window_are_read_but_not_handed_over(subject: Subject) -> None:
    connector = CONNECTORS[subject.kind]
    assert connector.open is not None
    slots: list[Slot] = []
    with MisbehavingServer(answering(subject.good)) as server:
        reader = connector.open(subject.declare(server.address), tools())
        window = SlotQuery(NOW + timedelta(days=10), NOW + timedelta(days=11))
        reading = reader.read(window, Deadline(LONG), slots.extend)
        reader.close()
    assert (reading.read, slots) == (3 if subject.reads_all else 0, [])


def test_a_reader_asks_again_as_often_as_it_is_told(subject: Subject) -> None:
    connector = CONNECTORS[subject.kind]
    assert connector.open is not None
    with MisbehavingServer(answering(subject.good)) as server:
        reader = connector.open(subject.declare(server.address), tools())
        found: list[list[Slot]] = [[], []]
        for slots in found:
            reader.read(QUERY, Deadline(LONG), slots.extend)
        reader.close()
    assert [slot.id for slot in found[0]] == [slot.id for slot in found[1]]
    assert len(found[0]) == 3


@pytest.mark.parametrize("behaviour", [silent, trickling_headers, trickling_body])
def test_what_does_not_end_before_the_deadline_is_late(subject: Subject, behaviour: Behaviour) -> None:
    failure = failure_of(subject, behaviour, SHORT)
    assert (failure.state, failure.message) == (SourceState.LATE, "pas de réponse après 0,3 s")


def test_an_answer_that_begins_in_time_and_ends_after_is_late(subject: Subject) -> None:
    def half(line: Line, asked: Asked) -> None:
        reply = subject.good if isinstance(subject.good, Reply) else subject.good(asked)
        whole = reply.written()
        line.send(whole[:-1])
        line.release.wait()
        line.send(whole[-1:])

    assert failure_of(subject, half, SHORT).state is SourceState.LATE


def test_nothing_is_asked_once_the_deadline_is_over(subject: Subject) -> None:
    with MisbehavingServer(answering(subject.good)) as server:
        with pytest.raises(SourceFailure) as raised:
            read(subject, subject.declare(server.address), 0.0)
        assert (raised.value.state, server.asked) == (SourceState.LATE, [])


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("body", [b"", b"<html>non</html>", searchsets.outcome("certificat inconnu")])
def test_a_desk_that_is_not_let_in_is_refused(subject: Subject, status: int, body: bytes) -> None:
    kind = "text/html" if body.startswith(b"<") else subject.media
    failure = failure_of(subject, answering(Reply(body, kind, status)))
    assert failure.state is SourceState.REFUSED
    assert ("certificat inconnu" in failure.message) == body.startswith(b"{")


@pytest.mark.parametrize("status", [400, 404, 410, 422, 500, 502, 503])
@pytest.mark.parametrize("body", [b"", searchsets.outcome("service arrêté")])
def test_another_status_is_a_failure_in_the_servers_own_words(
    subject: Subject, status: int, body: bytes
) -> None:
    failure = failure_of(subject, answering(Reply(body, subject.media, status)))
    assert failure.state is SourceState.FAILED
    assert ("service arrêté" in failure.message) == bool(body)


@pytest.mark.parametrize("status", [429, 503])
def test_the_rest_that_a_server_asks_for_is_kept(subject: Subject, status: int) -> None:
    failure = failure_of(subject, answering(Reply(b"", None, status, {"Retry-After": "30"})))
    assert (failure.state, failure.rest) == (SourceState.FAILED, timedelta(seconds=30))


def test_the_rest_may_be_asked_for_by_a_date(subject: Subject) -> None:
    headers = {"Retry-After": "Tue, 24 Nov 2026 08:02:00 GMT"}
    assert failure_of(subject, answering(Reply(b"", None, 429, headers))).rest == timedelta(minutes=2)


def bad_answers(subject: Subject) -> Iterator[tuple[str, Behaviour]]:
    page = b"<!DOCTYPE html><html><body>Maintenance</body></html>"
    good = subject.cut_short
    yield "truncated", answering(subject.cut_short)
    yield "cut", cut(good)
    yield "cut at once", cut_at_once
    yield "html", answering(Reply(page, "text/html"))
    yield "html that says otherwise", answering(Reply(page, subject.media))
    if subject.types_matter and isinstance(subject.good, Reply):
        yield "another content type", answering(replace(subject.good, content_type="application/pdf"))
    yield "another shape", answering(subject.wrong_shape)
    yield "empty body", answering(Reply(b"", subject.media))
    yield "nothing said of an empty body", answering(Reply(b"", None))
    yield "no content", answering(Reply(b"", None, 204))
    yield "null", answering(Reply(b"null", subject.media))
    yield "not text", answering(Reply(bytes(range(256)), subject.media))
    yield "too large", endless
    bomb = gzip.compress(b" " * 64 * 1024 * 1024)
    yield (
        "too large once unpacked",
        answering(Reply(bomb, subject.media, headers={"Content-Encoding": "gzip"})),
    )
    yield (
        "not what it is packed as",
        answering(Reply(b"x", subject.media, headers={"Content-Encoding": "gzip"})),
    )
    yield "not http", lambda line, asked: line.send(b"SSH-2.0-essai\r\n" * 3)
    yield (
        "round in circles",
        lambda line, asked: line.send(Reply(b"", None, 302, {"Location": asked.target}).written()),
    )
    yield "redirect to nowhere", answering(Reply(b"", None, 302))


BAD = [
    pytest.param(subject, behaviour, id=f"{subject.name}-{name}")
    for subject in NETWORK
    for name, behaviour in bad_answers(subject)
]


@pytest.mark.parametrize(("chosen", "behaviour"), BAD)
def test_an_answer_that_cannot_be_used_is_a_failure_never_an_empty_agenda(
    chosen: Subject, behaviour: Behaviour
) -> None:
    failure = failure_of(chosen, behaviour)
    assert failure.state is SourceState.FAILED
    assert failure.message


def test_a_redirect_elsewhere_is_not_followed(subject: Subject) -> None:
    with MisbehavingServer(answering(subject.good)) as elsewhere:
        away = Reply(b"", None, 302, {"Location": elsewhere.address})
        assert failure_of(subject, answering(away)).state is SourceState.FAILED
        assert elsewhere.asked == []


def test_a_redirect_on_the_same_server_is_followed(subject: Subject) -> None:
    def behave(line: Line, asked: Asked) -> None:
        if not asked.target.startswith("/ailleurs"):
            return line.send(Reply(b"", None, 307, {"Location": "/ailleurs"}).written())
        return answering(subject.good)(line, asked)

    with MisbehavingServer(behave) as server:
        assert read(subject, subject.declare(server.address))[0].read == 3


def test_no_connection_is_a_failure(subject: Subject) -> None:
    with MisbehavingServer(silent) as gone:
        address = gone.address
    with pytest.raises(SourceFailure) as raised:
        read(subject, subject.declare(address))
    assert (raised.value.state, raised.value.message) == (SourceState.FAILED, "connexion impossible")


@pytest.mark.parametrize(
    "address", ["http://agenda.exemple.invalid/fhir", "https://moi:motdepasse@127.0.0.1:1/fhir", "n’importe"]
)
def test_an_address_that_would_betray_something_is_never_asked(subject: Subject, address: str) -> None:
    with pytest.raises(SourceFailure) as raised:
        read(subject, subject.declare(address))
    assert raised.value.state is SourceState.FAILED
    assert "motdepasse" not in raised.value.message


@pytest.mark.parametrize("chosen", FILES, ids=lambda subject: subject.name)
def test_a_file_is_read_as_an_answer_is(chosen: Subject, tmp_path: Path) -> None:
    expected = {"good": (3, 0), "nothing": (0, 0), "one_bad": (2, 1)}
    for name, counts in expected.items():
        reply = getattr(chosen, name)
        assert isinstance(reply, Reply)
        path = tmp_path / name
        path.write_bytes(reply.body)
        reading, slots = read(chosen, chosen.declare(str(path)))
        assert (reading.read, reading.rejected, len(slots)) == (*counts, counts[0])


@pytest.mark.parametrize("chosen", FILES, ids=lambda subject: subject.name)
def test_a_file_that_cannot_be_used_is_a_failure(chosen: Subject, tmp_path: Path) -> None:
    bodies = [chosen.cut_short.body, chosen.wrong_shape.body, b"", b"<html>", bytes(range(256))]
    for number, body in enumerate(bodies):
        path = tmp_path / str(number)
        path.write_bytes(body)
        with pytest.raises(SourceFailure) as raised:
            read(chosen, chosen.declare(str(path)))
        assert raised.value.state is SourceState.FAILED
    with pytest.raises(SourceFailure, match="introuvable"):
        read(chosen, chosen.declare(str(tmp_path / "absent")))


def test_no_kind_that_asks_another_machine_or_a_file_is_left_out() -> None:
    asking = {kind for kind in CONNECTORS if CONNECTORS[kind].looks_itself} - {SourceKind.LOCAL_AGENDA}
    assert asking == {subject.kind for subject in SUBJECTS}
