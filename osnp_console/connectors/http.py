"""The only door to the network for agendas: one `HttpSession` a source.

    session = open_session(source, tools)
    answer = session.get(url, params=[("start", "ge2026-…")], deadline=deadline)
    answer.body, answer.content_type

An answer whose status is not 2xx (nor in `accepted`) is raised as `SourceFailure`, sorted by the contract's
table of states, with a French reason that holds no address, no secret, nothing about a person. What an answer
holds is the caller's to judge: `session.unreadable("…")` makes the failure to raise.

- Connecting takes at most 1 s; the handshake, the headers and the body are read against the deadline, so
  that a server which trickles does not outlive it. Looking a name up is the system's and has no limit here.
- The body is read whole, at most `largest_bytes` of it once decompressed.
- Redirects are followed to the same origin only, at most three, never after a POST.
- Nothing is tried twice. Nothing is taken from the environment (proxy, `.netrc`); no cookie is kept.
- https everywhere; http on the loopback only, for the simulator and the tests.
- A session may be used by several threads at once.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urlencode, urljoin, urlsplit

from osnp_console.app.sources.agendas import Deadline, SourceFailure, SourceTools
from osnp_console.connectors import http_failures
from osnp_console.connectors.http_failures import HttpFailure
from osnp_console.connectors.http_tls import ClientTls, client_tls, plain_tls
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.domain.slots.source_address import is_loopback

if TYPE_CHECKING:
    import requests

LARGEST_BYTES = 48 * 1024 * 1024
"""A searchset of 10 000 slots weighs 10 MB."""
KEY_PASSWORD = "mot_de_passe_cle"
"""The secret of a source that opens its certificate's key."""
SERVER_NAME = "nom_serveur"
"""The option of a source that says which name its server must show, when it is not that of its address."""
IDLE_SECONDS = 4.0
"""A connection that was not used for so long is not used again.

The usual server closes one after 5 s or more, and a request that crosses its closing is lost.
"""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 3
_CHUNK = 64 * 1024

