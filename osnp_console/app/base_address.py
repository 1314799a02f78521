"""Where a base is, as `--base` and the settings say it: a SQLAlchemy address without password."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from osnp_console.app.errors import Refusal

_FILE = "sqlite"
_FIELD = "base"


def base_file(address: str) -> Path:
    """The file of `sqlite:///dossier/console.base`; raises Refusal (`usage`).

    A password in the address would stay in the list of processes and in the shell's history.
    """
    try:
        parts = urlsplit(address)
        password = parts.password
    except ValueError as error:
        raise Refusal("usage", "L’adresse de la base est mal formée.", _FIELD) from error
    if password is not None or "password=" in parts.query:
        raise Refusal(
            "usage", "L’adresse de la base ne porte pas de mot de passe : le donner par --cle-fd.", _FIELD
        )
    dialect = parts.scheme.partition("+")[0]
    if dialect != _FILE:
        raise Refusal("usage", "L’adresse d’une base s’écrit sqlite:///dossier/fichier.", _FIELD)
    # As SQLAlchemy reads it: three slashes and a relative path, four and an absolute one.
    path = unquote(parts.path)
    if parts.netloc or not path.startswith("/") or len(path) < 2 or path.endswith("/") or "\0" in path:
        raise Refusal("usage", "L’adresse d’une base s’écrit sqlite:///dossier/fichier.", _FIELD)
    return Path(path[1:])
