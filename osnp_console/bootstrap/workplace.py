"""Where a window keeps things, and what tells it the time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from osnp_console.app.base.address import BasePlace
from osnp_console.desk.folders import BASE
from osnp_console.desk.keys import Secrets
from osnp_console.ui.calls import Clock


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where the window keeps things and what tells it the time.

    `data` is this workstation's folder, needed where the base is on a server. `own` is its own file, where
    that is not the base.
    """

    base: BasePlace
    settings: Path
    keyring: Secrets
    clock: Clock
    data: Path | None = None
    own: Path | None = None

    @property
    def own_file(self) -> Path:
        """This workstation's own base, whether it is there and in use or not."""
        if self.own is not None:
            return self.own
        return self.base if isinstance(self.base, Path) else self.folder / BASE

    @property
    def folder(self) -> Path:
        """What belongs to the base lies here: beside the file, or in the workstation's folder."""
        if isinstance(self.base, Path):
            return self.base.parent
        assert self.data is not None
        return self.data