Params = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Received:
    """An answer. `content_type` is in small letters, without parameters; `headers` ignores case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    content_type: str


def open_session(
    source: AgendaSource,
    tools: SourceTools,
    headers: Mapping[str, str] | None = None,
    *,
    keeps_lines: bool = True,
) -> HttpSession:
    """The session of a declared source, with its certificate files and the key's password from the keyring.

    Raises SourceFailure where the files cannot work: missing, unreadable, expired.
    """
    server_name = source.options.get(SERVER_NAME)

    def read_files() -> ClientTls:
        return client_tls(source.tls, tools.secret(KEY_PASSWORD), tools.clock())

    return HttpSession(
        tls=read_files,
        server_name=server_name if isinstance(server_name, str) else None,
        headers=headers,
        clock=tools.clock,
        keeps_lines=keeps_lines,
    )


class HttpSession:
    """The connections to one source."""

    def __init__(
        self,
        *,
        tls: Callable[[], ClientTls] = plain_tls,
        server_name: str | None = None,
        headers: Mapping[str, str] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        keeps_lines: bool = True,
    ) -> None:
        """`headers` go with every request; the server's certificate must show `server_name`.

        `tls` reads the certificate files: now, and again once the certificate has expired or was refused, so
        that one which is replaced needs no restart. Without `keeps_lines` each request has a connection of
        its own: for what must not be lost on one that the server is closing.
        """
        from osnp_console.connectors.http_transport import new_session

        self._clock = clock
        self._read_tls = tls
        self._server_name = server_name
        self._tls = tls()
        self._session = new_session(self._tls.context, server_name)
        self._is_refused = False
        self._idle_seconds = IDLE_SECONDS if keeps_lines else 0.0
        self._used_at = time.monotonic()
        self._renewing = threading.Lock()
        self._headers = {
            "User-Agent": "OSNP-Console",
            "Accept-Encoding": "gzip, deflate",
            **(headers or {}),
        }

    def get(
        self,
        url: str,
        *,
        deadline: Deadline,
        params: Params = (),
        headers: Mapping[str, str] | None = None,
        largest_bytes: int = LARGEST_BYTES,
        accepted: Collection[int] = (),
        quiet: bool = False,
    ) -> Received:
        """Read `url`, as `request` does."""
        return self.request(
            "GET", url, deadline=deadline, params=params, headers=headers,
            largest_bytes=largest_bytes, accepted=accepted, quiet=quiet,
        )  # fmt: skip

    def post(
        self,
        url: str,
        *,
        deadline: Deadline,
        body: bytes,
        params: Params = (),
        headers: Mapping[str, str] | None = None,
        largest_bytes: int = LARGEST_BYTES,
        accepted: Collection[int] = (),
        quiet: bool = False,
    ) -> Received:
        """Send `body` to `url`, as `request` does."""
        return self.request(
            "POST", url, deadline=deadline, body=body, params=params, headers=headers,
            largest_bytes=largest_bytes, accepted=accepted, quiet=quiet,
        )  # fmt: skip

    def request(
        self,
        method: str,
        url: str,
        *,
        deadline: Deadline,
        body: bytes | None = None,
        params: Params = (),
        headers: Mapping[str, str] | None = None,
        largest_bytes: int = LARGEST_BYTES,
        accepted: Collection[int] = (),
        quiet: bool = False,
    ) -> Received:
        """Make one request and read its answer whole before the deadline.

        `params` are added to the address, percent-encoded but for `,` and `:`. Statuses in `accepted` are
        handed back as 2xx are. `quiet` keeps the answer's own words out of a failure's sentence: for requests
        that carry a person. Raises HttpFailure, which is a SourceFailure.
        """
        target = with_params(url, params)
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._once(method, target, deadline, body, headers, largest_bytes)
            if answer.status not in _REDIRECTS or answer.status in accepted:
                return self._sorted(answer, accepted, quiet)
            target = self._redirected(method, target, answer)
        raise HttpFailure(SourceState.FAILED, "renvois sans fin d’une adresse à l’autre")

    def unreadable(self, detail: str = "") -> SourceFailure:
        """The failure of an answer that is not what was asked for; `detail` is French, and nobody's data."""
        return http_failures.unreadable(detail)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def _current(self) -> requests.Session:
        """The session to ask with; made anew where its certificate no longer holds, connections when idle."""
        from osnp_console.connectors.http_transport import new_session

        with self._renewing:
            ends = self._tls.expires_at
            if self._is_refused or (ends is not None and ends <= self._clock()):
                self._tls = self._read_tls()
                self._session.close()
                self._session = new_session(self._tls.context, self._server_name)
                self._is_refused = False
            now = time.monotonic()
            if now - self._used_at >= self._idle_seconds:
                self._session.close()
            self._used_at = now
            return self._session

    def _sorted(self, answer: Received, accepted: Collection[int], quiet: bool) -> Received:
        if 200 <= answer.status < 300:
            if answer.content_type in ("text/html", "application/xhtml+xml"):
                raise self.unreadable("une page web au lieu de données")
            return answer
        if answer.status in accepted:
            return answer
        raise http_failures.of_status(answer.status, answer.headers, answer.body, self._clock(), quiet)

    def _redirected(self, method: str, url: str, answer: Received) -> str:
        try:
            target = urljoin(url, answer.headers.get("Location", ""))
            same = origin_of(target) == origin_of(url)
        except ValueError:
            same, target = False, ""
        if not same or method == "POST":
            said = "l’adresse renvoie ailleurs"
            raise HttpFailure(SourceState.FAILED, said, status=answer.status)
        return target

    def _once(
        self,
        method: str,
        url: str,
        deadline: Deadline,
        body: bytes | None,
        headers: Mapping[str, str] | None,
        largest_bytes: int,
    ) -> Received:
        from osnp_console.connectors import http_transport

        self._check(url)
        if deadline.is_over:
            raise http_failures.late(deadline.seconds, reached=False)
        session = self._current()
        mark = http_transport.current_deadline.set(deadline)
        connect = max(min(http_transport.CONNECT_SECONDS, deadline.left()), 0.001)
        try:
            answer = session.request(
                method, url, data=body, headers={**self._headers, **(headers or {})},
                timeout=(connect, max(deadline.left(), 0.001)), allow_redirects=False, stream=True,
            )  # fmt: skip
            with contextlib.closing(answer):
                kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                return Received(
                    answer.status_code, answer.headers, self._body(answer, deadline, largest_bytes), kind
                )
        except SourceFailure:
            raise
        except http_transport.FAILURES as error:
            # The cause is not chained: its text names the address, and what was asked about whom.
            raise self._failure(http_transport.chain(error), deadline) from None
        finally:
            http_transport.current_deadline.reset(mark)

    def _body(self, answer: requests.Response, deadline: Deadline, largest_bytes: int) -> bytes:
        chunks: list[bytes] = []
        size = 0
        for chunk in _chunks(answer):
            size += len(chunk)
            if size > largest_bytes:
                said = "réponse trop grosse pour être lue"
                raise HttpFailure(SourceState.FAILED, said, status=answer.status_code)
            chunks.append(chunk)
            if deadline.is_over:
                raise http_failures.late(deadline.seconds)
        return b"".join(chunks)

    def _failure(self, errors: list[BaseException], deadline: Deadline) -> HttpFailure:
        from osnp_console.connectors import http_transport

        reached = not http_transport.never_connected(errors)
        refused = http_failures.of_tls(errors)
        if refused is not None:
            self._is_refused = refused.state is SourceState.REFUSED
            return refused
        if deadline.is_over or (reached and http_transport.timed_out(errors)):
            return http_failures.late(deadline.seconds, reached)
        what = "connexion coupée avant la fin de la réponse" if reached else "connexion impossible"
        return HttpFailure(SourceState.FAILED, what, reached=reached)

    def _check(self, url: str) -> None:
        """Refuse an address that would send something in clear, or that holds a password."""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            parts, host = SplitResult("", "", "", "", ""), ""
        if parts.username is not None or parts.password is not None:
            why = "l’adresse ne doit contenir ni identifiant ni mot de passe"
        elif host and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))):
            return
        elif parts.scheme == "http":
            why = "l’adresse doit commencer par https"
        else:
            why = "l’adresse n’en est pas une"
        raise HttpFailure(SourceState.FAILED, why, reached=False)


def _chunks(answer: requests.Response) -> Iterator[bytes]:
    yield from answer.raw.stream(_CHUNK, decode_content=True)


def with_params(url: str, params: Params) -> str:
    """The address with `params` in its query: everything percent-encoded but `,` and `:`."""
    if not params:
        return url
    base, mark, fragment = url.partition("#")
    query = urlencode(params, safe=",:", quote_via=quote)
    return f"{base}{'&' if '?' in base else '?'}{query}{mark}{fragment}"


def origin_of(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port; raises ValueError for what is no address."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or {"https": 443, "http": 80}.get(parts.scheme)
