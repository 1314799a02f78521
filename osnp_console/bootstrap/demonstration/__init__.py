"""The demonstration: stories of invented people in the real window, on bases that are thrown away."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from osnp_console.bootstrap.demonstration.world import STARTS
from osnp_console.cli.program import Folders, Program


def has_screen() -> bool:
    """Whether a window could be seen here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demonstrate(program: Program, folders: Folders, pictures: Path, stories: Sequence[str]) -> Iterator[str]:
    """Play stories through the real window, over the simulator; offscreen where there is no screen.

    `stories` are among `cli.demonstration.STORIES`.
    """
    watched = has_screen() and os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    if not watched:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from osnp_console.bootstrap.demonstration import stories as told
    from osnp_console.ui.demonstration.stage import Stage

    for name in stories:
        stage = Stage(pictures, name, watched=watched)
        with _empty_folder() as folder:
            yield from told.PLAYED[name](told.Around(program, folders, folder, stage, _clock_from_start()))


def _clock_from_start() -> Callable[[], datetime]:
    began = datetime.now(UTC)
    return lambda: STARTS + (datetime.now(UTC) - began)


@contextmanager
def _empty_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="osnp-demonstration-base-") as folder:
        yield Path(folder)
