"""A base is copied from a file to a server and back: the same rows, the same chains, or nothing at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from osnp_console.app.local_agenda.agenda import PlaceAsked, book_place
from osnp_console.app.places.position_records import KnownCentre
from osnp_console.app.ports import SourceMemory, StoreFailure
from osnp_console.app.prescription.print_records import WaitingPrint
from osnp_console.app.prescription.records import ArchivedPaper, SettledFiness
from osnp_console.app.prescription.site_records import PaperSize
from osnp_console.domain.account import Account, AccountState
from osnp_console.domain.account_attempts import Attempts
from osnp_console.domain.agenda.plan import Closure, Offer, Plan, SingleOpening
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.domain.slots.proposal import Proposal
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.waiting_entry import Registered, WaitingEntry
from osnp_console.storage import copy_between as copying
from osnp_console.storage import tables
from osnp_console.storage.copy_between import DAMAGED, FileBase, copy_between
from osnp_console.storage.server_store import ALREADY, NOT_OURS, Server, open_server_store
from osnp_console.storage.server_verify import verify_server
from osnp_console.storage.store import Store, create_store, open_store
from osnp_console.storage.verify import verify_base
from tests.storage.kept import DESK, KEY, NOW, behind, full_call, rows, save, write_lines
from tests.storage.places import ServerPlace
from tests.storage.server import RealServer
from tests.storage.slots_kept import a_slot, a_source, an_appointment
from tests.storage.test_site_papers_kept import PAPERS
from tests.unit.agendas import CSNP, weekly
from tests.unit.prescriptions import draft
from tests.unit.transfers import after, transfer_to

WAITING = WaitingEntry("w-1", "85-x", "appel-0", Registered("QUATREMÈRE", "Zoé", "", "", ""), "85-1", NOW)


def fill(store: Store) -> None:
    """Something in every corner: calls, a purged one, two chains, sources, bookings, agendas, a transfer."""
    for number in range(3):
        save(store, full_call(f"appel-{number}", number, NOW + timedelta(minutes=number)))
    write_lines(store, 5)
    write_lines(store, 2, desk="44-5", call="appel-2")
    plan = Plan(CSNP, (weekly(time(14), time(15)),))
    with store.unit() as unit:
        unit.journal.purge("appel-1", DESK, NOW + timedelta(days=400))
        unit.sources.put(a_source("sas"))
        unit.sources.remember("sas", SourceMemory(NOW, (a_slot(),), NOW))
        unit.effecteurs.put(Effecteur("1", "Élise Amar"))
        unit.appointments.save(an_appointment("essai"))
        unit.agendas.put(plan.agenda)
        unit.agendas.put_weekly(plan.agenda.id, plan.weekly[0])
        unit.transfers.save(after(transfer_to(), TransferMove.DIAL, TransferMove.ANSWER))
        given = unit.prescriptions.next_number("72-sarthe-ide", 2026)
        signed = draft().validated(given, NOW, "72-2", "Dr Durand")
        unit.prescriptions.save(signed)
        unit.prescriptions.archive(ArchivedPaper(signed.id, "original", NOW, b"\0%PDF", "sha256:a"))
        unit.waiting.save(WAITING)
        unit.commit()
    book_place(store.unit, PlaceAsked("e1", CSNP.id, "20261124T130000Z/10002673899", "44-3"), NOW)
    settle(store)


def settle(store: Store) -> None:
    """What the site settled, its people, and what its desks have in hand."""
    with store.unit() as unit:
        boss = frozenset({"administrateur"})
        person = Account("c1", "e.exemple", "E. Exemple", boss, AccountState.ACTIVE, NOW)
        unit.accounts.save(person, "$argon2id$")
        unit.accounts.count("poste:44-3", Attempts(2, NOW))
        unit.nurses.put(Nurse("n-1", "Cabinet Exemple", communes=frozenset({"72181"})))
        finess = SettledFiness("85-vendee-ide", "850000019", "courrier", False, "Claude", NOW)
        unit.prescriptions.settle(finess)
        unit.site_papers.put(PAPERS)
        unit.prints.put(WaitingPrint("i-1", "p-1", DESK, PaperSize.A5, "Étage 2", NOW))
        unit.positions.put("35236", KnownCentre(None, NOW))
        unit.proposals.put(Proposal("p:1@x", "44-5", "", NOW + timedelta(minutes=3)), NOW)
        once = SingleOpening("s-1", NOW, NOW + timedelta(hours=1), Offer(minutes=20))
        unit.agendas.put_single(CSNP.id, once)
        closed = NOW + timedelta(days=3)
        unit.agendas.put_closure(CSNP.id, Closure("f-1", closed, closed + timedelta(days=1), "Formation"))
        unit.commit()


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as values."""
    with store.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=str)
            for table in tables.metadata.sorted_tables
            if table is not tables.notes
        }


def tables_of(server: RealServer, empty: Server) -> object:
    """How many tables a base of the server has."""
    said = server.say("select count(*) from pg_tables where schemaname = 'public'", empty.address.base)
    return said[0][0]


@pytest.fixture
def filled(file: Path) -> FileBase:
    """An encrypted file with something in every table."""
    store = create_store(file, KEY)
    fill(store)
    store.close()
    return FileBase(file, KEY)


