"""Documents on their way out: files of the owner's alone, named for what they are, removed at the end."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

from osnp_console.desk.folders import write_private


class PaperFolder:
    """A folder that holds documents no longer than the console runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes, kind: str, suffix: str) -> Path:
        """Write a document; its name is its kind and a number drawn by lot. Raises OSError."""
        file = self._folder / f"{kind}-{secrets.token_hex(4)}{suffix}"
        write_private(file, content)
        return file

    def clear(self) -> None:
        """Remove every document; one that another program still holds open stays until the next time."""
        if not self._folder.is_dir():
            return
        for file in self._folder.iterdir():
            with contextlib.suppress(OSError):
                file.unlink()
