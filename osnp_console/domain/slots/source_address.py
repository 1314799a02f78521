"""Which addresses the console opens or asks: https, or this very machine; never with a password inside."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import parse_qsl, urlsplit

_SECRET_PARAMETER = re.compile(
    r"passw|passphrase|^pass$|pwd|mdp|secret|token|jeton|api_?key|access_?key|signature|credential",
    re.IGNORECASE,
)
_MALFORMED = "Cette adresse est mal formée\u202f: https://hôte/chemin est attendu."
_USERINFO = (
    "L’adresse ne porte ni compte ni mot de passe\u202f: le mot de passe va dans le trousseau du poste."
)


def address_fault(url: str) -> str | None:
    """Why an address is not taken, in French; None when it is.

    Plain http is for the loopback alone, as a simulator has it (SAS protocol note, section 8.1; design,
    section 6). The sentence never repeats the address.
    """
    if not url or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return _MALFORMED
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return _MALFORMED
    if "@" in parts.netloc:
        return _USERINFO
    if not host:
        return _MALFORMED
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        return "Seules les adresses en https sont ouvertes."
    if any(_SECRET_PARAMETER.search(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        return "L’adresse porte un secret\u202f: il va dans le trousseau du poste."
    if parts.fragment:
        return "L’adresse d’une source n’a pas de «\u00a0#\u00a0»."
    return None


def is_whole_path(text: str) -> bool:
    """True for the path of a file or folder that starts at a root, on any system."""
    return text.isprintable() and (PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute())


def is_loopback(host: str) -> bool:
    """True for this very machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(url: str | None) -> str | None:
    """The host of an address, in lower case; None without one."""
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None