def test_a_file_copied_to_a_server_and_back_is_the_same_with_its_chains(
    filled: FileBase, empty: Server, tmp_path: Path
) -> None:
    there, lines = copy_between(filled, empty)
    assert (there["call"], there["agenda_booking"], there["transfer"]) == (3, 1, 1)
    assert all(there.values()), "there is something in every table"
    assert lines == {DESK: 6, "44-5": 2}
    assert verify_server(replace(empty, joins=False)).faults == ()
    back = FileBase(tmp_path / "retour" / "console.base", KEY)
    assert copy_between(replace(empty, joins=False), back) == (there, lines)
    assert verify_base(back.file, KEY).faults == ()
    first, second = open_store(filled.file, KEY), open_store(back.file, KEY)
    assert content(first) == content(second)
    first.close()
    second.close()
    assert [one.name for one in back.file.parent.iterdir() if "copie" in one.name] == []


def test_work_goes_on_after_a_copy_on_either_side(filled: FileBase, empty: Server, tmp_path: Path) -> None:
    copy_between(filled, empty)
    there = open_server_store(empty)
    save(there, full_call("suite", 9))
    write_lines(there, 2)
    with there.unit() as unit:
        unit.sources.put(a_source("autre"))
        unit.appointments.save(an_appointment("autre"))
        unit.transfers.save(replace(transfer_to(), id="t-2"))
        # The number after the last one given there, and the paper as it was archived.
        assert unit.prescriptions.next_number("72-sarthe-ide", 2026).rank == 2
        kept = unit.prescriptions.by_number("72-sarthe-ide-2026-00001")
        assert kept.is_intact
        paper = unit.prescriptions.paper(kept.id, "original")
        assert paper is not None
        assert paper.content == b"\0%PDF"
        unit.prescriptions.save(replace(draft(), id="p-2"))
        unit.prescriptions.archive(ArchivedPaper("p-2", "original", NOW, b"2", "sha256:b"))
        unit.waiting.save(replace(WAITING, id="w-2"))
        unit.commit()
        found = unit.calls.persons_like("quatrem", "", 10)
    assert {one.call_id for one in found} == {"appel-0", "appel-1", "appel-2", "suite"}
    there.close()
    assert verify_server(replace(empty, joins=False)).faults == ()
    back = FileBase(tmp_path / "retour.base", KEY)
    copy_between(empty, back)
    here = open_store(back.file, KEY)
    save(here, full_call("encore", 10))
    write_lines(here, 1)
    assert rows(here, "select count(*) from call") == [(5,)]
    here.close()
    assert verify_base(back.file, KEY).faults == ()


def test_a_line_cut_off_at_the_target_shows_from_the_first_day(filled: FileBase, empty: Server) -> None:
    copy_between(filled, empty)
    store = open_server_store(replace(empty, joins=False))
    with store.engine.begin() as connection:
        connection.exec_driver_sql("delete from journal_facts where desk = '44-5' and number = 2")
        connection.exec_driver_sql("delete from journal where desk = '44-5' and number = 2")
    store.close()
    (fault,) = verify_server(replace(empty, joins=False)).faults
    assert (fault.desk, fault.line) == ("44-5", 2)


def test_a_target_that_holds_something_is_refused_and_not_touched(
    filled: FileBase, empty: Server, server: RealServer, server_place: ServerPlace, file: Path
) -> None:
    used = server_place.own
    with pytest.raises(StoreFailure) as ours:
        copy_between(filled, used)
    server.say("create table autre(a int)", empty.address.base)
    with pytest.raises(StoreFailure) as others:
        copy_between(filled, empty)
    with pytest.raises(StoreFailure) as a_file:
        copy_between(server_place.own, filled)
    assert [(one.value.code, one.value.message) for one in (ours, others)] == [
        ("interdit", ALREADY),
        ("interdit", NOT_OURS),
    ]
    assert a_file.value.code == "interdit"
    assert verify_base(file, KEY).counts["appels"] == 3


def test_a_damaged_base_is_not_copied(filled: FileBase, empty: Server, server: RealServer) -> None:
    with behind(filled.file) as connection:
        connection.execute("update journal set kind = 'alarme' where desk = ? and number = 3", (DESK,))
    with pytest.raises(StoreFailure) as refused:
        copy_between(filled, empty)
    assert refused.value.code == "base_endommagee"
    assert refused.value.message == DAMAGED.format("La ligne 3 du journal a été changée.")
    assert tables_of(server, empty) == 0


@pytest.mark.parametrize("to_file", [False, True], ids=["serveur", "fichier"])
def test_a_copy_that_fails_in_the_middle_leaves_nothing(
    filled: FileBase,
    empty: Server,
    server: RealServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    to_file: bool,
) -> None:
    source, target = filled, FileBase(tmp_path / "cible" / "console.base", KEY)
    copied: list[str] = []
    copy_table = copying._copy_table

    def fails_late(*arguments: object) -> int:
        table = arguments[2]
        copied.append(str(table))
        if str(table) == "journal_facts":
            raise OSError(28, "plein")
        return copy_table(*arguments)  # type: ignore[arg-type]  # handed on as they came

    with monkeypatch.context() as broken:
        broken.setattr(copying, "_copy_table", fails_late)
        with pytest.raises(StoreFailure) as refused:
            copy_between(source, target if to_file else empty)
    assert refused.value.code == "disque"
    assert "call" in copied
    assert not list(target.file.parent.glob("console.base*"))
    assert tables_of(server, empty) == 0
    assert copy_between(source, target if to_file else empty)[0]["call"] == 3
