"""`demonstration`: stories played through the real window, with invented people."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

from osnp_console.cli.program import Folders, Program

STORIES: Mapping[str, str] = {
    "appel": "un appel pour le Pays de Redon, jusqu’au rendez-vous (S5 p. 14)",
    "transfert": "le même appel remis à la ligne AccèsS, vu des deux postes, puis un refus (S5 p. 14)",
    "attente": "une inscription sur la liste de kinésithérapie du Centre Vendée (S5 p. 44)",
    "ordonnance": "une ordonnance infirmière de la Sarthe, de l’appel à l’archive (S5 p. 81)",
}
"""The stories, in the order they are played, with what each is about."""


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """Play the stories, tell each step, and say where the pictures are."""
    out = program.stdout
    wanted = [name for name in STORIES if not options.histoire or name in options.histoire]
    pictures = Path(options.captures or tempfile.mkdtemp(prefix="osnp-demonstration-"))
    pictures.mkdir(parents=True, exist_ok=True)
    out.write("Démonstration : la vraie fenêtre, des personnes inventées.\n")
    for name in wanted:
        out.write(f"\n{name} : {STORIES[name]}\n\n")
        for line in program.demonstrate(folders, pictures, [name]):
            out.write(f"{line}\n")
            out.flush()
    out.write(f"\nCaptures d’écran : {pictures}\n")
    return 0
