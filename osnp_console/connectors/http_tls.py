"""Mutual TLS from files: the desk's certificate, its key, the authority that servers must show."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from osnp_console.app.sources.agendas import SourceFailure
from osnp_console.domain.clock import in_paris
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.source import NO_FILES, TlsFiles


@dataclass(frozen=True, slots=True)
class ClientTls:
    """A context of TLS 1.2 or later; `expires_at` is the end of the desk's certificate, None without one."""

    context: ssl.SSLContext
    expires_at: datetime | None = None


def client_tls(files: TlsFiles, key_password: str | None, now: datetime) -> ClientTls:
    """The context for a source, from its files (PEM).

    Without an authority the system's own list is trusted. Raises SourceFailure: `REFUSED` where the
    certificate's own date says that it has expired, `FAILED` where a file is missing or cannot be read.
    """
    if files == NO_FILES:
        return plain_tls()
    context = _context(files)
    if files.certificate is None:
        return ClientTls(context)
    certificate = _read(files.certificate, "certificat")
    expires_at = _expiry(certificate)
    if expires_at <= now:
        raise SourceFailure(SourceState.REFUSED, expired(expires_at, now))
    if files.key is not None:
        _read(files.key, "clé du certificat")
    try:
        # Without a password callback OpenSSL would ask for one on the terminal.
        context.load_cert_chain(files.certificate, files.key, password=lambda: key_password or "")
    except (ssl.SSLError, OSError, ValueError) as error:
        said = "clé du certificat illisible, d’un autre certificat, ou mot de passe de la clé inexact"
        raise SourceFailure(SourceState.FAILED, said) from error
    return ClientTls(context, expires_at)


@cache
def plain_tls() -> ClientTls:
    """The context of sources without files: the system's authorities are trusted.

    One for all: reading the system's list takes 30 ms.
    """
    return ClientTls(_context(NO_FILES))


def expired(expires_at: datetime, now: datetime) -> str:
    """The reason of a certificate that has expired (interface, section 10)."""
    day = in_paris(expires_at)
    said = f"{day:%d/%m}" if day.year == in_paris(now).year else f"{day:%d/%m/%Y}"
    return f"certificat expiré le {said}"


def _context(files: TlsFiles) -> ssl.SSLContext:
    if files.authority is not None:
        _read(files.authority, "certificat de l’autorité")
    try:
        context = ssl.create_default_context(cafile=files.authority)
    except (ssl.SSLError, OSError, ValueError) as error:
        raise SourceFailure(SourceState.FAILED, "certificat de l’autorité illisible") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _read(path: str, what: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise SourceFailure(SourceState.FAILED, f"{what} introuvable") from error
    except (OSError, ValueError) as error:
        raise SourceFailure(SourceState.FAILED, f"{what} illisible") from error


def _expiry(certificate: bytes) -> datetime:
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificate(certificate).not_valid_after_utc
    except ValueError as error:
        raise SourceFailure(SourceState.FAILED, "certificat illisible") from error
