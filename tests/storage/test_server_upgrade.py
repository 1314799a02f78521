"""A base on a server is brought up to date by one desk, while the others wait and say so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, insert, select

from osnp_console.app.ports import StoreFailure
from osnp_console.storage import tables
from osnp_console.storage.copy_between import _go_on_counting
from osnp_console.storage.engine import open_engine
from osnp_console.storage.heads import witness
from osnp_console.storage.server_engine import open_server_engine
from osnp_console.storage.server_store import (
    MARK,
    WITNESS,
    Server,
    _take_schema_lock,
    create_server_store,
    open_server_store,
)
from osnp_console.storage.server_verify import verify_server
from osnp_console.storage.upgrade import HEAD, alembic_config, revision_of
from tests.storage.kept import DESK, KEY, NAME, full_call, save, write_lines
from tests.storage.places import ServerPlace
from tests.storage.server import RealServer
from tests.storage.test_upgrade import left_by

NEWER = "La base vient d’une version plus récente. Mettre cette console à jour."


def changing(server: Server, change: Callable[[Connection], None]) -> None:
    """Do something to the base behind the store's back."""
    engine = open_server_engine(server.address, None)
    with engine.begin() as connection:
        change(connection)
    engine.dispose()


def applied(connection: Connection, revision: str) -> None:
    """The schema as a revision left it."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def left_on(server: Server, revision: str, file: Path) -> None:
    """A base on the server as a revision left it, with what the encrypted file of that revision holds."""
    source = open_engine(left_by(revision, file), KEY)
    known = MetaData()

    def fill(connection: Connection) -> None:
        applied(connection, revision)
        known.reflect(connection)
        with source.connect() as old:
            there = MetaData()
            there.reflect(old)
            for table in known.sorted_tables:
                rows = [dict(row._mapping) for row in old.execute(select(there.tables[table.name]))]
                if rows and table.name != "alembic_version":
                    connection.execute(insert(table), rows)
                    _go_on_counting(connection, tables.metadata.tables[table.name])
        notes = {MARK: "00" * 16, WITNESS: witness(KEY)}
        connection.execute(
            insert(tables.notes), [{"name": name, "value": value} for name, value in notes.items()]
        )

    changing(server, fill)
    source.dispose()


def revision_on(server: Server) -> str | None:
    found: list[str | None] = []
    changing(server, lambda connection: found.append(revision_of(connection)))
    return found[0]


def test_the_migrations_lead_to_the_same_schema_as_a_new_base(
    empty: Server, server_place: ServerPlace
) -> None:
    engine = open_server_engine(empty.address, None)
    with engine.begin() as connection:
        applied(connection, "head")
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()
    statement = (
        "select table_name, column_name, data_type, is_nullable, column_default, collation_name"
        " from information_schema.columns where table_schema = 'public'"
        " and table_name <> 'alembic_version' order by 1, 2"
    )
    indexes = (
        "select indexname, indexdef from pg_indexes where schemaname = 'public'"
        " and tablename <> 'alembic_version' order by 1"
    )
    for asked in (statement, indexes):
        migrated = server_place.server.say(asked, empty.address.base)
        assert migrated == server_place.server.say(asked, server_place.base)


@pytest.mark.parametrize("revision", ["0004", "0006", "0011"])
def test_an_older_base_opens_with_everything_it_held(revision: str, empty: Server, file: Path) -> None:
    left_on(empty, revision, file)
    store = open_server_store(empty)
    with store.unit() as unit:
        assert unit.calls.get("appel-1").sheet == full_call().sheet
        past = unit.journal.of_call("appel-1")
        found = unit.calls.persons_like("quatrem", "", 10)
    assert past[1].facts == {"champ": "patient.nom_naissance", "vaut": NAME}
    assert {"appel-1", "appel-2"} <= {one.call_id for one in found}
    write_lines(store, 1)
    store.close()
    report = verify_server(replace(empty, joins=False))
    assert (report.revision, report.faults) == (HEAD, ())


def test_a_desk_that_finds_another_at_it_says_so_and_opens_once_it_is_done(empty: Server, file: Path) -> None:
    left_on(empty, "0006", file)
    said = threading.Event()

    def other_desk() -> None:
        store = open_server_store(replace(empty, heads=empty.heads / "autre"), waiting=said.set)
        store.close()

    engine = open_server_engine(empty.address, None)
    with engine.begin() as connection:
        _take_schema_lock(connection, lambda: None)
        waiting = threading.Thread(target=other_desk)
        waiting.start()
        assert said.wait(30)
        assert revision_of(connection) == "0006"
    waiting.join(30)
    engine.dispose()
    assert not waiting.is_alive()
    assert revision_on(empty) == HEAD


def test_many_desks_that_start_at_once_on_an_older_base_all_open_it(empty: Server, file: Path) -> None:
    left_on(empty, "0004", file)
    together = threading.Barrier(6, timeout=60)

    def desk(number: int) -> str | None:
        together.wait()
        store = open_server_store(replace(empty, heads=empty.heads / str(number)))
        try:
            save(store, full_call(f"nouveau-{number}", number))
            with store.unit() as unit:
                return unit.calls.get("appel-1").id
        finally:
            store.close()

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(desk, range(6))) == {"appel-1"}
    report = verify_server(replace(empty, heads=empty.heads / "0", joins=False))
    assert (report.revision, report.faults) == (HEAD, ())


def test_a_migration_that_fails_leaves_the_base_as_it_was(
    empty: Server, file: Path, server: RealServer
) -> None:
    left_on(empty, "0004", file)
    # What a later revision wants to create is already there.
    server.say("create table account(autre int)", empty.address.base)
    with pytest.raises(Exception, match="account"):
        open_server_store(empty)
    assert revision_on(empty) == "0004"
    server.say("drop table account", empty.address.base)
    open_server_store(empty).close()
    assert revision_on(empty) == HEAD


def test_a_newer_base_is_refused_also_by_a_desk_that_had_it_open(server_place: ServerPlace) -> None:
    store = server_place.open()
    saved = save(store, full_call())
    server_place.server.say("update alembic_version set version_num = '0099'", server_place.base)
    with pytest.raises(StoreFailure) as writing:
        save(store, saved)
    store.close()
    with pytest.raises(StoreFailure) as opening:
        server_place.open()
    for refused in (writing, opening):
        assert (refused.value.code, refused.value.message) == ("base_plus_recente", NEWER)


def test_words_made_another_way_are_made_again_while_other_desks_read(server_place: ServerPlace) -> None:
    store = server_place.open()
    save(store, full_call())
    with server_place.behind() as connection:
        connection.execute("update base_note set value = '0' where name = 'mots'")
        connection.execute("delete from call_word")
        connection.execute("update call set found_by = ''")
    again = server_place.open()
    with store.unit() as reading, again.unit() as unit:
        assert [one.id for one in reading.calls.still_open(DESK)] == ["appel-1"]
        assert [one.call_id for one in unit.calls.persons_like("", "0261911234", 5)] == ["appel-1"]
    again.close()
    store.close()


def test_two_administrators_who_create_one_base_make_one(empty: Server) -> None:
    together = threading.Barrier(4, timeout=60)

    def create(number: int) -> str:
        together.wait()
        try:
            create_server_store(replace(empty, heads=empty.heads / str(number))).close()
            return "faite"
        except StoreFailure as failure:
            return failure.code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(create, range(4))) == ["faite", "interdit", "interdit", "interdit"]
