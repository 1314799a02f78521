"""The relay cuts as it says: what the tests of many desks rest on."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.load.proxy import CutLink, link

SHORT = 0.2


class Echo:
    """A server that keeps what it receives and sends it back."""

    def __init__(self) -> None:
        self.got = b""
        self.news = threading.Condition()
        self._accepted: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                accepted, _ = self._listening.accept()
            except OSError:
                return
            self._accepted.append(accepted)
            threading.Thread(target=self._serve, args=(accepted,), daemon=True).start()

    def _serve(self, accepted: socket.socket) -> None:
        with accepted:
            try:
                while chunk := accepted.recv(1024):
                    with self.news:
                        self.got += chunk
                        self.news.notify_all()
                    accepted.sendall(chunk)
            except OSError:
                return

    def has(self, text: bytes) -> bool:
        """Whether it gets that within a moment."""
        with self.news:
            return self.news.wait_for(lambda: text in self.got, 5)

    def die(self) -> None:
        """End every connection with a reset."""
        for one in self._accepted:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            # Shut down first: a thread that reads from it keeps it open otherwise.
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def echo() -> Iterator[Echo]:
    server = Echo()
    yield server
    server.close()


@pytest.fixture
def relay(echo: Echo) -> Iterator[CutLink]:
    with link(echo.port) as made:
        yield made


@contextmanager
def connected(relay: CutLink) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", relay.port), timeout=5) as connection:
        yield connection


def says(connection: socket.socket, text: bytes) -> bytes:
    """What comes back for a text; raises TimeoutError where nothing does."""
    connection.sendall(text)
    return connection.recv(1024)


def test_an_open_link_carries_both_ways(relay: CutLink) -> None:
    with connected(relay) as connection:
        assert says(connection, b"bonjour") == b"bonjour"
    assert relay.dropped == 0


def test_a_refused_link_resets_who_is_connected_and_lets_nobody_in_until_it_is_mended(relay: CutLink) -> None:
    with connected(relay) as connection:
        assert says(connection, b"un") == b"un"
        relay.refuse()
        with pytest.raises(ConnectionError):
            says(connection, b"deux")
    with pytest.raises(ConnectionRefusedError), connected(relay):
        pass
    relay.mend()
    with connected(relay) as again:
        assert says(again, b"trois") == b"trois"


def test_a_reset_link_takes_new_connections_at_once(relay: CutLink) -> None:
    with connected(relay) as connection:
        assert says(connection, b"un") == b"un"
        relay.reset()
        with pytest.raises(ConnectionError):
            says(connection, b"deux")
    with connected(relay) as again:
        assert says(again, b"trois") == b"trois"


def test_a_silent_link_keeps_the_connection_and_loses_what_is_said_for_good(
    relay: CutLink, echo: Echo
) -> None:
    with connected(relay) as connection:
        assert says(connection, b"un") == b"un"
        relay.go_silent()
        connection.settimeout(SHORT)
        with pytest.raises(TimeoutError):
            says(connection, b"deux")
        relay.mend()
        # TCP delivers nothing after a hole: that connection stays dead, a new one works.
        with pytest.raises(TimeoutError):
            says(connection, b"trois")
    assert b"deux" not in echo.got
    assert relay.dropped == len(b"deuxtrois")
    with connected(relay) as again:
        assert says(again, b"quatre") == b"quatre"


def test_a_deaf_link_delivers_what_is_said_and_loses_the_answer(relay: CutLink, echo: Echo) -> None:
    with connected(relay) as connection:
        assert says(connection, b"un") == b"un"
        relay.go_deaf()
        connection.settimeout(SHORT)
        with pytest.raises(TimeoutError):
            says(connection, b"ecrit")
        assert echo.has(b"ecrit")


def test_a_delayed_link_holds_what_is_said_before_it_goes_on(relay: CutLink) -> None:
    with connected(relay) as connection:
        relay.delay(3600)
        connection.settimeout(SHORT)
        with pytest.raises(TimeoutError):
            says(connection, b"lent")
    relay.delay(0)
    with connected(relay) as again:
        assert says(again, b"vite") == b"vite"


def test_a_server_that_is_killed_is_heard_through_the_link(relay: CutLink, echo: Echo) -> None:
    with connected(relay) as connection:
        assert says(connection, b"un") == b"un"
        echo.die()
        with suppress(ConnectionError):
            assert connection.recv(1) == b""


def test_without_a_server_behind_it_a_connection_is_ended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with link(port) as relay, connected(relay) as connection, suppress(ConnectionError):
        assert connection.recv(1) == b""
    assert relay.opened == 0
