"""A real server on the loopback that answers as it is told, badly where it is told so."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as it came."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    body: bytes = b""
    content_type: str | None = "application/fhir+json"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def written(self) -> bytes:
        """The answer on the wire."""
        said = {"Content-Length": str(len(self.body)), **self.headers}
        if self.content_type is not None:
            said["Content-Type"] = self.content_type
        lines = [f"HTTP/1.1 {self.status} X", *(f"{name}: {value}" for name, value in said.items())]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


class Line:
    """One connection, in the hands of a behaviour. `release` is set once the test is done with it."""

    def __init__(self, sock: socket.socket, release: threading.Event) -> None:
        self.sock = sock
        self.release = release

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)


Behaviour = Callable[[Line, Asked], None]
"""Answers one request; the connection is closed when it raises `Hang`."""


class Hang(Exception):
    """The connection ends here."""


class MisbehavingServer:
    """Serves every connection in a thread of its own; `asked` are the requests, in the order they came."""

    def __init__(self, behaviour: Behaviour, context: ssl.SSLContext | None = None) -> None:
        self.behaviour = behaviour
        self.asked: list[Asked] = []
        self.release = threading.Event()
        self._context = context
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._lines: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    @property
    def address(self) -> str:
        scheme = "http" if self._context is None else "https"
        return f"{scheme}://127.0.0.1:{self._listening.getsockname()[1]}/fhir"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        with self._lock:
            lines = list(self._lines)
        for line in lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()

    def _start(self, run: Callable[[], None]) -> None:
        thread = threading.Thread(target=run, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.release.is_set():
            try:
                sock, _ = self._listening.accept()
            except OSError:
                return
            self._start(lambda sock=sock: self._serve(sock))  # type: ignore[misc]  # bound now, not later

    def _serve(self, sock: socket.socket) -> None:
        secured = self._secured(sock)
        if secured is None:
            return
        with self._lock:
            self._lines.add(secured)
        try:
            for asked in _requests(secured):
                self.asked.append(asked)
                self.behaviour(Line(secured, self.release), asked)
        except ValueError:
            # What came is no HTTP: a TLS greeting, say.
            with contextlib.suppress(OSError):
                secured.sendall(b"HTTP/1.1 400 X\r\n\r\n")
        except (OSError, Hang):
            pass
        finally:
            with self._lock:
                self._lines.discard(secured)
            secured.close()

    def _secured(self, sock: socket.socket) -> socket.socket | None:
        if self._context is None:
            return sock
        tls = self._context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        try:
            tls.settimeout(10)
            tls.do_handshake()
        except OSError:
            # What the client sent meanwhile is read first: closing over it would swallow the TLS alert.
            with contextlib.suppress(OSError), socket.socket(fileno=tls.detach()) as plain:
                plain.settimeout(10)
                plain.shutdown(socket.SHUT_WR)
                while plain.recv(4096):
                    pass
            return None
        tls.settimeout(None)
        return tls


def _requests(sock: socket.socket) -> Iterator[Asked]:
    """The requests of one connection, until the client ends it."""
    with sock.makefile("rb") as received:
        while line := received.readline():
            method, target, _ = line.decode().split(" ", 2)
            headers: dict[str, str] = {}
            while (header := received.readline().decode().strip()) != "":
                name, _, value = header.partition(":")
                headers[name.lower()] = value.strip()
            body = received.read(int(headers.get("content-length", "0")))
            yield Asked(method, target, headers, body)


def answering(reply: Reply | Callable[[Asked], Reply]) -> Behaviour:
    """Answers well what it is told to answer."""
    return lambda line, asked: line.send((reply if isinstance(reply, Reply) else reply(asked)).written())


def silent(line: Line, asked: Asked) -> None:
    """Never answers."""
    line.release.wait()
    raise Hang


def trickling_headers(line: Line, asked: Asked) -> None:
    """Sends a header that never ends, a letter now and then."""
    line.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not line.release.wait(0.01):
        line.send(b"a")
    raise Hang


def trickling_body(line: Line, asked: Asked) -> None:
    """Sends a body of blanks that never ends, one now and then."""
    line.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nContent-Length: 9999999\r\n\r\n")
    while not line.release.wait(0.01):
        line.send(b" ")
    raise Hang


def cut_at_once(line: Line, asked: Asked) -> None:
    """Reads the request and ends the connection."""
    raise Hang


def cut(reply: Reply) -> Behaviour:
    """Ends the connection in the middle of its answer."""

    def behave(line: Line, asked: Asked) -> None:
        whole = reply.written()
        line.send(whole[: len(whole) - max(1, len(reply.body) // 2)])
        raise Hang

    return behave


def endless(line: Line, asked: Asked) -> None:
    """Sends blanks as fast as they are taken, without saying how many."""
    line.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nConnection: close\r\n\r\n")
    while not line.release.is_set():
        line.send(b" " * 1_000_000)
    raise Hang
