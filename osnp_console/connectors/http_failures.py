"""What went wrong with a request, sorted into the contract's states, each with its reason.

A reason follows the source's name and its state on screen (interface, sections 1.3 and 10): it starts with a
small letter, ends without a dot, and repeats neither.
"""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from osnp_console.app.sources.agendas import SourceFailure
from osnp_console.domain.slots.answers import SourceState

LONGEST_QUOTE = 120
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class HttpFailure(SourceFailure):
    """A request that failed.

    `status` is the server's, None without an answer. `reached` is False when nothing was sent for sure: only
    then is a booking certainly not made.
    """

    def __init__(
        self,
        state: SourceState,
        message: str,
        rest: timedelta | None = None,
        status: int | None = None,
        reached: bool = True,
    ) -> None:
        super().__init__(state, message, rest)
        self.status = status
        self.reached = reached


def late(seconds: float, reached: bool = True) -> HttpFailure:
    """No complete answer before the deadline (interface, section 10)."""
    shown = f"{seconds:.1f}".removesuffix(".0").replace(".", ",")
    return HttpFailure(SourceState.LATE, f"pas de réponse après {shown} s", reached=reached)


def unreadable(detail: str = "") -> SourceFailure:
    """An answer that is not what was asked for."""
    said = f" ({detail})" if detail else ""
    return SourceFailure(SourceState.FAILED, f"réponse illisible{said}")


def failed(reason: str) -> SourceFailure:
    """A failure with a reason of its own."""
    return SourceFailure(SourceState.FAILED, reason)


def of_status(
    status: int, headers: Mapping[str, str], body: bytes, now: datetime, quiet: bool
) -> HttpFailure:
    """The failure that a status tells. `quiet` quotes nothing: the request carried a person."""
    quoted = "" if quiet else diagnostics(body)
    rest = rest_asked(headers.get("Retry-After"), now)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        why = quoted or (
            "ce poste n’est pas reconnu" if status == HTTPStatus.UNAUTHORIZED else "ce poste n’y a pas droit"
        )
        return HttpFailure(SourceState.REFUSED, why, rest, status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        what = "trop de demandes, la source veut attendre"
    elif status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        what = "la source est en panne"
    elif status == HTTPStatus.NOT_FOUND:
        what = "rien à cette adresse"
    elif status >= HTTPStatus.BAD_REQUEST:
        what = "la source n’accepte pas la demande"
    else:
        what = "réponse inattendue"
    said = f"{what} ({quoted})" if quoted else what
    return HttpFailure(SourceState.FAILED, said, rest, status)


def of_tls(errors: list[BaseException]) -> HttpFailure | None:
    """The failure of a TLS handshake; None where TLS is not what failed."""
    for one in errors:
        if isinstance(one, ssl.SSLCertVerificationError):
            return _not_let_in(_UNTRUSTED.get(one.verify_code, "ce n’est pas le serveur attendu"))
    for one in errors:
        if isinstance(one, ssl.SSLError) and not isinstance(one, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
            if one.reason in _NOT_TLS:
                return HttpFailure(SourceState.FAILED, "le serveur ne parle pas TLS", reached=False)
            return _not_let_in(_ALERTS.get(one.reason or "", "connexion chiffrée refusée"))
    return None


def _not_let_in(why: str) -> HttpFailure:
    return HttpFailure(SourceState.REFUSED, why, reached=False)


_UNTRUSTED = {
    10: "le certificat du serveur a expiré",
    62: "le certificat du serveur n’est pas à son nom",
    64: "le certificat du serveur n’est pas à son nom",
}
"""By the verify codes of OpenSSL: expired, host name mismatch, IP address mismatch."""
_NOT_TLS = frozenset(
    {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE"}
)
_ALERTS = {
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": "il demande le certificat du poste",
    "SSLV3_ALERT_HANDSHAKE_FAILURE": "connexion chiffrée refusée",
    "SSLV3_ALERT_CERTIFICATE_EXPIRED": "certificat du poste expiré",
    "SSLV3_ALERT_CERTIFICATE_REVOKED": "certificat du poste révoqué",
    "SSLV3_ALERT_CERTIFICATE_UNKNOWN": "certificat du poste non reconnu",
    "SSLV3_ALERT_BAD_CERTIFICATE": "certificat du poste non reconnu",
    "TLSV1_ALERT_UNKNOWN_CA": "certificat du poste non reconnu",
    "TLSV1_ALERT_ACCESS_DENIED": "certificat du poste non reconnu",
    "TLSV1_ALERT_PROTOCOL_VERSION": "version de TLS trop ancienne",
    "UNSUPPORTED_PROTOCOL": "version de TLS trop ancienne",
}


def rest_asked(said: str | None, now: datetime) -> timedelta | None:
    """How long Retry-After asks to wait, in seconds or by a date (RFC 9110, section 10.2.3); None if not."""
    text = (said or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 86_400)) or None
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    aware = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return max(min(aware - now, timedelta(days=1)), timedelta()) or None


def diagnostics(body: bytes) -> str:
    """What an OperationOutcome says, fit to be shown (see `quoted`); empty where it says nothing."""
    try:
        outcome = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    issues = outcome.get("issue") if isinstance(outcome, dict) else None
    if not isinstance(issues, list):
        return ""
    for issue in issues:
        if isinstance(issue, dict):
            details = issue.get("details")
            text = details.get("text") if isinstance(details, dict) else None
            for said in (issue.get("diagnostics"), text):
                if isinstance(said, str) and said.strip():
                    return quoted(said)
    return ""


def quoted(text: str) -> str:
    """Received text as it may be shown: plain, one line, no address, at most 120 characters."""
    plain = " ".join(_NOT_PLAIN.sub(" ", _ADDRESS.sub("…", text)).split()).rstrip(" .")
    return plain if len(plain) <= LONGEST_QUOTE else f"{plain[:LONGEST_QUOTE].rstrip()}…"
