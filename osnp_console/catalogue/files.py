"""The files a catalogue is made of, and the fingerprint by which a judgement can be shown again."""

from __future__ import annotations

import hashlib
from pathlib import Path

PARTS = ("dispositifs", "territoires", "faits", "motifs")


def catalogue_files(folder: Path) -> list[Path]:
    """The files a catalogue is made of, in a stable order."""
    found = [
        path for part in PARTS for path in (folder / part).rglob("*") if path.suffix in (".yaml", ".csv")
    ]
    return [path for path in (folder / "sources.yaml", *sorted(found)) if path.is_file()]


def fingerprint(*folders: Path) -> str:
    """`sha256:…` over the names and contents of the files of the folders, in order."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in catalogue_files(folder):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return f"sha256:{digest.hexdigest()}"
