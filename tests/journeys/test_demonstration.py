"""`demonstration` plays the Redon call through the real window, and leaves what it showed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage


def test_the_demonstration_takes_the_redon_call_to_its_verdict_and_leaves_its_pictures(
    tmp_path: Path,
) -> None:
    without_screen = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    pictures = tmp_path / "captures"
    played = subprocess.run(
        [sys.executable, "-P", "-m", "osnp_console", "demonstration", "--captures", str(pictures)],
        env={**without_screen, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert (played.returncode, played.stderr) == (0, "")
    assert "Éligible : 1 · À vérifier : 0" in played.stdout
    assert "44-pays-de-redon-mg" in played.stdout
    assert str(pictures) in played.stdout
    found = sorted(pictures.glob("*.png"))
    assert len(found) >= 10
    for file in found:
        picture = QImage(str(file))
        assert (picture.width(), picture.height()) == (1366, 768)
