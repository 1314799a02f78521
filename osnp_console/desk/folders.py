"""Where this workstation keeps things, readable by their owner only."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

PRIVATE_FOLDER = 0o700
BASE = "console.base"


@dataclass(frozen=True, slots=True)
class DeskFolders:
    """`data` holds the base, `config` the settings and the site's layer, `state` the log."""

    data: Path
    config: Path
    state: Path
    cache: Path

    @property
    def base(self) -> Path:
        """The base of this workstation, where no other is named."""
        return self.data / BASE

    @property
    def settings(self) -> Path:
        """The settings of this workstation."""
        return self.config / "reglages.json"


def desk_folders(application: str) -> DeskFolders:
    """The system's own folders for the application; none is created."""
    import platformdirs

    return DeskFolders(
        Path(platformdirs.user_data_dir(application, appauthor=False)),
        Path(platformdirs.user_config_dir(application, appauthor=False)),
        Path(platformdirs.user_state_dir(application, appauthor=False)),
        Path(platformdirs.user_cache_dir(application, appauthor=False)),
    )


def made_private(folder: Path) -> Path:
    """The folder, created with owner-only rights where it is missing; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    return folder


def write_private(file: Path, content: bytes) -> None:
    """Replace a file in one step, on the disk when this returns, readable by its owner; raises OSError."""
    made_private(file.parent)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(content)
            temporary.flush()
            os.fsync(temporary.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
