"""A console of its own for each test: no file of the person who runs the tests is read or written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.agenda_base import keyring_in
from tests.cli.console import Console
from tests.desk.memory_keyring import InMemory


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


@pytest.fixture
def keyring_of_the_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemory]:
    """A keyring in memory and folders of the test's own."""
    with keyring_in(tmp_path, monkeypatch) as kept:
        yield kept
