"""The address of a booking page, made fit to be opened, or refused (SAS protocol note, section 8.1)."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import quote, unquote, urlsplit, urlunsplit

ORIGIN = "origin"
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\<>\"^`{|}]")


def booking_url(comment: str, origin_value: str | None, allowed_hosts: Collection[str]) -> str | None:
    """The page to open for a slot; None where it must not be opened.

    Only https (http on this machine itself, for a simulator), without user name, on a host of the list: an
    entry is a host (`rdv.exemple.fr`), a host with its port where that is not 443, or `*.exemple.fr` for the
    hosts under it. Query and fragment are kept as they are; `origin` is said once, with `origin_value`, and
    left alone where that is None or empty.
    """
    text = comment.strip()
    if not text or _UNSAFE.search(text):
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname or "@" in parts.netloc:
        return None
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
        return None
    if not _is_allowed(parts.hostname, port, allowed_hosts):
        return None
    query = _with_origin(parts.query, origin_value) if origin_value else parts.query
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))


def _with_origin(query: str, value: str) -> str:
    others = [one for one in query.split("&") if one and unquote(one.partition("=")[0]).casefold() != ORIGIN]
    return "&".join([*others, f"{ORIGIN}={quote(value, safe='')}"])


def _is_allowed(host: str, port: int | None, allowed_hosts: Collection[str]) -> bool:
    name = host.rstrip(".").lower()
    # A simulator on this machine answers on whatever port was free.
    shown = name if port in (None, 443) or name in _THIS_MACHINE else f"{name}:{port}"
    for entry in (one.strip().lower().rstrip(".") for one in allowed_hosts):
        if entry == shown or (entry.startswith("*.") and shown.endswith(entry[1:])):
            return True
    return False
