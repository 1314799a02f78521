"""A start pays for what it shows and for nothing else: what is read before the first image."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.workstation import Workstation

STARTED = Path(__file__).parents[1] / "benchmarks" / "started_window.py"
FIRST_IMAGE = "PEINTE"
# What each one is for comes later: an agenda to ask, a document, a migration, a passphrase, a catalogue to
# compile, a slip in a commune, a copy of the base, a workspace that is opened, somebody's past call.
LATER = (
    "alembic",
    "argon2",
    "cryptography",
    "defusedxml",
    "icalendar",
    "keyring",
    "phonenumbers",
    "rapidfuzz",
    "reportlab",
    "requests",
    "yaml",
    "osnp_console.bootstrap.demonstration",
    "osnp_console.catalogue.checks",
    "osnp_console.catalogue.loading",
    "osnp_console.connectors.fhir",
    "osnp_console.connectors.http",
    "osnp_console.connectors.simulator",
    "osnp_console.self_check",
    "osnp_console.storage.backup",
    "osnp_console.storage.verify",
    "osnp_console.ui.dispositifs.workspace",
    "osnp_console.ui.follow_up.workspace",
    "osnp_console.ui.preferences.workspace",
)


@pytest.mark.file_only
def test_the_first_image_waits_for_nothing_that_is_only_needed_later(
    workstation: Workstation, tmp_path: Path
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    environment["XDG_CONFIG_HOME"] = str(tmp_path / "config")
    command = [
        sys.executable,
        str(STARTED),
        str(workstation.folder),
        json.dumps(workstation.keyring.secrets),
        "--modules",
    ]

    def start() -> str:
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    start()  # compiles the catalogue
    lines = start().splitlines()
    read = next(line.split()[1:] for line in lines if line.startswith(FIRST_IMAGE))
    assert "PySide6.QtWidgets" in read
    assert sorted(set(LATER) & set(read)) == []


@pytest.mark.parametrize("module", ["osnp_console.bootstrap", "osnp_console.storage.thread"])
def test_a_command_or_the_store_s_thread_reads_no_database_before_it_opens_one(module: str) -> None:
    told = (
        f"import sys, {module}; print(sorted({{'sqlalchemy', 'sqlcipher3', 'PySide6'}} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=STARTED.parents[2]
    )
    assert ended.stdout.strip() == "[]"
