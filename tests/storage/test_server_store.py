"""A base on a server: who gets in, what a desk notes of it, and what happens when the server goes away."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from osnp_console.app.calls.write_behind import WriteBehind
from osnp_console.app.ports import Conflict, StoreFailure
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.journal import TAKEN, JournalEntry
from osnp_console.storage import failures, server_failures, server_link
from osnp_console.storage.server_store import (
    ALREADY,
    NO_BASE,
    NOT_OURS,
    Server,
    create_server_store,
    open_server_store,
)
from osnp_console.storage.server_verify import verify_server
from osnp_console.storage.store import Store
from osnp_console.storage.upgrade import HEAD
from osnp_console.storage.verify import HEAD_MISSING
from tests.storage.kept import DESK, NAME, NOW, OTHER_KEY, full_call, rows, save, write_lines
from tests.storage.places import ServerPlace
from tests.storage.server import RealServer, running


@pytest.fixture
def store(server_place: ServerPlace) -> Iterator[Store]:
    """A new base on the server, open."""
    opened = server_place.open()
    yield opened
    opened.close()


@pytest.fixture
def empty(server: RealServer, tmp_path: Path) -> Iterator[Server]:
    """An empty base of the server."""
    base = server.new_base()
    yield Server(server.address(base), None, OTHER_KEY, tmp_path / "autre-poste", joins=True)
    server.drop_base(base)


def refused(server: Server) -> StoreFailure:
    with pytest.raises(StoreFailure) as failure:
        open_server_store(server)
    return failure.value


# --- making and opening ---------------------------------------------------------------------------------


def test_an_empty_base_of_the_server_becomes_the_consoles_once(empty: Server) -> None:
    create_server_store(empty).close()
    report = verify_server(replace(empty, joins=False))
    assert (report.revision, report.faults) == (HEAD, ())
    with pytest.raises(StoreFailure) as again:
        create_server_store(empty)
    assert (again.value.code, again.value.message) == ("interdit", ALREADY)


def test_a_base_that_holds_something_else_is_neither_taken_nor_opened(
    empty: Server, server: RealServer
) -> None:
    assert refused(empty).message == NO_BASE
    server.say("create table autre(a int)", empty.address.base)
    with pytest.raises(StoreFailure) as taken:
        create_server_store(empty)
    assert (taken.value.code, taken.value.message) == ("interdit", NOT_OURS)
    assert refused(empty).code == "base_endommagee"


def test_another_sites_key_opens_nothing_and_writes_nothing(server_place: ServerPlace) -> None:
    other = replace(server_place.own, key=OTHER_KEY)
    failure = refused(other)
    assert (failure.code, failure.message) == ("cle", failures.WRONG_KEY)
    assert not list(server_place.heads.glob("*"))


def test_a_base_that_is_not_there_and_a_server_that_does_not_answer_are_told_apart(
    server_place: ServerPlace, tmp_path: Path
) -> None:
    address = server_place.own.address
    missing = replace(server_place.own, address=replace(address, base="ailleurs"))
    nobody = replace(server_place.own, address=replace(address, host=str(tmp_path)))
    assert refused(missing).code == "introuvable"
    assert (refused(nobody).code, refused(nobody).message) == ("reseau", server_failures.NOT_REACHED)


def test_words_compare_bytes_whatever_the_servers_language(store: Store) -> None:
    statement = (
        "select c.collname from pg_attribute a join pg_collation c on c.oid = a.attcollation"
        " where a.attrelid = 'call_word'::regclass and a.attname = 'word'"
    )
    assert rows(store, statement) == [("C",)]


def test_what_a_file_takes_the_server_takes_too(store: Store) -> None:
    sheet = full_call().sheet.put("patient.commune", "une commune tapée en toutes lettres")
    record = replace(full_call(), sheet=sheet.put("patient.nom_naissance", "NOM\0COUPÉ"), outcome="x" * 99)
    saved = save(store, record)
    with store.unit() as unit:
        assert unit.calls.get(saved.id) == saved


# --- the ends of the chains -----------------------------------------------------------------------------


def cut(store: Store, desk: str, after: int) -> None:
    with store.engine.begin() as connection:
        for table in ("journal_facts", "journal"):
            connection.exec_driver_sql(f"delete from {table} where desk = '{desk}' and number > {after}")


def test_each_desk_shows_that_the_end_of_its_own_chain_was_cut_off(
    store: Store, server_place: ServerPlace
) -> None:
    write_lines(store, 5)
    cut(store, DESK, 3)
    assert [one.message for one in server_place.verify().faults] == ["Les lignes 4 à 5 du journal manquent."]


def test_a_desk_that_opened_the_base_since_shows_that_anothers_chain_was_cut_off(
    store: Store, server_place: ServerPlace, tmp_path: Path
) -> None:
    write_lines(store, 5)
    other = replace(server_place.own, heads=tmp_path / "autre-poste", joins=True)
    open_server_store(other).close()
    cut(store, DESK, 2)
    known = replace(other, joins=False)
    assert [(one.desk, one.line) for one in verify_server(known).faults] == [(DESK, 3)]
    # Opening again does not make it forget.
    open_server_store(other).close()
    assert verify_server(known).faults != ()


def test_a_desk_that_lost_its_file_says_so_and_one_that_joins_gets_one(
    store: Store, server_place: ServerPlace
) -> None:
    write_lines(store, 1)
    server_place.head.unlink()
    own = replace(server_place.own, joins=False)
    open_server_store(own).close()
    assert [one.message for one in verify_server(own).faults] == [HEAD_MISSING]
    open_server_store(replace(own, joins=True)).close()
    assert verify_server(own).faults == ()


def test_two_programs_of_one_desk_seal_one_chain(server_place: ServerPlace) -> None:
    server_place.open().close()

    def work(_: int) -> None:
        own = server_place.open()
        write_lines(own, 15)
        own.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    report = server_place.verify()
    assert report.counts["lignes"] == 90
    assert report.faults == ()


# --- one writer where there must be one -----------------------------------------------------------------


def test_of_many_desks_that_save_one_version_of_a_call_one_succeeds(
    store: Store, server_place: ServerPlace
) -> None:
    first = save(store, full_call())
    together = threading.Barrier(8, timeout=60)

    def work(number: int) -> str:
        own = server_place.open()
        try:
            together.wait()
            save(own, first.put("note", f"poste {number}"))
            return "écrit"
        except StoreFailure as failure:
            return failure.code
        finally:
            own.close()

    with ThreadPoolExecutor(8) as pool:
        said = sorted(pool.map(work, range(8)))
    assert said == ["conflit"] * 7 + ["écrit"]


def test_of_many_desks_that_add_one_call_one_succeeds(store: Store, server_place: ServerPlace) -> None:
    together = threading.Barrier(8, timeout=60)

    def work(number: int) -> str:
        own = server_place.open()
        try:
            together.wait()
            save(own, full_call("le même", number))
            return "écrit"
        except StoreFailure as failure:
            return failure.code
        finally:
            own.close()

    with ThreadPoolExecutor(8) as pool:
        said = sorted(pool.map(work, range(8)))
    assert said == ["conflit"] * 7 + ["écrit"]
    assert rows(store, "select count(*) from call") == [(1,)]


# --- the server goes away -------------------------------------------------------------------------------


@pytest.fixture
def own_server() -> Iterator[RealServer]:
    """A server that the test may kill."""
    with running() as started:
        yield started


@pytest.fixture
def own_place(own_server: RealServer, tmp_path: Path) -> ServerPlace:
    """A base on it."""
    place = ServerPlace(own_server, own_server.new_base(), tmp_path / "reperes")
    place.create().close()
    place.joined = True
    return place


def test_after_the_server_was_killed_what_waits_is_written_without_opening_again(
    own_server: RealServer, own_place: ServerPlace
) -> None:
    store = own_place.open()
    save(store, full_call("avant"))
    waiting = WriteBehind()
    waiting.keep(full_call("pendant", 2))
    waiting.log(JournalEntry(DESK, NOW, TAKEN, "pendant"))
    own_server.kill()
    for _ in range(2):
        with pytest.raises(StoreFailure) as failure:
            waiting.flush(store.unit)
        assert (failure.value.code, failure.value.message) == ("reseau", server_failures.GONE)
        assert waiting.is_waiting
        assert NAME not in str(failure.value.__cause__)
    own_server.start()
    assert waiting.flush(store.unit)
    with store.unit() as unit:
        assert {one.id for one in unit.calls.still_open(DESK)} == {"avant", "pendant"}
    store.close()
    assert own_place.verify().faults == ()


def test_a_unit_that_the_server_ends_in_the_middle_wrote_nothing(
    own_server: RealServer, own_place: ServerPlace
) -> None:
    store = own_place.open()
    with store.unit() as unit:
        unit.calls.save(full_call("moitié"))
        own_server.say(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'osnp-console'"
        )
        with pytest.raises(StoreFailure) as failure:
            unit.commit()
    assert failure.value.code == "reseau"
    assert rows(store, "select count(*) from call") == [(0,)]
    store.close()


def test_a_server_that_stops_answering_is_given_up_after_the_deadline(
    own_server: RealServer, own_place: ServerPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    import signal

    monkeypatch.setattr(server_link.Link, "patience", 0.3)
    store = own_place.open()
    (pid,) = [
        row[0]
        for row in own_server.say("select pid from pg_stat_activity where application_name = 'osnp-console'")
    ]
    assert isinstance(pid, int)
    with store.unit() as unit:
        unit.calls.save(full_call())
        os.kill(pid, signal.SIGSTOP)
        try:
            with pytest.raises(StoreFailure) as failure:
                unit.commit()
        finally:
            os.kill(pid, signal.SIGCONT)
    assert failure.value.code == "reseau"
    store.close()


def test_a_link_that_dies_under_many_rows_is_told_once_and_writes_nothing_on_the_screen(
    server: RealServer,
    server_place: ServerPlace,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    link = server_link.open_link(server.address(server_place.base), None)
    with caplog.at_level("INFO"), link.cursor() as cursor, pytest.raises(psycopg.OperationalError):
        cursor.executemany(
            "select pg_terminate_backend(pg_backend_pid()), %s::text", [("x" * 100_000,)] * 300
        )
    assert {(record.name, record.message) for record in caplog.records} == {
        (server_link.__name__, "liaison_morte_fermee")
    }
    assert capfd.readouterr().err == ""


def save_soon(store: Store, record: CallRecord) -> None:
    """Save a call; what another desk holds is waited for a moment only."""
    with store.unit() as unit:
        unit._transaction.writing().exec_driver_sql("set local lock_timeout = '50ms'")
        unit.calls.save(record)


def test_a_row_that_another_desk_holds_is_waited_for_then_told(
    store: Store, server_place: ServerPlace
) -> None:
    saved = save(store, full_call())
    with server_place.server.connection(server_place.base) as other:
        other.execute("begin")
        other.execute("select * from call for update")
        with store.unit() as unit:
            unit.calls.get(saved.id)  # reading does not wait
        with pytest.raises(StoreFailure) as failure:
            save_soon(store, saved)
        other.execute("rollback")
    assert (failure.value.code, failure.value.message) == ("base_verrouillee", server_failures.BUSY)


def test_a_call_that_is_held_is_saved_by_no_other_desk_until_the_unit_ends(
    store: Store, server_place: ServerPlace
) -> None:
    saved = save(store, full_call())
    other = server_place.open()
    with store.unit() as unit:
        mine = unit.calls.held(saved.id)
        with other.unit() as reading:
            assert reading.calls.get(saved.id) == mine  # reading does not wait
        with pytest.raises(StoreFailure) as failure:
            save_soon(other, saved)
        unit.calls.save(mine.put("note", "d’ici"))
        unit.commit()
    assert (failure.value.code, failure.value.message) == ("base_verrouillee", server_failures.BUSY)
    with pytest.raises(Conflict):
        save_soon(other, saved)
    other.close()


def test_desks_that_type_in_one_call_at_once_all_save_at_once(
    store: Store, server_place: ServerPlace
) -> None:
    first = save(store, full_call())
    together = threading.Barrier(6, timeout=60)

    def work(number: int) -> None:
        own, waiting = server_place.open(), WriteBehind()
        waiting.know(first)
        try:
            for _ in range(5):
                waiting.keep(first.put(f"reponse:{number}", "oui"))
                together.wait()
                assert waiting.flush(own.unit)
        finally:
            own.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    with store.unit() as unit:
        kept = unit.calls.get(first.id)
    assert kept.version == first.version + 30
    assert {f"reponse:{number}": "oui" for number in range(6)}.items() <= kept.sheet.values.items()


def test_a_full_table_of_desks_is_told(own_server: RealServer, own_place: ServerPlace) -> None:
    own_server.say(f"alter database {own_place.base} connection limit 0")
    address = replace(own_place.own.address, user="poste")
    own_server.say("create role poste login")
    failure = refused(replace(own_place.own, address=address))
    assert (failure.code, failure.message) == ("reseau", server_failures.FULL_HOUSE)
    assert not failure.is_cut, "somebody has to mend it"


def test_a_name_the_server_does_not_know_is_refused(own_server: RealServer, own_place: ServerPlace) -> None:
    address = replace(own_place.own.address, user="personne")
    assert refused(replace(own_place.own, address=address)).message == server_failures.REFUSED


def test_a_desk_that_may_only_read_is_told_when_it_writes(
    own_server: RealServer, own_place: ServerPlace
) -> None:
    own_server.say("create role lecteur login")
    own_server.say("grant select on all tables in schema public to lecteur", own_place.base)
    reader = replace(own_place.own, address=replace(own_place.own.address, user="lecteur"))
    store = open_server_store(reader)
    with pytest.raises(StoreFailure) as failure:
        save(store, full_call())
    store.close()
    assert (failure.value.code, failure.value.message) == ("interdit", server_failures.NOT_ALLOWED)


def test_an_instant_comes_back_in_utc_whatever_the_servers_zone(
    own_server: RealServer, own_place: ServerPlace
) -> None:
    own_server.say(f"alter database {own_place.base} set timezone = 'America/Cayenne'")
    store = own_place.open()
    saved = save(store, full_call(at=NOW + timedelta(microseconds=5)))
    with store.unit() as unit:
        read = unit.calls.get(saved.id)
    store.close()
    assert read == saved
    assert read.taken_at.utcoffset() == timedelta(0)
