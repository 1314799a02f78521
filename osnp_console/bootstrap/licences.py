"""What the program runs on, as the page « À propos » lists it."""

from __future__ import annotations

from pathlib import Path


def read_licences(file: Path) -> list[tuple[str, str]]:
    """Libraries with their version, and their licence: the rows of that table of the licences' page."""
    running = file.read_text(encoding="utf-8").partition("### Pour les essais")[0]
    rows = (line.strip().strip("|").split("|") for line in running.splitlines())
    cells = ([cell.strip() for cell in row] for row in rows if len(row) == 3)
    return [(f"{name} {version}", licence) for name, version, licence in cells if version[:1].isdigit()]
