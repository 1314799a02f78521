"""An older base is brought up to date after a copy; a newer one and another file are refused untouched."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from osnp_console.app.people.session import UNNAMED
from osnp_console.app.places.position_records import KnownCentre
from osnp_console.app.ports import SourceMemory, StoreFailure
from osnp_console.app.prescription.site_records import SitePapers
from osnp_console.domain.slots.proposal import proposed
from osnp_console.domain.slots.ranking import Whereabouts
from osnp_console.storage import tables
from osnp_console.storage.backup import migrate_base
from osnp_console.storage.engine import file_header, open_engine
from osnp_console.storage.heads import write_heads
from osnp_console.storage.journal_records import last_line
from osnp_console.storage.store import Store, create_store, open_store
from osnp_console.storage.upgrade import HEAD, REVISIONS, alembic_config, check_revision
from osnp_console.storage.verify import verify_base
from tests.storage.kept import DESK, KEY, NAME, NOW, behind, full_call, rows, save
from tests.storage.slots_kept import a_slot, a_source, an_appointment
from tests.unit.agendas import CSNP

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def store(file_store: Store) -> Store:
    """These are about the encrypted file."""
    return file_store


def left_by(revision: str, file: Path) -> Path:
    """A base as a revision left it: calls, five journal lines, one call's facts purged."""
    with behind(file) as connection:
        connection.executescript((FIXTURES / f"revision_{revision}.sql").read_text())
        connection.execute("PRAGMA journal_mode = WAL")
    engine = open_engine(file, KEY)
    with engine.connect() as connection:
        write_heads(file, KEY, file_header(file), {DESK: last_line(connection, DESK)})
    engine.dispose()
    return file


@pytest.fixture
def old(file: Path) -> Path:
    """A base as the first revision left it."""
    return left_by("0001", file)


def test_every_revision_of_the_package_is_known_in_order() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert tuple(one.revision for one in reversed(list(scripts.walk_revisions()))) == REVISIONS


def test_the_migrations_lead_to_the_same_schema_as_a_new_base(file: Path) -> None:
    engine = open_engine(file, KEY)
    config = alembic_config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
        migrated = _schema(connection.exec_driver_sql("select name, sql from sqlite_master").all())
    engine.dispose()
    store = create_store(file.with_name("neuve.base"), KEY)
    assert _schema(rows(store, "select name, sql from sqlite_master")) == migrated
    store.close()


def _schema(found: object) -> set[tuple[str, bool]]:
    assert isinstance(found, list)
    return {(name, "WITHOUT ROWID" in (sql or "")) for name, sql in found if name != "alembic_version"}


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_an_older_base_opens_with_everything_it_held(revision: str, file: Path) -> None:
    old = left_by(revision, file)
    store = open_store(old, KEY)
    with store.unit() as unit:
        kept = unit.calls.get("appel-1")
        past = unit.journal.of_call("appel-1")
    assert kept.sheet == full_call().sheet
    assert kept.version == 1
    assert past[1].facts == {"champ": "patient.nom_naissance", "vaut": NAME}
    assert check_revision(store.engine) == HEAD
    store.close()
    assert verify_base(old, KEY).faults == ()


def test_calls_of_an_older_base_are_found_by_name(old: Path) -> None:
    store = open_store(old, KEY)
    with store.unit() as unit:
        found = unit.calls.persons_like("quatrem", "", 10)
    store.close()
    assert [one.call_id for one in found] == ["appel-2", "appel-1"]


def test_calls_kept_by_the_second_revision_are_found_and_followed_up(file: Path) -> None:
    store = open_store(left_by("0002", file), KEY)
    with store.unit() as unit:
        found = unit.calls.persons_like("", "0261911234", 10)
        follow_up = unit.calls.follow_up(NOW.date(), 10)
    store.close()
    assert [one.call_id for one in found] == ["appel-3", "appel-2", "appel-1"]
    assert [one.id for one in follow_up] == ["appel-1", "appel-3", "appel-2"]


