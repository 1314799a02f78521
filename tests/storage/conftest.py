"""A base of its own for each test, on an encrypted file and on a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from osnp_console.storage.server_store import Server
from osnp_console.storage.store import Store, create_store
from tests.storage.kept import KEY
from tests.storage.places import FILE, SERVER, TEMPLATE, FilePlace, ServerPlace, StorePlace
from tests.storage.server import RealServer, running

settings.register_profile("storage", deadline=None, database=None, derandomize=True, print_blob=True)
settings.load_profile("storage")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the test's encrypted file is."""
    return tmp_path / "console.base"


@pytest.fixture
def file_store(file: Path) -> Iterator[Store]:
    """A new base in an encrypted file, open."""
    created = create_store(file, KEY)
    yield created
    created.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """The server of all tests, with an empty console's base to copy."""
    with running() as started:
        made = ServerPlace(started, started.new_base(name=TEMPLATE), tmp_path_factory.mktemp("modele"))
        made.create().close()
        yield started


@pytest.fixture
def server_place(server: RealServer, tmp_path: Path) -> Iterator[ServerPlace]:
    """A base of the server, made from the template when the test creates it."""
    base = server.new_base(TEMPLATE)
    yield ServerPlace(server, base, tmp_path / "reperes", TEMPLATE)
    server.drop_base(base)


@pytest.fixture
def empty(server: RealServer, tmp_path: Path) -> Iterator[Server]:
    """An empty base of the server, where a desk joins."""
    base = server.new_base()
    yield Server(server.address(base), None, KEY, tmp_path / "reperes", joins=True)
    server.drop_base(base)


@pytest.fixture(params=[FILE, SERVER])
def place(request: pytest.FixtureRequest, file: Path) -> StorePlace:
    """Where the test's base is: once an encrypted file, once a base of the server."""
    if request.param == FILE:
        return FilePlace(file)
    found: ServerPlace = request.getfixturevalue("server_place")
    return found


@pytest.fixture
def store(place: StorePlace) -> Iterator[Store]:
    """A new base, open, on each kind of store."""
    created = place.create()
    yield created
    created.close()
