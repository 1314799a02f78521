"""How requests is made to keep a deadline: each read of the socket gets what is left, and no more.

A time-out of requests is one per read, so that a server which sends a byte now and then outlives it; here
the status line, the headers and the body are all read against one deadline. Imported when a session opens:
requests and urllib3 cost 220 ms.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
from contextvars import ContextVar
from typing import Any, cast

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from osnp_console.app.sources.agendas import Deadline

CONNECT_SECONDS = 1.0
"""How long a connection may take to be made; the TLS handshake that follows has what is left."""

current_deadline: ContextVar[Deadline | None] = ContextVar("current_deadline", default=None)
"""The deadline of the request that this thread is making."""


class _WithinDeadline(io.RawIOBase):
    """A socket's bytes, each read given what is left of the deadline."""

    def __init__(self, received: io.RawIOBase, sock: socket.socket) -> None:
        self._received = received
        self._sock = sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        deadline = current_deadline.get()
        if deadline is not None:
            left = deadline.left()
            if left <= 0:
                raise TimeoutError("deadline")
            self._sock.settimeout(left)
        return cast("int | None", self._received.readinto(buffer))

    def close(self) -> None:
        if not self.closed:
            self._received.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """The answer of http.client, read through `_WithinDeadline`."""

    def __init__(self, sock: socket.socket, debuglevel: int = 0, method: str | None = None) -> None:
        super().__init__(sock, debuglevel, method)
        received = self.fp.detach()
        self.fp = io.BufferedReader(_WithinDeadline(received, sock))


class _PlainConnection(HTTPConnection):
    response_class = _Answer


class _TlsConnection(HTTPSConnection):
    response_class = _Answer

    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        deadline = current_deadline.get()
        if deadline is not None:
            sock.settimeout(max(deadline.left(), 0.001))
        return sock


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Adapter(HTTPAdapter):
    """An adapter with our connections, and with the TLS context as the only say on whom to trust."""

    def __init__(self, context: ssl.SSLContext, server_name: str | None) -> None:
        self._tls: dict[str, Any] = {"ssl_context": context}
        if server_name:
            self._tls["server_hostname"] = server_name
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, **more, **self._tls)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        # requests would add its own list of authorities to the context, and with it trust servers that the
        # declared authority never signed.
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = conn.ca_cert_dir = None


def new_session(context: ssl.SSLContext, server_name: str | None) -> requests.Session:
    """A session that trusts what `context` trusts, and takes nothing from the environment.

    No proxy, no `.netrc`, no list of authorities named by a variable: what a source is told does not depend
    on who started the program. No cookie is kept.
    """
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(_no_cookies())
    adapter = _Adapter(context, server_name)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _no_cookies() -> Any:
    from http.cookiejar import DefaultCookiePolicy

    return DefaultCookiePolicy(allowed_domains=[])


FAILURES = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,
)
"""Every exception that making a request and reading its answer can raise."""


def chain(error: BaseException) -> list[BaseException]:
    """The error with all that it wraps: the cause is nested in `args`, `reason` or `__cause__`."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or any(one is seen for seen in found):
            continue
        found.append(one)
        waiting += [getattr(one, "reason", None), one.__cause__, one.__context__, *one.args]
    return found


def never_connected(errors: list[BaseException]) -> bool:
    """Whether no connection was made, so that nothing was sent."""
    kinds = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)
    return any(isinstance(one, (*kinds, requests.ConnectTimeout)) for one in errors)


def timed_out(errors: list[BaseException]) -> bool:
    """Whether a read took all the time that it was given."""
    return any(isinstance(one, (TimeoutError, urllib3.exceptions.TimeoutError)) for one in errors)
