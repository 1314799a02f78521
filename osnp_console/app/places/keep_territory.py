"""Writing a territory that the site entered into its layer of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from osnp_console.app.people.permissions import note
from osnp_console.app.places.import_territory import TerritoryEntry
from osnp_console.app.ports import OpenUnit
from osnp_console.domain.journal import CATALOGUE_CHANGED
from osnp_console.domain.permissions import Act


def keep_territory(
    open_unit: OpenUnit, entry: TerritoryEntry, write: Callable[[TerritoryEntry], Path]
) -> Path:
    """Write it with `write` and journal who did; returns the file.

    Raises Forbidden, StoreFailure, and OSError when the disk refuses: then no line says that it was written.
    """
    with open_unit() as unit:
        unit.session.require(Act.EDIT_CATALOGUE)
        note(
            unit,
            CATALOGUE_CHANGED,
            {"quoi": "territoire", "cpts": entry.cpts, "communes": len(entry.communes)},
        )
        file = write(entry)
        unit.commit()
    return file
