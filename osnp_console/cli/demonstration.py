"""`demonstration`: the Redon call of S5 page 14, played through the real window."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from osnp_console.cli.program import Folders, Program


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """Play the call, tell each step, and say where the pictures are."""
    out = program.stdout
    pictures = Path(options.captures or tempfile.mkdtemp(prefix="osnp-demonstration-"))
    pictures.mkdir(parents=True, exist_ok=True)
    out.write("Démonstration : un appel pour le Pays de Redon (S5 p. 14). Personnes inventées.\n\n")
    for line in program.demonstrate(folders, pictures):
        out.write(f"{line}\n")
        out.flush()
    out.write(f"\nCaptures d’écran : {pictures}\n")
    return 0
