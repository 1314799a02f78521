"""A base of its own for each test, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from osnp_console.storage.store import Store, create_store
from tests.storage.kept import KEY

settings.register_profile("storage", deadline=None, database=None, derandomize=True, print_blob=True)
settings.load_profile("storage")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the test's base is."""
    return tmp_path / "console.base"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """A new base, open."""
    created = create_store(file, KEY)
    yield created
    created.close()
