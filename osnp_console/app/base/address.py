"""Where a base is, as `--base` and the settings say it: a SQLAlchemy address without password."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import NoReturn
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from osnp_console.app.errors import Refusal

_FILE, _SERVER = "sqlite", frozenset({"postgresql", "postgres"})
_FIELD = "base"
_PORT = 5432
_CERTIFICATES = ("sslcert", "sslkey", "sslrootcert")
VERIFIED = "verify-full"
"""The one TLS mode towards another machine: encrypted, and the server's name is checked."""
_MODES_HERE = frozenset({"disable", "prefer", "require", "verify-ca", VERIFIED})
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,63}")  # PostgreSQL keeps 63 bytes of a name


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A base on a PostgreSQL server. `host` is a name, a number, or the folder of a unix socket.

    The certificates are files of this workstation; the key's must be its owner's only, which libpq checks.
    """

    user: str
    host: str
    port: int
    base: str
    sslmode: str
    sslcert: str | None = None
    sslkey: str | None = None
    sslrootcert: str | None = None

    @property
    def is_here(self) -> bool:
        """Whether what is sent never leaves this machine."""
        return _is_here(self.host)

    @property
    def text(self) -> str:
        """The address as it is typed; it holds no secret."""
        query = {name: value for name in _CERTIFICATES if (value := getattr(self, name)) is not None}
        if self.sslmode != _usual_mode(self.host):
            query["sslmode"] = self.sslmode
        if self.host.startswith("/"):
            place, query = "", {"host": self.host, **query}
        else:
            place = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port != _PORT else ""
        user = f"{quote(self.user, safe='')}@"
        asked = f"?{urlencode(query, safe='/')}" if query else ""
        return f"postgresql://{user}{place}{port}/{quote(self.base, safe='')}{asked}"


BasePlace = Path | ServerAddress
"""Where a base is: an encrypted file of this workstation, or a base on a server."""


def base_place(address: str) -> BasePlace:
    """The place of `sqlite:///dossier/console.base` or `postgresql://user@host/base`.

    Raises Refusal (`usage`). A password in the address would stay in the list of processes and in the
    shell's history.
    """
    try:
        parts = urlsplit(address)
        password, port = parts.password, parts.port
    except ValueError as error:
        raise Refusal("usage", "L’adresse de la base est mal formée.", _FIELD) from error
    if password is not None or "password=" in parts.query:
        _refuse("L’adresse de la base ne porte pas de mot de passe : le donner par --cle-fd.")
    dialect = parts.scheme.partition("+")[0]
    if dialect in _SERVER:
        return _server(parts, port)
    if dialect != _FILE:
        _refuse("L’adresse d’une base s’écrit sqlite:///dossier/fichier ou postgresql://nom@serveur/base.")
    # As SQLAlchemy reads it: three slashes and a relative path, four and an absolute one.
    path = unquote(parts.path)
    if parts.netloc or not path.startswith("/") or len(path) < 2 or path.endswith("/") or "\0" in path:
        _refuse("L’adresse d’une base de ce poste s’écrit sqlite:///dossier/fichier.")
    return Path(path[1:])


def base_text(place: BasePlace) -> str:
    """The place as it is shown and answered: the file's path, or the server's address."""
    return place.text if isinstance(place, ServerAddress) else str(place)


def _server(parts: SplitResult, port: int | None) -> ServerAddress:
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(asked.keys() - {"host", "sslmode", *_CERTIFICATES})
    if unknown:
        # Whatever else libpq takes could hold a secret, or switch off what the console relies on.
        _refuse(f"L’adresse de la base porte une option que la console n’emploie pas : {unknown[0][:20]}.")
    user, base = unquote(parts.username or ""), unquote(parts.path[1:])
    host = unquote(parts.hostname or "") or asked.get("host", "")
    if not (_NAME.fullmatch(user) and _NAME.fullmatch(base) and _NAME.fullmatch(host[:63])) or "/" in base:
        _refuse("L’adresse d’une base sur un serveur s’écrit postgresql://nom@serveur:port/base.")
    if "host" in asked and (parts.hostname or not host.startswith("/")):
        _refuse("L’option host de l’adresse nomme le dossier d’une prise locale, sans autre serveur.")
    mode = asked.get("sslmode", _usual_mode(host))
    if mode not in _MODES_HERE or (mode != VERIFIED and not _is_here(host)):
        _refuse("Vers un autre ordinateur, la liaison est toujours chiffrée et vérifiée (verify-full).")
    certificates = {name: asked.get(name) or None for name in _CERTIFICATES}
    if (certificates["sslcert"] is None) != (certificates["sslkey"] is None):
        _refuse("Un certificat de ce poste (sslcert) va avec sa clé (sslkey).")
    return ServerAddress(user, host, port or _PORT, base, mode, **certificates)


def _usual_mode(host: str) -> str:
    return "prefer" if _is_here(host) else VERIFIED


def _is_here(host: str) -> bool:
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse(message: str) -> NoReturn:
    raise Refusal("usage", message, _FIELD)