def test_an_older_base_takes_sources_and_appointments_once_it_is_up_to_date(file: Path) -> None:
    store = open_store(left_by("0002", file), KEY)
    with store.unit() as unit:
        unit.sources.put(a_source("sas"))
        unit.sources.remember("sas", SourceMemory(NOW, (a_slot(),), NOW))
        saved = unit.appointments.save(an_appointment("essai"))
        unit.commit()
    with store.unit() as unit:
        assert unit.sources.memories()["sas"].slots == (a_slot(),)
        assert unit.appointments.of_call("appel-1") == [saved]
    store.close()
    assert verify_base(file, KEY).faults == ()


def test_what_the_third_revision_kept_of_agendas_is_there_and_centres_of_communes_can_be_kept(
    file: Path,
) -> None:
    store = open_store(left_by("0003", file), KEY)
    answer = KnownCentre(Whereabouts(47.65, -2.08, is_centre=True), NOW)
    with store.unit() as unit:
        assert unit.sources.memories()["sas"].slots == (a_slot(),)
        assert [one.name for one in unit.effecteurs.all()] == ["Camille MAURY"]
        assert [one.id for one in unit.appointments.of_call("appel-1")] == ["essai"]
        assert unit.agendas.plan(CSNP.id, NOW, NOW + timedelta(days=1)).agenda == CSNP
        assert unit.positions.all() == {}
        unit.positions.put("35236", answer)
        unit.commit()
    with store.unit() as unit:
        assert unit.positions.all() == {"35236": answer}
    store.close()
    assert verify_base(file, KEY).faults == ()


def test_centres_the_fourth_revision_kept_are_there_and_the_base_has_no_account_yet(file: Path) -> None:
    store = open_store(left_by("0004", file), KEY)
    with store.unit() as unit:
        assert unit.positions.all()["35236"].where == Whereabouts(47.65, -2.08, is_centre=True)
        assert unit.positions.all()["99999"].where is None
        assert not unit.accounts.any()
        assert unit.session == UNNAMED
    store.close()


def test_accounts_the_fifth_revision_kept_are_there_and_slots_can_be_proposed(file: Path) -> None:
    store = open_store(left_by("0005", file), KEY)
    with store.unit() as unit:
        assert [one.name for one in unit.accounts.all()] == ["Gaëlle Tessier"]
        assert unit.accounts.attempts("g.tessier").count == 2
        unit.proposals.put(proposed(a_slot(), DESK, "", NOW), NOW)
        unit.commit()
    with store.unit() as unit:
        assert unit.proposals.all(NOW) == [proposed(a_slot(), DESK, "", NOW)]
    store.close()
    assert verify_base(file, KEY).faults == ()


def test_calls_the_sixth_revision_kept_are_with_the_desk_that_took_them_and_can_be_taken_over(
    file: Path,
) -> None:
    store = open_store(left_by("0006", file), KEY)
    with store.unit() as unit:
        assert [one.desk for one in unit.proposals.all(NOW)] == ["44-5"]
        kept = unit.calls.still_open(DESK)
        assert [one.owned_by for one in kept] == [DESK] * len(kept)
        unit.calls.save(kept[0].taken_over("44-5", NOW))
        unit.commit()
    with store.unit() as unit:
        assert [one.id for one in unit.calls.still_open("44-5")] == [kept[0].id]
        assert kept[0].id not in [one.id for one in unit.calls.still_open(DESK)]
    store.close()
    assert verify_base(file, KEY).faults == ()


def test_nurses_and_numbers_the_tenth_revision_kept_are_there_and_the_site_may_settle_its_papers(
    file: Path,
) -> None:
    store = open_store(left_by("0010", file), KEY)
    with store.unit() as unit:
        assert [one.name for one in unit.nurses.all()] == ["Cabinet des Lilas"]
        assert unit.prescriptions.next_number("72-sarthe-ide", 2026).rank == 18
        assert unit.site_papers.get() is None
        unit.site_papers.put(SitePapers(person="Claude", at=NOW))
        unit.commit()
    with store.unit() as unit:
        assert unit.site_papers.get() == SitePapers(person="Claude", at=NOW)
    store.close()
    assert verify_base(file, KEY).faults == ()


