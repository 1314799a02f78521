"""Calendars written for tests, and servers of them on the loopback."""

from __future__ import annotations

import http.client
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from osnp_console.app.sources.agendas import Connector, SlotQuery, SourceTools
from osnp_console.app.sources.asking import ask_once
from osnp_console.domain.clock import PARIS
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.source import AgendaSource

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=PARIS)
QUERY = SlotQuery(NOW, datetime(2026, 11, 26, 8, 0, tzinfo=PARIS))
DEADLINE = 7.0


def calendar(*parts: str) -> bytes:
    """A calendar of events."""
    text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//essai//FR\n" + "".join(parts) + "END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def event(begins: str, *lines: str, uid: str = "1") -> str:
    """One event of twenty minutes, unless its lines say otherwise."""
    said = [f"DTSTART:{begins}", *lines]
    if not any(line.startswith(("DTEND", "DURATION")) for line in lines):
        said.append("DURATION:PT20M")
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", *said, "END:VEVENT")) + "\n"


def ask(
    connector: Connector,
    source: AgendaSource,
    secrets: Mapping[str, str] | None = None,
    query: SlotQuery = QUERY,
    seconds: float = DEADLINE,
) -> SourceAnswer:
    """What a source answers; `secrets` are its own, by name."""
    kept = {f"source-{source.id}-{name}": secret for name, secret in (secrets or {}).items()}
    return ask_once(connector, source, query, SourceTools(lambda: NOW, kept.get), NOW, seconds=seconds)


class Served:
    """What a server answers to a GET: `status`, `body`, `kind`, and what it was asked with."""

    def __init__(
        self, body: bytes = b"", kind: str = "text/calendar; charset=utf-8", status: int = 200
    ) -> None:
        self.body = body
        self.kind = kind
        self.status = status
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []
        self.received: list[Mapping[str, str]] = []
        self.cut_at: int | None = None
        self.hangs = False
        self.let_go = threading.Event()


@contextmanager
def serving(served: Served) -> Iterator[str]:
    """An http server on the loopback that answers the same to everything; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            served.received.append(dict(self.headers.items()))
            if served.hangs:
                served.let_go.wait()
                return
            self.send_response(served.status)
            self.send_header("Content-Type", served.kind)
            self.send_header("Content-Length", str(len(served.body)))
            for name, value in served.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(served.body if served.cut_at is None else served.body[: served.cut_at])
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's own name)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            served.let_go.set()
            server.shutdown()
            thread.join()


class Collection:
    """A collection of a real Radicale server, that tests fill."""

    def __init__(self, port: int, credentials: str) -> None:
        self.address = f"http://127.0.0.1:{port}/cabinet/libre/"
        self._port = port
        self._headers = {"Authorization": credentials}

    def make(self) -> None:
        """Create the calendar."""
        self._send("MKCALENDAR", "/cabinet/libre/", b"", 201)

    def put(self, name: str, content: bytes) -> None:
        """Put one resource into it."""
        self._send("PUT", f"/cabinet/libre/{name}.ics", content, 201)

    def _send(self, method: str, path: str, body: bytes, expected: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            connection.request(method, path, body, {**self._headers, "Content-Type": "text/calendar"})
            answer = connection.getresponse()
            text = answer.read()
            assert answer.status == expected, (answer.status, text)
        finally:
            connection.close()


@contextmanager
def radicale(folder: Path) -> Iterator[Collection]:
    """A Radicale server in a thread, with one account: `cabinet`, password `lilas`."""
    from radicale import config
    from radicale.app import Application

    (folder / "comptes").write_text("cabinet:lilas\n")
    logging.getLogger("radicale").setLevel(logging.CRITICAL)
    settings: Any = config.load()
    settings.update(
        {
            "auth": {
                "type": "htpasswd",
                "htpasswd_filename": str(folder / "comptes"),
                "htpasswd_encryption": "plain",
                "delay": "0",
            },
            "storage": {"filesystem_folder": str(folder / "collections")},
            "rights": {"type": "owner_only"},
        },
        "essais",
    )

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's own name)
            """Say nothing."""

    with make_server("127.0.0.1", 0, Application(settings), handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            collection = Collection(server.server_address[1], "Basic Y2FiaW5ldDpsaWxhcw==")
            collection.make()
            yield collection
        finally:
            server.shutdown()
            thread.join()


def utc(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """An instant of the window, by its hour in UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)
