"""A consistent encrypted copy of a base, with what lies beside it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from osnp_console.storage.engine import connect, file_header, key_literal
from osnp_console.storage.failures import told
from osnp_console.storage.files import SALT, beside, copy_whole, keep_private, settle
from osnp_console.storage.heads import read_heads, write_heads

_HALF = ".partiel"


def copy_base(file: Path, key: bytes, target: Path) -> None:
    """Copy a base that may be in use; the copy is encrypted with the same key, or absent.

    The head and the salt go with it: `target` can be opened like any base, and read where nothing can be
    written, since it needs no write-ahead log. Raises StoreFailure.
    """
    half = beside(target, _HALF)
    with told():
        # Read before the lines are copied: the copy may hold more than its head names, never less.
        heads = read_heads(file, key)
        half.unlink(missing_ok=True)
        half.touch(mode=0o600)
        try:
            _export(file, key, half)
            header = file_header(half)
            salt = beside(file, SALT)
            if salt.exists():
                copy_whole(salt, beside(target, SALT))
            if heads is not None and heads.sound:
                write_heads(target, key, header, heads.heads)
            half.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                half.unlink()
            raise
        keep_private(target)
        settle(target.parent)


def _export(file: Path, key: bytes, target: Path) -> None:
    source = connect(file, key)
    try:
        source.execute(f'ATTACH DATABASE ? AS copie KEY "{key_literal(key)}"', (str(target),))
        source.execute("PRAGMA copie.synchronous = FULL")
        # In one transaction: what is written meanwhile is in the copy whole or not at all.
        source.execute("BEGIN")
        source.execute("SELECT sqlcipher_export('copie')")
        source.execute("COMMIT")
        source.execute("DETACH DATABASE copie")
    finally:
        source.close()


def copy_aside(file: Path, key: bytes, ending: str) -> Path:
    """Copy a base beside itself under a name that is free; returns the copy."""
    target = free_name(beside(file, ending))
    copy_base(file, key, target)
    return target


def free_name(wanted: Path) -> Path:
    """The name, or the first of `name-2`, `name-3`… that no file bears."""
    name, count = wanted, 2
    while name.exists():
        name = wanted.with_name(f"{wanted.name}-{count}")
        count += 1
    return name
