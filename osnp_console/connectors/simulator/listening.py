"""The simulator's HTTP side: connections, mutual TLS, how bytes leave, the control addresses."""

from __future__ import annotations

import html
import ipaddress
import json
import os
import select
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from osnp_console.app.errors import Refusal
from osnp_console.connectors.simulator.asking import Asked, outcome, read_query
from osnp_console.connectors.simulator.certificates import CLIENT_NAME, CLIENT_UNIT, Certificates
from osnp_console.connectors.simulator.editor import Editor
from osnp_console.connectors.simulator.faults import KNOWN, Faults, read_document
from osnp_console.connectors.simulator.misbehaving import Sending, respond

CONTROL = "_simulateur"
_LARGEST_BODY = 1_048_576
_PIECE = 64
_LOOK = 0.05
_HANDSHAKE_SECONDS = 10.0
_LAST_WORDS_SECONDS = 2.0


def server_context(certificates: Certificates) -> ssl.SSLContext:
    """TLS 1.2 or later, a client certificate of the authority demanded, revocation looked up (section 9)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(*certificates.server.files)
    context.load_verify_locations(certificates.authority)
    context.load_verify_locations(certificates.revocations)
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VerifyFlags.VERIFY_CRL_CHECK_LEAF
    return context


class Listener(ThreadingHTTPServer):
    """One thread a connection; every thread and connection is gone after `end`."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(
        self,
        place: tuple[str, int],
        context: ssl.SSLContext | None,
        faults: Faults,
        note: Callable[[Asked], None],
    ) -> None:
        """Listen at once; `editor` is to be set before the first connection is served."""
        self.editor: Editor | None = None
        self.faults, self.note = faults, note
        self.closing = threading.Event()
        self.failures: list[BaseException] = []
        self.secured = context is not None
        self._context = context
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(place, _Handler)

    def end(self) -> None:
        """Stop answering, drop what is open, wait for the threads."""
        self.closing.set()
        self.shutdown()
        with self._lock:
            for connection in self._open:
                _drop(connection)
        self.server_close()

    @property
    def connections(self) -> int:
        """How many connections are open."""
        with self._lock:
            return len(self._open)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, so that it can be dropped at the end."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Serve one connection; the handshake is done here, in its own thread."""
        connection = request
        try:
            if self._context is not None:
                request.settimeout(_HANDSHAKE_SECONDS)
                connection = self._context.wrap_socket(
                    request, server_side=True, do_handshake_on_connect=False
                )
                with self._lock:
                    self._open.discard(request)
                    self._open.add(connection)
                if self.closing.is_set():
                    return
                _shake_hands(connection)
                connection.settimeout(None)
            _Handler(connection, client_address, self)
        finally:
            with self._lock:
                self._open.discard(request)
                self._open.discard(connection)
            connection.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A broken line or a failed handshake is the client's doing; anything else is kept for the tests."""
        import sys

        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, OSError):
            self.failures.append(error)


def _shake_hands(connection: ssl.SSLSocket) -> None:
    """Handshake; a client that is refused hears why before the line is closed."""
    try:
        connection.do_handshake()
    except ssl.SSLError:
        # Closing with the client's request unread would reset the line, and the alert be lost with it.
        with socket.socket(fileno=os.dup(connection.fileno())) as plain:
            plain.settimeout(_LAST_WORDS_SECONDS)
            plain.shutdown(socket.SHUT_WR)
            while plain.recv(4096):
                pass
        raise


