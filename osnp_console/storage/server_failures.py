"""What a PostgreSQL server or the way to it can do wrong, told as one sentence each.

By SQLSTATE (PostgreSQL 15, appendix A), which does not depend on the server's language; an error without
one came before the server answered.
"""

from __future__ import annotations

from typing import Any

from osnp_console.app.ports import StoreFailure

GONE = (
    "Le serveur de la base ne répond plus : ce qui est saisi est gardé en mémoire ; la console essaie encore."
)
NOT_REACHED = (
    "Le serveur de la base ne répond pas. Rien n’a été modifié. Vérifier le réseau de ce poste, ou prévenir "
    "l’administrateur du serveur."
)
"""Said where nothing was typed yet: at the start, and by commands."""
SLOW = (
    "Le serveur de la base est trop lent à répondre : ce qui est saisi est gardé en mémoire ; "
    "la console essaie encore."
)
FULL_HOUSE = (
    "Le serveur de la base n’accepte plus de postes : ce qui est saisi est gardé en mémoire. "
    "Prévenir l’administrateur du serveur."
)
NOT_SURE = (
    "La liaison avec le serveur de la base ne peut pas être vérifiée : la console ne s’y connecte pas. "
    "Vérifier le certificat du serveur et celui qui le signe (sslrootcert)."
)
BUSY = "Un autre poste tient la base. Ce qui est saisi est gardé en mémoire ; la console essaie encore."
REFUSED = (
    "Le serveur de la base refuse ce poste : le nom, le mot de passe ou le certificat n’est pas le bon. "
    "Rien n’a été modifié."
)
NO_CERTIFICATE = (
    "Le certificat de ce poste ou sa clé ne peut pas être lu. Vérifier les deux fichiers : la clé n’est "
    "lisible que par son propriétaire, et va avec le certificat."
)
NO_SUCH_BASE = "Ce serveur n’a pas de base de ce nom. Rien n’a été modifié."
NOT_ALLOWED = "Le serveur de la base ne permet pas cela à ce poste. Prévenir l’administrateur du serveur."
SERVER_FULL = (
    "Le disque du serveur est plein : l’appel en cours est gardé en mémoire. "
    "Prévenir l’administrateur du serveur, rien n’est perdu."
)
SERVER_READ_ONLY = (
    "La base du serveur est en lecture seule : l’appel en cours est gardé en mémoire. "
    "Prévenir l’administrateur du serveur, rien n’est perdu."
)
SERVER_DISK = (
    "Le disque du serveur ne répond plus comme il faut : l’appel en cours est gardé en mémoire. "
    "Prévenir l’administrateur du serveur, rien n’est perdu."
)
DAMAGED = "La base du serveur est abîmée. Prévenir l’administrateur du serveur."

_STATES = {
    "57014": ("reseau", SLOW),
    "55P03": ("base_verrouillee", BUSY),
    "40P01": ("base_verrouillee", BUSY),
    "40001": ("base_verrouillee", BUSY),
    "53100": ("disque", SERVER_FULL),
    "53300": ("reseau", FULL_HOUSE),
    "25006": ("disque", SERVER_READ_ONLY),
    "42501": ("interdit", NOT_ALLOWED),
    "58030": ("disque", SERVER_DISK),
    "3D000": ("introuvable", NO_SUCH_BASE),
}
_CLASSES = {
    "08": ("reseau", GONE),
    "53": ("reseau", SLOW),
    "57": ("reseau", GONE),  # shut down, crashed, starting
    "25": ("reseau", GONE),  # the transaction was ended, for having rested too long
    "28": ("cle", REFUSED),
    "XX": ("base_endommagee", DAMAGED),
}
# libpq keeps no SQLSTATE of a refused connection. Its text comes in the server's language: what it says in
# English and French is read, anything else is a server that does not answer.
_TEXTS = (
    (("password authentication failed", "authentification par mot de passe échouée"), ("cle", REFUSED)),
    (("certificate authentication failed", "no pg_hba.conf entry", "pg_hba.conf"), ("cle", REFUSED)),
    (("no password supplied", 'role "', "rôle «"), ("cle", REFUSED)),
    (("too many", "trop de connexions", "remaining connection slots"), ("reseau", FULL_HOUSE)),
    (("starting up", "shutting down", "in recovery"), ("reseau", GONE)),
    (('database "', "base de données «"), ("introuvable", NO_SUCH_BASE)),
    (
        ("certificate verify failed", "root certificate", "server certificate for", "does not support ssl"),
        ("reseau", NOT_SURE),
    ),
    (("private key file", "certificate file"), ("cle", NO_CERTIFICATE)),
)


def of_server(error: Any) -> StoreFailure | None:
    """What an error of psycopg means; None for a mistake of the program itself."""
    state = error.sqlstate
    if state is not None:
        told = _STATES.get(state) or _CLASSES.get(state[:2])
        return _failure(*told) if told is not None else None
    if type(error).__name__ not in {"OperationalError", "InterfaceError", "ConnectionTimeout"}:
        return None
    connection = getattr(error, "pgconn", None)
    if connection is not None and getattr(connection, "needs_password", False):
        return StoreFailure("cle", REFUSED)
    text = str(error).lower()
    for words, told in _TEXTS:
        if any(word in text for word in words):
            return _failure(*told)
    return StoreFailure("reseau", GONE)


def _failure(code: str, message: str) -> StoreFailure:
    """A server that is there and lets nobody in, or that cannot be trusted, is for somebody to mend."""
    return StoreFailure(code, message, is_cut=message in (GONE, SLOW))
