"""Writes a territory entered by the site, in the catalogue's own format."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from osnp_console.app.places.import_territory import TerritoryEntry
from osnp_console.domain.commune import fold
from osnp_console.domain.sources import SITE


def write_territory(site: Path, entry: TerritoryEntry) -> Path:
    """Write `territoires/<cpts>.yaml` in the site's folder, whole or not at all; returns the file.

    An earlier entry for the same CPTS is replaced. Raises OSError when the disk refuses.
    """
    import yaml  # 12 ms that no other command needs

    folder = site / "territoires"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{fold(entry.cpts).replace(' ', '-')}.yaml"
    territory = {
        "cpts": entry.cpts,
        "departements": list(entry.departements),
        "source": {"document": SITE},
        "saisie": {"auteur": entry.author, "date": entry.day.isoformat()},
        "communes": [{"code": commune.code, "nom": commune.nom} for commune in entry.communes],
    }
    text = yaml.safe_dump({"territoires": [territory]}, allow_unicode=True, sort_keys=False)
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(temporary).replace(target)
    return target
