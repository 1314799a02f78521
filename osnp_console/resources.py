"""Finds a bundled file, in a checkout or in an installed package."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of the bundled resources."""
    installed = _HERE / "_resources"
    return installed if installed.is_dir() else _HERE.parent / "resources"
