"""Asks a telephony server to dial, through the network door.

The number goes where the desk's settings put it; the secret goes in a header, never in the address. Redirects
are not followed: they would carry the secret or the number elsewhere. Nothing is logged, nothing is quoted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from osnp_console.app.sources.agendas import Deadline, SourceFailure
from osnp_console.app.telephony.dial import LATE, Dialled, not_sent, sent, unknown
from osnp_console.app.telephony.numbers import NumberToDial
from osnp_console.app.telephony.settings import PLACE, POST, Telephony, secret_header
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.source import NO_FILES, TlsFiles

if TYPE_CHECKING:
    from osnp_console.connectors.http_failures import HttpFailure

LARGEST_BYTES = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_COPIED = " Numéro copié."
_LISTEN = " Regarder le téléphone avant de rappeler."

ASKED = "Appel demandé au serveur de téléphonie."
REFUSED = (
    "Le serveur de téléphonie refuse ce poste\u202f: secret à vérifier dans Réglages, Téléphonie." + _COPIED
)
NOT_FOUND = "Rien à cette adresse du serveur de téléphonie." + _COPIED
NOT_TAKEN = "Le serveur de téléphonie n’accepte pas la demande." + _COPIED
ELSEWHERE = "L’adresse du serveur de téléphonie renvoie ailleurs\u202f: rien n’a été suivi." + _COPIED
NO_ANSWER = "Le serveur de téléphonie ne répond pas." + _COPIED
CUT = "La liaison avec le serveur de téléphonie s’est coupée\u202f: on ne sait pas s’il appelle." + _LISTEN
BROKEN = "Le serveur de téléphonie est en panne\u202f: on ne sait pas s’il appelle." + _LISTEN
A_PAGE = "Le serveur de téléphonie a répondu par une page\u202f: on ne sait pas s’il appelle." + _LISTEN
BAD_SECRET = (
    "Le secret du serveur de téléphonie ne peut pas être envoyé\u202f: le saisir à nouveau." + _COPIED
)


def click_to_dial(
    telephony: Telephony, secret: str | None, number: NumberToDial, deadline: Deadline
) -> Dialled:
    """Ask the server of these settings, which have no fault, to dial the number."""
    headers: dict[str, str] = {}
    if secret is not None and secret.strip():
        value = secret_header(telephony.header, secret)
        if not (value.isascii() and value.isprintable()):
            return not_sent(BAD_SECRET)
        headers[telephony.header] = value
    body: bytes | None = None
    if telephony.method == POST:
        kind, body = _body(telephony.body, number)
        headers["Content-Type"] = kind
    address = telephony.address.replace(PLACE, quote(number.digits, safe=""))
    return _ask(telephony, address, body, headers, deadline)


def _body(template: str, number: NumberToDial) -> tuple[str, bytes]:
    """JSON where the template is an object, else a form; a number holds nothing that JSON escapes."""
    if template.lstrip().startswith("{"):
        return "application/json", template.replace(PLACE, number.digits).encode()
    filled = template.replace(PLACE, quote(number.digits, safe=""))
    return "application/x-www-form-urlencoded", filled.encode()


def _ask(
    telephony: Telephony, address: str, body: bytes | None, headers: Mapping[str, str], deadline: Deadline
) -> Dialled:
    from osnp_console.connectors.http import HttpSession
    from osnp_console.connectors.http_failures import HttpFailure
    from osnp_console.connectors.http_tls import client_tls

    files = TlsFiles(authority=telephony.authority) if telephony.authority else NO_FILES
    try:
        session = HttpSession(tls=lambda: client_tls(files, None, datetime.now(UTC)), keeps_lines=False)
    except SourceFailure as failure:
        return _not_joined(failure)
    try:
        answer = session.request(
            telephony.method, address, deadline=deadline, body=body, headers=headers,
            largest_bytes=LARGEST_BYTES, accepted=_REDIRECTS, quiet=True,
        )  # fmt: skip
    except HttpFailure as failure:
        return _of_status(failure.status) if failure.status is not None else _without_answer(failure)
    except SourceFailure:
        return unknown(A_PAGE)  # 2xx with a web page: a telephone's own, or one that asks to sign in
    finally:
        session.close()
    if answer.status not in _REDIRECTS:
        return sent(ASKED)
    # After a POST, 302 and 303 often lead from what was done to a page that says so.
    done_perhaps = telephony.method == POST and answer.status in (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER)
    return unknown(A_PAGE) if done_perhaps else not_sent(ELSEWHERE)


def _of_status(status: int) -> Dialled:
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return sent(ASKED)  # its page is too large to be read to the end
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return not_sent(REFUSED)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.GONE):
        return not_sent(NOT_FOUND)
    return not_sent(NOT_TAKEN) if status < HTTPStatus.INTERNAL_SERVER_ERROR else unknown(BROKEN)


def _without_answer(failure: HttpFailure) -> Dialled:
    late = failure.state is SourceState.LATE
    if failure.reached:
        return unknown(LATE if late else CUT)
    return not_sent(NO_ANSWER) if late else _not_joined(failure)


def _not_joined(failure: SourceFailure) -> Dialled:
    """TLS, its files, no connection: the door's own reason, which names neither address nor number."""
    return not_sent(f"Le serveur de téléphonie n’a pas été joint\u202f: {failure.message}." + _COPIED)
