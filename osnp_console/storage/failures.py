"""What a database or a disk can do wrong, told as one sentence each.

The sentences say what happened, what is kept and what to do; they hold no name, no path, no code.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from osnp_console.app.ports import StoreFailure
from osnp_console.storage.server_failures import of_server

# SQLite's primary result codes (sqlite.org/rescode.html).
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR = 3, 5, 6, 8, 10
_CORRUPT, _FULL, _CANTOPEN, _NOTADB = 11, 13, 14, 26

_SENTENCES = {
    "base_verrouillee": (
        "Un autre programme tient la base. Ce qui est saisi est gardé en mémoire ; la console essaie encore."
    ),
    "base_plus_recente": "La base vient d’une version plus récente. Mettre cette console à jour.",
    "base_endommagee": "La base est abîmée. Rien n’a été modifié. Copie : voir Réglages, Base.",
    "disque": (
        "Disque plein : l’appel en cours est gardé en mémoire. Libérer de la place, rien n’est perdu."
    ),
}
READ_ONLY = (
    "La base est en lecture seule : l’appel en cours est gardé en mémoire. "
    "Rendre le dossier de la base accessible en écriture, rien n’est perdu."
)
DISK_FAILS = (
    "Le disque de la base ne répond plus comme il faut : l’appel en cours est gardé en mémoire. "
    "Vérifier le disque, rien n’est perdu."
)
WRONG_KEY = (
    "Cette clé n’ouvre pas la base. Rien n’a été modifié. Reprendre la clé avec laquelle la base a été créée."
)
KEY_OR_DAMAGE = (
    "La base ne s’ouvre pas : la clé n’est pas la sienne, ou son début est abîmé. Rien n’a été modifié. "
    "Reprendre la bonne clé, ou restaurer une copie."
)
NOT_A_BASE = "Ce fichier n’est pas une base de la console. Rien n’a été modifié."
NOT_ENCRYPTED = "Cette base n’est pas chiffrée : la console ne l’ouvre pas. Rien n’a été modifié."
NO_BASE = "Il n’y a pas de base à cet endroit."
NO_CALL = "Cet appel n’est pas dans la base."
NO_AGENDA = "Ce carnet n’est pas dans la base."
NO_APPOINTMENT = "Ce rendez-vous n’est pas dans la base."
NO_ENTRY = "Cette inscription n’est pas dans la base."
NO_PRESCRIPTION = "Cette ordonnance n’est pas dans la base."
NO_TRANSFER = "Ce transfert n’est pas dans la base."


def failure(code: str, message: str | None = None) -> StoreFailure:
    """The failure of that code, with its usual sentence or another one."""
    return StoreFailure(code, message if message is not None else _SENTENCES[code])


def _of_code(code: int) -> StoreFailure:
    primary = code & 0xFF
    if primary in {_BUSY, _LOCKED}:
        return failure("base_verrouillee")
    if primary == _FULL:
        return failure("disque")
    if primary in {_READONLY, _CANTOPEN, _PERM}:
        return failure("disque", READ_ONLY)
    if primary == _IOERR:
        return failure("disque", DISK_FAILS)
    # Corrupt, not a database, and whatever else a base whose content is not what we wrote may answer.
    return failure("base_endommagee")


def _of_os(error: OSError) -> StoreFailure:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return failure("disque")
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return failure("disque", READ_ONLY)
    if isinstance(error, FileNotFoundError):
        return failure("introuvable", NO_BASE)
    return failure("disque", DISK_FAILS)


@contextmanager
def told() -> Iterator[None]:
    """Turns what the driver, SQLAlchemy or the disk raises inside into a StoreFailure.

    A mistake of the program itself (a wrong statement, a broken constraint) is not disguised as a failure
    of the base: it passes through.
    """
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.exc import TimeoutError as NoConnectionLeft
    from sqlcipher3 import dbapi2

    try:
        yield
    except DBAPIError as error:
        known = _of_driver(error.orig) if error.orig is not None else None
        if known is None:
            raise
        raise known from error
    except dbapi2.Error as error:
        known = _of_driver(error)
        if known is None:
            raise
        raise known from error
    except NoConnectionLeft as error:
        raise failure("base_verrouillee") from error
    except OSError as error:
        raise _of_os(error) from error


def _of_driver(error: BaseException) -> StoreFailure | None:
    """What a driver's error means; None for a mistake of the program itself."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return None if code & 0xFF in _OURS else _of_code(code)
    # Only the server's driver tells SQLSTATE; it is not imported to recognise its errors.
    return of_server(error) if hasattr(error, "sqlstate") else None


# SQLITE_ERROR, CONSTRAINT, MISMATCH, MISUSE, RANGE: the program asked for something wrong.
_OURS = frozenset({1, 19, 20, 21, 25})
