"""`demonstration` plays its stories through the real window, and leaves what it showed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QImage


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What was told of every story, and the folder of the pictures; played once, without a screen."""
    folder = tmp_path_factory.mktemp("demonstration")
    without_screen = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    pictures = folder / "captures"
    done = subprocess.run(
        [sys.executable, "-P", "-m", "osnp_console", "demonstration", "--captures", str(pictures)],
        env={**without_screen, "XDG_CACHE_HOME": str(folder), "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert str(pictures) in done.stdout
    return done.stdout, pictures


def test_every_story_leaves_its_pictures_each_as_large_as_the_window(played: tuple[str, Path]) -> None:
    found = sorted(played[1].glob("*.png"))
    assert Counter(file.name.partition("-")[0] for file in found) == {
        "appel": 17, "transfert": 18, "attente": 5, "ordonnance": 13,
    }  # fmt: skip
    for file in found:
        picture = QImage(str(file))
        assert (picture.width(), picture.height()) == (1366, 768)


def test_the_redon_call_is_taken_to_its_verdict_and_its_appointment(played: tuple[str, Path]) -> None:
    assert "Éligible : 1 · À vérifier : 0" in played[0]
    assert "44-pays-de-redon-mg" in played[0]
    assert "F9 : réservé dans le carnet" in played[0]


def test_each_step_of_the_other_stories_was_reached_by_its_key(played: tuple[str, Path]) -> None:
    told = played[0]
    for line in (
        "Au SAS, F8 : l’appel est clos, transféré.",
        "À la ligne, Maj+F8 : refusé, « à voir avec le médecin régulateur ».",
        "F9 : inscrite, jusqu’au 24/12.",
        "Entrée : contactée, c’est noté.",
        "F9 et son mot de passe : validée et archivée, n° 72-sarthe-ide-2026-00001.",
        "F9, F9 : transmise, archivée.",
        "La douchette lit le DataMatrix de la feuille : n° 72-sarthe-ide-2026-00001, inchangée.",
    ):
        assert line in told


def test_the_prescription_is_printed_as_a_pdf_beside_the_pictures(played: tuple[str, Path]) -> None:
    (file,) = played[1].glob("*.pdf")
    assert file.name == "ordonnance-1-A4.pdf"
    assert file.read_bytes().startswith(b"%PDF-")
