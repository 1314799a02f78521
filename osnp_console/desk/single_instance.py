"""One console on a base: two of them would number calls twice and overwrite each other's journal head."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from osnp_console.app.ports import StoreFailure
from osnp_console.desk.folders import made_private

ALREADY = "Une console est déjà ouverte sur cette base. Revenir à sa fenêtre, ou la fermer d’abord."


class BaseLock:
    """Held while a console has the base open; the system lets go of it however the program ends."""

    def __init__(self, base: Path) -> None:
        self._file = base.with_name(base.name + ".verrou")
        self._handle: int | None = None

    def take(self) -> None:
        """Take it; raises StoreFailure (`base_verrouillee`) when another console has it, `disque`."""
        try:
            made_private(self._file.parent)
            handle = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreFailure("disque", "Le dossier de la base ne peut pas être écrit.") from error
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            raise StoreFailure("base_verrouillee", ALREADY) from error
        self._handle = handle

    def release(self) -> None:
        """Let go of it; the file stays, empty: removing it would let two consoles hold two files."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> BaseLock:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
