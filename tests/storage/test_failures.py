"""What goes wrong is told in a sentence, and nothing that was typed is lost by it."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from osnp_console.app.calls.write_behind import WriteBehind
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.journal import TAKEN, JournalEntry
from osnp_console.storage.backup import back_up, restore
from osnp_console.storage.failures import READ_ONLY
from osnp_console.storage.store import Store, create_store, open_store
from osnp_console.storage.verify import verify_base
from tests.storage.kept import DESK, KEY, NAME, NOW, OTHER_KEY, behind, full_call, rows, save, write_lines

FULL = "Disque plein : l’appel en cours est gardé en mémoire. Libérer de la place, rien n’est perdu."


@pytest.fixture
def store(file_store: Store) -> Store:
    """These are about the encrypted file."""
    return file_store


def refused(file: Path, key: bytes = KEY) -> StoreFailure:
    with pytest.raises(StoreFailure) as failure:
        open_store(file, key)
    return failure.value


def test_a_wrong_key_is_refused_and_changes_nothing(
    store: Store, file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    save(store, full_call())
    store.close()
    before = file.read_bytes()
    failure = refused(file, OTHER_KEY)
    assert failure.code == "cle"
    assert failure.message.startswith("Cette clé n’ouvre pas la base.")
    assert file.read_bytes() == before
    # SQLCipher itself would write of it.
    assert capfd.readouterr() == ("", "")


def test_a_wrong_key_without_the_head_says_that_it_may_be_the_key_or_the_file(
    store: Store, file: Path
) -> None:
    store.close()
    file.with_name("console.base.tete").unlink()
    failure = refused(file, OTHER_KEY)
    assert failure.code == "cle"
    assert "abîmé" in failure.message


def test_a_damaged_beginning_is_told_apart_from_a_wrong_key(store: Store, file: Path) -> None:
    save(store, full_call())
    store.close()
    content = bytearray(file.read_bytes())
    content[200] ^= 0xFF
    file.write_bytes(content)
    assert refused(file).code == "base_endommagee"


def test_damaged_pages_stop_the_opening_with_a_sentence(store: Store, file: Path) -> None:
    for number in range(60):
        save(store, full_call(f"appel-{number}", number))
    store.close()
    content = bytearray(file.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 + 100] ^= 0xFF
    file.write_bytes(content)
    assert refused(file).code == "base_endommagee"


def test_one_damaged_page_is_found_by_the_verifier(store: Store, file: Path) -> None:
    for number in range(60):
        save(store, full_call(f"appel-{number}", number))
    store.close()
    content = bytearray(file.read_bytes())
    content[-100] ^= 0xFF
    file.write_bytes(content)
    report = verify_base(file, KEY)
    assert [one.message for one in report.faults] == ["Le fichier de la base est abîmé."]


def test_a_file_cut_short_is_a_damaged_base(store: Store, file: Path) -> None:
    for number in range(60):
        save(store, full_call(f"appel-{number}", number))
    store.close()
    os.truncate(file, 3 * 4096)
    assert refused(file).code == "base_endommagee"


@pytest.mark.parametrize("content", [b"", b"bonjour", b"\x89PNG" + bytes(5000), os.urandom(8192)])
def test_a_file_that_is_no_base_is_refused_and_kept(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert refused(file).code in {"base_endommagee", "cle"}
    assert file.read_bytes() == content


def test_a_base_that_is_not_encrypted_is_refused(file: Path) -> None:
    import sqlite3

    plain = sqlite3.connect(file)
    plain.execute("create table call(a)")
    plain.commit()
    plain.close()
    failure = refused(file)
    assert failure.code == "base_endommagee"
    assert "chiffrée" in failure.message


def test_no_base_is_told_and_none_is_created(file: Path) -> None:
    assert refused(file).code == "introuvable"
    assert not list(file.parent.iterdir())


def test_creating_over_a_base_is_refused(store: Store, file: Path) -> None:
    with pytest.raises(StoreFailure) as failure:
        create_store(file, KEY)
    assert failure.value.code == "interdit"


def test_a_base_held_by_another_program_keeps_what_waits_and_takes_it_later(store: Store, file: Path) -> None:
    waiting = WriteBehind()
    waiting.keep(full_call())
    waiting.log(JournalEntry(DESK, NOW, TAKEN, "appel-1"))
    with behind(file) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFailure) as failure:
            waiting.flush(store.unit)
        other.execute("ROLLBACK")
    assert failure.value.code == "base_verrouillee"
    assert waiting.is_waiting
    assert waiting.flush(store.unit)
    assert not waiting.flush(store.unit)
    assert rows(store, "select id from call") == [("appel-1",)]


def test_a_reader_does_not_wait_for_a_writer(store: Store, file: Path) -> None:
    saved = save(store, full_call())
    with behind(file) as other:
        other.execute("BEGIN IMMEDIATE")
        with store.unit() as unit:
            assert unit.calls.get("appel-1") == saved


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 2 MB; mounting needs root."""
    folder = tmp_path / "disque"
    folder.mkdir()
    mounted = os.getuid() == 0 and shutil.which("mount") is not None
    if mounted:
        command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    if not mounted:
        pytest.skip("un petit disque se fait par mount, en administrateur")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def read_only(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


def test_a_base_on_a_disk_that_is_only_read_is_told_and_is_no_damaged_one(small_disk: Path) -> None:
    file = small_disk / "console.base"
    create_store(file, KEY).close()
    read_only(small_disk)
    failure = refused(file)
    assert (failure.code, failure.message) == ("disque", READ_ONLY)
    with pytest.raises(StoreFailure) as creating:
        create_store(small_disk / "autre.base", KEY)
    assert creating.value.message == READ_ONLY


def test_a_copy_on_a_disk_that_is_only_read_verifies_and_can_be_restored(
    store: Store, file: Path, small_disk: Path
) -> None:
    save(store, full_call())
    write_lines(store, 2)
    copy = small_disk / "copie.base"
    back_up(file, KEY, copy)
    store.close()
    read_only(small_disk)
    assert verify_base(copy, KEY).faults == ()
    restore(file, KEY, copy, NOW)
    assert verify_base(file, KEY).counts["lignes"] == 2


def take_all_room(file: Path) -> None:
    with file.open("wb", buffering=0) as other:
        while True:
            other.write(bytes(4096))


def test_a_full_disk_keeps_what_waits_and_takes_it_once_there_is_room(small_disk: Path) -> None:
    file = small_disk / "console.base"
    store = create_store(file, KEY)
    save(store, full_call("premier"))
    ballast = small_disk / "autre-programme"
    with pytest.raises(OSError, match="space"):
        take_all_room(ballast)
    waiting = WriteBehind()
    for number in range(30):
        waiting.keep(full_call(f"appel-{number}", number))
        waiting.log(JournalEntry(DESK, NOW, TAKEN, f"appel-{number}", {"numero": number}))
    with pytest.raises(StoreFailure) as failure:
        waiting.flush(store.unit)
    assert failure.value.code == "disque"
    assert failure.value.message == FULL
    assert waiting.is_waiting
    ballast.unlink()
    waiting.flush(store.unit)
    with store.unit() as unit:
        assert len(unit.calls.still_open(DESK)) == 31
        assert unit.calls.get("premier") == replace(full_call("premier"), version=1)
    store.close()
    assert verify_base(file, KEY).faults == ()


def test_a_base_that_may_not_grow_any_more_is_a_small_disk(store: Store) -> None:
    save(store, full_call("premier"))
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    waiting = WriteBehind()
    for number in range(30):
        waiting.keep(full_call(f"appel-{number}", number))
    with pytest.raises(StoreFailure) as failure:
        waiting.flush(store.unit)
    assert (failure.value.code, failure.value.message) == ("disque", FULL)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    assert waiting.flush(store.unit)
    assert rows(store, "select count(*) from call") == [(31,)]


_LIMITED = """
import resource, signal, sys
from pathlib import Path
from osnp_console.app.ports import StoreFailure
from osnp_console.storage.store import open_store
from tests.storage.kept import KEY, full_call
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
file = Path(sys.argv[1])
store = open_store(file, KEY)
# Less than the log of these calls takes, however large the base is.
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    with store.unit() as unit:
        for number in range(200):
            unit.calls.save(full_call(f"appel-{number}", number))
        unit.commit()
except StoreFailure as failure:
    print(failure.code)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with store.unit() as unit:
    unit.calls.save(full_call("après"))
    unit.commit()
store.close()
"""


def test_a_file_that_the_system_does_not_let_grow_is_told_and_recovers(store: Store, file: Path) -> None:
    store.close()
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(file)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert (done.stdout, done.stderr) == ("disque\n", "")
    again = open_store(file, KEY)
    assert rows(again, "select id from call") == [("après",)]
    again.close()


def test_no_failure_quotes_what_was_typed(store: Store, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), behind(file) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFailure) as failure:
            save(store, full_call())
        other.execute("ROLLBACK")
    error: BaseException | None = failure.value
    while error is not None:
        assert NAME not in str(error)
        error = error.__cause__
    assert NAME not in caplog.text


def test_a_head_that_cannot_be_written_does_not_fail_the_commit(store: Store, file: Path) -> None:
    write_lines(store, 1)
    head = file.with_name("console.base.tete")
    kept = head.read_bytes()
    head.unlink()
    head.mkdir()
    write_lines(store, 1)
    head.rmdir()
    head.write_bytes(kept)
    write_lines(store, 1)
    store.close()
    report = verify_base(file, KEY)
    assert report.counts["lignes"] == 3
    assert report.faults == ()


def test_a_failure_after_the_commit_is_not_taken_for_one_of_the_commit(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(5, "le disque")

    waiting = WriteBehind()
    waiting.keep(full_call())
    waiting.log(JournalEntry(DESK, NOW, TAKEN, "appel-1"))
    with monkeypatch.context() as broken:
        broken.setattr("osnp_console.storage.heads.write_head_file", refuse)
        assert waiting.flush(store.unit)
    assert not waiting.flush(store.unit)
    waiting.keep(full_call().put("note", "la suite"))
    assert waiting.flush(store.unit)
    store.close()
    assert verify_base(file, KEY).faults == ()
