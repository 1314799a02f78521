"""No test touches the keyring of whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest

from tests.desk.memory_keyring import InMemory


@pytest.fixture
def memory() -> Iterator[InMemory]:
    """An empty keyring that works, as the session's own."""
    before = keyring.get_keyring()
    kept = InMemory()
    keyring.set_keyring(kept)
    yield kept
    keyring.set_keyring(before)
