"""`demonstration` plays its stories through the real window, and leaves what it showed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage


def played(tmp_path: Path, *stories: str) -> tuple[str, list[Path]]:
    """What was told, and the pictures, each as large as the window; without a screen."""
    without_screen = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    pictures = tmp_path / "captures"
    wanted = [word for story in stories for word in ("--histoire", story)]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "osnp_console", "demonstration", "--captures", str(pictures), *wanted],
        env={**without_screen, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert str(pictures) in done.stdout
    found = sorted(pictures.glob("*.png"))
    for file in found:
        picture = QImage(str(file))
        assert (picture.width(), picture.height()) == (1366, 768)
    return done.stdout, found


def test_the_demonstration_takes_the_redon_call_to_its_verdict_and_leaves_its_pictures(
    tmp_path: Path,
) -> None:
    told, pictures = played(tmp_path, "appel")
    assert "Éligible : 1 · À vérifier : 0" in told
    assert "44-pays-de-redon-mg" in told
    assert len(pictures) >= 10
