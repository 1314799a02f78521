"""A copy is whole, encrypted, opens by itself; restoring swaps everything or nothing."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from osnp_console.app.ports import StoreFailure
from osnp_console.storage import copying
from osnp_console.storage.backup import back_up, restore
from osnp_console.storage.store import Store, create_store, open_store
from osnp_console.storage.swap import INCOMING, WAITING, finish_swap, put_in_place
from osnp_console.storage.verify import verify_base
from tests.storage.kept import KEY, NAME, NOW, OTHER_KEY, behind, full_call, rows, save, write_lines


@pytest.fixture
def store(file_store: Store) -> Store:
    """These are about the encrypted file."""
    return file_store


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where the copy goes, on another folder than the base."""
    folder = tmp_path / "cle-usb"
    folder.mkdir()
    return folder / "copie.base"


def calls_of(file: Path) -> list[str]:
    store = open_store(file, KEY)
    found = [row[0] for row in rows(store, "select id from call order by id")]
    store.close()
    return found


def test_a_copy_made_while_the_base_is_in_use_opens_and_verifies(
    store: Store, file: Path, copy: Path
) -> None:
    save(store, full_call())
    write_lines(store, 5)
    back_up(file, KEY, copy)
    report = verify_base(copy, KEY)
    assert report.faults == ()
    assert report.counts == {"appels": 1, "lignes": 5, "postes": 1}
    assert calls_of(copy) == ["appel-1"]


def test_a_copy_is_encrypted_and_its_owners_only(store: Store, file: Path, copy: Path) -> None:
    save(store, full_call())
    back_up(file, KEY, copy)
    assert NAME.encode() not in copy.read_bytes()
    assert b"SQLite format" not in copy.read_bytes()
    for part in copy.parent.iterdir():
        assert part.stat().st_mode & 0o077 == 0, part.name
    with pytest.raises(StoreFailure) as refused:
        open_store(copy, OTHER_KEY)
    assert refused.value.code == "cle"


def test_the_salt_of_a_passphrase_goes_with_the_copy(store: Store, file: Path, copy: Path) -> None:
    file.with_name("console.base.sel").write_bytes(b"sel")
    back_up(file, KEY, copy)
    assert copy.with_name("copie.base.sel").read_bytes() == b"sel"


def test_a_copy_never_overwrites_a_file(store: Store, file: Path, copy: Path) -> None:
    copy.write_bytes(b"autre chose")
    with pytest.raises(StoreFailure) as refused:
        back_up(file, KEY, copy)
    assert refused.value.code == "interdit"
    assert copy.read_bytes() == b"autre chose"


def test_a_copy_that_cannot_be_finished_leaves_no_half_of_one(
    store: Store, file: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise OSError(28, "plein")

    monkeypatch.setattr(copying, "write_heads", refuse)
    with pytest.raises(StoreFailure) as refused:
        back_up(file, KEY, copy)
    assert refused.value.code == "disque"
    assert not copy.exists()
    assert not copy.with_name("copie.base.partiel").exists()


def test_restoring_brings_the_copy_back_and_keeps_what_it_replaced(
    store: Store, file: Path, copy: Path
) -> None:
    save(store, full_call("avant"))
    write_lines(store, 3)
    back_up(file, KEY, copy)
    save(store, full_call("depuis"))
    store.close()
    kept = restore(file, KEY, copy, NOW)
    assert kept == file.with_name("console.base.remplacee-20261124T090000Z")
    assert calls_of(file) == ["avant"]
    assert calls_of(kept) == ["avant", "depuis"]
    assert verify_base(file, KEY).faults == ()
    assert verify_base(kept, KEY).faults == ()
    assert copy.exists()


def test_two_restores_at_the_same_instant_keep_both_replaced_bases(
    store: Store, file: Path, copy: Path
) -> None:
    back_up(file, KEY, copy)
    store.close()
    first = restore(file, KEY, copy, NOW)
    second = restore(file, KEY, copy, NOW)
    assert first != second
    assert first is not None
    assert first.exists()


def test_restoring_where_there_is_no_base_creates_it(store: Store, file: Path, copy: Path) -> None:
    save(store, full_call())
    back_up(file, KEY, copy)
    store.close()
    elsewhere = file.parent / "neuf" / "console.base"
    assert restore(elsewhere, KEY, copy, NOW) is None
    assert calls_of(elsewhere) == ["appel-1"]


def test_the_journal_goes_on_after_a_restore(store: Store, file: Path, copy: Path) -> None:
    write_lines(store, 3)
    back_up(file, KEY, copy)
    store.close()
    restore(file, KEY, copy, NOW + timedelta(hours=1))
    again = open_store(file, KEY)
    write_lines(again, 2)
    again.close()
    report = verify_base(file, KEY)
    assert report.faults == ()
    assert report.counts["lignes"] == 5


def test_a_damaged_copy_is_refused_and_the_base_is_not_touched(store: Store, file: Path, copy: Path) -> None:
    write_lines(store, 3)
    back_up(file, KEY, copy)
    store.close()
    with behind(copy) as connection:
        connection.execute("update journal set kind = 'alarme' where number = 2")
    before = file.read_bytes()
    with pytest.raises(StoreFailure) as refused:
        restore(file, KEY, copy, NOW)
    assert refused.value.code == "base_endommagee"
    assert "ligne 2" in refused.value.message
    assert file.read_bytes() == before


def test_a_copy_of_another_key_is_refused(file: Path, copy: Path) -> None:
    create_store(file, KEY).close()
    create_store(copy, OTHER_KEY).close()
    before = file.read_bytes()
    with pytest.raises(StoreFailure) as refused:
        restore(file, KEY, copy, NOW)
    assert refused.value.code == "cle"
    assert file.read_bytes() == before


class Stopped(BaseException):
    """The power goes."""


@pytest.mark.parametrize("step", range(8))
def test_a_restore_cut_short_at_any_step_leaves_one_base_or_the_other_whole(
    store: Store, file: Path, copy: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    save(store, full_call("ancien"))
    write_lines(store, 4)
    other = create_store(copy, KEY)
    save(other, full_call("nouveau"))
    write_lines(other, 2, desk="44-5")
    other.close()
    store.close()
    done = 0
    replace_file, unlink = Path.replace, Path.unlink

    def counted_replace(self: Path, target: Path) -> Path:
        nonlocal done
        if done == step:
            raise Stopped
        done += 1
        return replace_file(self, target)

    def counted_unlink(self: Path, missing_ok: bool = False) -> None:
        nonlocal done
        if done >= step:
            raise Stopped
        unlink(self, missing_ok)

    incoming = file.with_name(file.name + INCOMING)
    copying.copy_base(copy, KEY, incoming)
    with monkeypatch.context() as cut:
        cut.setattr(Path, "replace", counted_replace)
        cut.setattr(Path, "unlink", counted_unlink)
        with contextlib.suppress(Stopped):
            put_in_place(file, file.with_name("console.base.remplacee"))
    finish_swap(file)
    assert calls_of(file) in (["ancien"], ["nouveau"])
    assert verify_base(file, KEY).faults == ()
    assert not list(file.parent.glob(f"*{WAITING}"))


def test_a_head_that_waits_for_a_base_that_never_came_goes_away(store: Store, file: Path) -> None:
    write_lines(store, 2)
    store.close()
    waiting = file.with_name(f"console.base.tete{WAITING}")
    waiting.write_text('{"base": "00"}')
    open_store(file, KEY).close()
    assert not waiting.exists()
    assert verify_base(file, KEY).faults == ()
