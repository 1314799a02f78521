"""A console of its own for each test: no file of the person who runs the tests is read or written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.console import Console


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for the whole session, so that the catalogue is compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def console(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    """The commands, on the built-in catalogue and a site's folder that does not exist yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    return Console(tmp_path / "site")