def test_papers_the_eleventh_revision_kept_are_there_and_last_sign_ins_have_their_index(file: Path) -> None:
    store = open_store(left_by("0011", file), KEY)
    with store.unit() as unit:
        settled = unit.site_papers.get()
        assert settled is not None
        assert (settled.header.lines, len(settled.header.logos)) == (("SAS d’essai",), 1)
        assert [one.id for one in unit.prints.of_desk(DESK)] == ["w-1"]
        assert unit.accounts.last_sign_ins() == {}
    (made,) = rows(store, "select sql from sqlite_master where name = 'ix_journal_person_at'")
    store.close()
    assert made == ("CREATE INDEX ix_journal_person_at ON journal (person, at) WHERE kind = 'connexion'",)
    assert verify_base(file, KEY).faults == ()


def test_a_copy_of_the_base_is_kept_before_it_is_migrated(old: Path) -> None:
    open_store(old, KEY).close()
    copy = old.with_name("console.base.revision-0001")
    report = verify_base(copy, KEY)
    assert report.revision == "0001"
    assert report.counts["appels"] == 2
    assert report.faults == ()
    assert copy.stat().st_mode & 0o077 == 0


def test_a_second_copy_never_overwrites_the_first(old: Path) -> None:
    taken = old.with_name("console.base.revision-0001")
    taken.write_bytes(b"une autre")
    before, after, copy = migrate_base(old, KEY)
    assert (before, after) == ("0001", HEAD)
    assert copy == old.with_name("console.base.revision-0001-2")
    assert taken.read_bytes() == b"une autre"


def test_a_base_that_is_up_to_date_is_not_copied(store: Store, file: Path) -> None:
    store.close()
    assert migrate_base(file, KEY) == (HEAD, HEAD, None)
    assert not list(file.parent.glob("*.revision-*"))


def test_a_migration_that_fails_leaves_the_base_as_it_was(old: Path) -> None:
    with behind(old) as connection:
        # What the second revision wants to create is already there.
        connection.execute("create table call_word(autre integer)")
    with pytest.raises(Exception, match="call_word"):
        open_store(old, KEY)
    with behind(old) as connection:
        assert connection.execute("select version_num from alembic_version").fetchall() == [("0001",)]
        columns = [row[1] for row in connection.execute("pragma table_info(call)")]
    assert "person" not in columns


def test_a_newer_base_is_refused_and_not_touched(store: Store, file: Path) -> None:
    save(store, full_call())
    store.close()
    with behind(file) as connection:
        connection.execute("update alembic_version set version_num = '0099'")
    before = file.read_bytes()
    with pytest.raises(StoreFailure) as refused:
        open_store(file, KEY)
    assert refused.value.code == "base_plus_recente"
    assert refused.value.message == "La base vient d’une version plus récente. Mettre cette console à jour."
    assert file.read_bytes() == before


def test_another_programs_encrypted_file_is_refused(file: Path) -> None:
    with behind(file) as connection:
        connection.execute("create table autre(a)")
    with pytest.raises(StoreFailure) as refused:
        open_store(file, KEY)
    assert refused.value.code == "base_endommagee"


def test_words_made_another_way_are_made_again_at_the_next_opening(store: Store, file: Path) -> None:
    save(store, full_call())
    store.close()
    with behind(file) as connection:
        connection.execute("update base_note set value = '0' where name = 'mots'")
        connection.execute("delete from call_word")
        connection.execute("update call set found_by = ''")
    again = open_store(file, KEY)
    with again.unit() as unit:
        assert [one.call_id for one in unit.calls.persons_like("", "0261911234", 5)] == ["appel-1"]
    again.close()


def test_opening_a_base_that_is_up_to_date_never_imports_alembic(store: Store, file: Path) -> None:
    store.close()
    program = (
        "import sys; from pathlib import Path\n"
        "from osnp_console.storage.store import open_store\n"
        f"open_store(Path({str(file)!r}), bytes(range(32))).close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
