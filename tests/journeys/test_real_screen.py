"""Once on a real X screen with a window manager: keys come from the keyboard, pixels go to the screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.journeys.operator import CAPTURES
from tests.journeys.real_screen import missing, running, screen
from tests.journeys.workstation import Workstation

MISSING = missing("xdotool", "import")

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"programmes absents : {', '.join(MISSING)}")


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own, with a window manager."""
    with screen() as name:
        yield name


def until(console: subprocess.Popen[str], wanted: str) -> None:
    """Read what the console writes until a line; the timeout of the test bounds it."""
    assert console.stdout is not None
    for line in console.stdout:
        if line.strip() == wanted:
            return
    raise AssertionError(f"the console ended without {wanted!r}")


@pytest.mark.file_only
def test_a_number_typed_on_a_real_keyboard_arrives_in_a_window_that_is_really_painted(
    workstation: Workstation, display: str, tmp_path: Path
) -> None:
    secrets = json.dumps(workstation.keyring.secrets)
    command = (sys.executable, "-m", "tests.journeys.shown_console", str(workstation.folder), secrets)

    def keys(*arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], check=True, env={**os.environ, "DISPLAY": display})

    with running(*command, DISPLAY=display, QT_QPA_PLATFORM="xcb") as console:
        until(console, "READY")
        keys("key", "F2")
        keys("type", "0639984107")
        until(console, "TYPED 0639984107")
        picture = CAPTURES / "ecran-reel.png"
        CAPTURES.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["import", "-window", "root", str(picture)], check=True, env={**os.environ, "DISPLAY": display}
        )
        keys("key", "F12")
        until(console, "TYPED 0639984107")
    image = QImage(str(picture))
    assert image.width() == 1366
    colours = {image.pixelColor(x, y).name() for x in range(0, 1366, 8) for y in range(0, 768, 8)}
    assert {"#e8ecf0", "#ffffff", "#d9e0e7"} <= colours, "the window is not painted"
