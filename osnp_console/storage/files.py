"""Files beside the base, written whole or not at all, readable by their owner only."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

OWNER_ONLY = 0o600
HEAD, SALT = ".tete", ".sel"
"""What lies beside a base: the head of the journal, and the salt of a passphrase where there is one."""


def beside(base: Path, ending: str) -> Path:
    """The file that belongs to a base: `console.base` and `.tete` give `console.base.tete`."""
    return base.with_name(base.name + ending)


def write_whole(file: Path, content: bytes) -> None:
    """Replace a file's content in one step, on the disk when this returns; raises OSError."""
    # mkstemp gives the owner-only rights that the file keeps.
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(content)
            temporary.flush()
            os.fsync(temporary.fileno())
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    settle(file.parent)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file; the target is whole or absent. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as copy, source.open("rb") as original:
            shutil.copyfileobj(original, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    settle(target.parent)


def settle(folder: Path) -> None:
    """Put a folder's names on the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep_private(file: Path) -> None:
    """Owner-only rights on a file that another library made, where the disk lets us say so."""
    with contextlib.suppress(OSError):
        file.chmod(OWNER_ONLY)