def _drop(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


class _Handler(BaseHTTPRequestHandler):
    """One connection: request after request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Listener

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def version_string(self) -> str:
        """What the `Server` header says."""
        return "SimulateurEditeur"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (http.server's own name)
        """Nothing is written: an address may name somebody."""

    def _serve(self) -> None:
        asked = self._read()
        if isinstance(asked, Sending):
            self._send(asked)
            return
        if self.server.secured and not self._is_let_in():
            self._send(_told(403, outcome("forbidden", "CN ou OU du certificat client non admis.")))
        elif asked.route[:1] == (CONTROL,):
            self._send(self._control(asked))
        elif asked.method == "GET" and asked.route[:1] == ("rdv",):
            self._send(_booking_page(asked))
        else:
            self.server.note(asked)
            editor = self.server.editor
            assert editor is not None
            faults = self.server.faults.take(asked.path, editor.owners(asked))
            self._send(respond(editor, asked, faults))

    def _read(self) -> Asked | Sending:
        """The request, or what is answered to one that cannot be read."""
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdecimal() or int(length) > _LARGEST_BODY:
            self.close_connection = True
            return _told(413, outcome("too-long", "Corps sans longueur, ou trop long."))
        path, _, query = self.path.partition("?")
        return Asked(
            method=self.command,
            path=unquote(path),
            query=read_query(query),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(length)),
            raw=self.path,
        )

    def _is_let_in(self) -> bool:
        """CN and OU of the client's certificate, both (SAS note, section 9)."""
        certificate = self.connection.getpeercert() if isinstance(self.connection, ssl.SSLSocket) else None
        subject: Any = (certificate or {}).get("subject", ())
        said = {name: value for part in subject for name, value in part}
        return said.get("commonName") == CLIENT_NAME and said.get("organizationalUnitName") == CLIENT_UNIT

    def _control(self, asked: Asked) -> Sending:
        """`/_simulateur/defauts` and `/_simulateur/prises`, from this machine only."""
        if not ipaddress.ip_address(self.client_address[0]).is_loopback:
            return _told(404, outcome("not-found", "Rien à cette adresse."))
        try:
            match asked.method, asked.route[1:]:
                case "PUT", ("defauts",):
                    self.server.faults.set(read_document(json.loads(asked.body)))
                case "DELETE", ("defauts",):
                    self.server.faults.set(())
                case "GET", ("defauts",):
                    pass
                case "POST", ("prises",):
                    return self._take(json.loads(asked.body))
                case _:
                    return _told(404, {"erreur": {"code": "introuvable", "message": "Rien à cette adresse."}})
        except Refusal as refusal:
            return _told(400, {"erreur": {"code": refusal.code, "message": refusal.message}})
        except (ValueError, RecursionError):
            return _told(400, {"erreur": {"code": "json_invalide", "message": "Ce n’est pas du JSON."}})
        active = [fault.document() for fault in self.server.faults.active()]
        return _told(200, {"defauts": active, "connus": dict(KNOWN)})

    def _take(self, document: Any) -> Sending:
        slot = document.get("creneau") if isinstance(document, dict) else None
        editor = self.server.editor
        assert editor is not None
        if not isinstance(slot, str) or slot not in editor.world.opening:
            return _told(404, {"erreur": {"code": "introuvable", "message": "Ce créneau n’existe pas."}})
        editor.take(slot)
        return _told(200, {"creneau": slot})

    def _send(self, sending: Sending) -> None:
        if sending.silent:
            self._wait(None)
            self.close_connection = True
            return
        if sending.late and not self._wait(sending.late / 1000):
            self.close_connection = True
            return
        self.send_response(sending.status)
        for name, value in sending.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(sending.body)))
        if sending.cut:
            self._cut(sending.body)
        elif sending.trickle is not None:
            self._trickle(sending.body, sending.trickle / 1000)
        else:
            self.end_headers()
            self.wfile.write(sending.body)

    def _cut(self, body: bytes) -> None:
        """Half of the body, then the line drops as when a cable is pulled."""
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def _trickle(self, body: bytes, seconds: float) -> None:
        self.end_headers()
        for begin in range(0, len(body), _PIECE):
            if not self._wait(seconds):
                self.close_connection = True
                return
            self.wfile.write(body[begin : begin + _PIECE])

    def _wait(self, seconds: float | None) -> bool:
        """Let time pass, for ever when it is None; False when the client has left or the simulator ends."""
        left = seconds
        while left is None or left > 0:
            if self.server.closing.wait(_LOOK if left is None else min(_LOOK, left)) or self._has_left():
                return False
            left = None if left is None else left - _LOOK
        return True

    def _has_left(self) -> bool:
        """A client that waits for its answer sends nothing: whatever comes is the end of the line."""
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable)


def _told(status: int, document: dict[str, Any]) -> Sending:
    body = json.dumps(document, ensure_ascii=False).encode()
    return Sending(status, (("Content-Type", "application/json; charset=utf-8"),), body)


def _booking_page(asked: Asked) -> Sending:
    """Where a slot's link leads: an editor's page, or what looks like one."""
    agenda = html.escape("/".join(asked.route[1:]))
    text = (
        "<!DOCTYPE html><html lang=fr><meta charset=utf-8><title>Agenda simulé</title>"
        f"<p>Page de réservation simulée de l’agenda {agenda}. Rien n’y est réservé.</p></html>"
    )
    return Sending(200, (("Content-Type", "text/html; charset=utf-8"),), text.encode())
