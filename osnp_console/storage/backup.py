"""`base migrer`, `base sauvegarder` and `base restaurer`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from osnp_console.storage.copying import copy_base, free_name
from osnp_console.storage.failures import failure, told
from osnp_console.storage.files import HEAD, SALT, beside
from osnp_console.storage.store import check_key, open_store
from osnp_console.storage.swap import INCOMING, REPLACED, finish_swap, put_in_place
from osnp_console.storage.upgrade import HEAD as HEAD_REVISION
from osnp_console.storage.upgrade import bring_up_to_date, check_revision
from osnp_console.storage.verify import verify_base


def back_up(file: Path, key: bytes, target: Path) -> None:
    """Write a consistent encrypted copy, its head and its salt, while the base may be in use.

    The copy opens with the same key. Raises StoreFailure (`interdit` when a file is there already).
    """
    with told():
        finish_swap(file)
        check_key(file, key)
        for ending in ("", HEAD, SALT):
            if beside(target, ending).exists():
                raise failure("interdit", "Un fichier porte déjà ce nom. Rien n’a été écrasé.")
        copy_base(file, key, target)


def migrate_base(file: Path, key: bytes) -> tuple[str, str, Path | None]:
    """Bring a base up to date: its revision before and after, and the copy made before, if one was.

    Raises StoreFailure.
    """
    store = open_store(file, key, migrate=False)
    try:
        with told():
            before = check_revision(store.engine)
            copy = bring_up_to_date(store.engine, file, key)
    finally:
        store.close()
    return before, HEAD_REVISION, copy


def restore(file: Path, key: bytes, source: Path, now: datetime) -> Path | None:
    """Put a verified copy in the base's place; returns where the replaced base is kept, None without one.

    Nothing changes when the copy is damaged, of another key or of a newer console (StoreFailure). No other
    program may have the base open.
    """
    with told():
        finish_swap(file)
        check_key(source, key)
        report = verify_base(source, key)
        if report.faults:
            raise failure(
                "base_endommagee", f"La copie est abîmée, rien n’a été modifié. {report.faults[0].message}"
            )
        incoming = beside(file, INCOMING)
        for ending in ("", HEAD, SALT):
            beside(incoming, ending).unlink(missing_ok=True)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        copy_base(source, key, incoming)
        had_one = file.exists()
        aside = free_name(beside(file, f"{REPLACED}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"))
        put_in_place(file, aside)
        open_store(file, key).close()
    return aside if had_one else None
