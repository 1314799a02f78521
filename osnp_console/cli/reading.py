"""Reads what a command is given: JSON from a file or standard input, an instant."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

from osnp_console.app.errors import Refusal
from osnp_console.domain.clock import in_paris

NO_FILE = "Le fichier demandé n’existe pas."
FIRST_YEAR, LAST_YEAR = 2000, 2099


@contextmanager
def lines_of(name: str, stdin: TextIO) -> Iterator[Iterable[str]]:
    """The lines of a file, or of standard input for `-`; raises Refusal when there is no such file."""
    if name == "-":
        yield stdin
        return
    with _there():
        # A byte that is no UTF-8 is kept, and refused where its line is read.
        file = Path(name).open(encoding="utf-8", errors="surrogateescape")  # noqa: SIM115 (closed below)
    with file:
        yield file


def content_of(name: str, stdin: TextIO) -> bytes:
    """All that a file holds, or standard input for `-`; raises Refusal at `fichier` without such a file."""
    if name == "-":
        return stdin.read().encode("utf-8", errors="surrogateescape")
    with _there("fichier"):
        return Path(name).read_bytes()


@contextmanager
def _there(field: str | None = None) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, ValueError) as error:
        raise Refusal("introuvable", NO_FILE, field) from error
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise Refusal("introuvable", NO_FILE, field) from error


def read_json(name: str, stdin: TextIO) -> object:
    """One JSON document; raises Refusal `json_invalide`."""
    with lines_of(name, stdin) as lines:
        try:
            return parse_json("".join(lines))
        except UnicodeDecodeError as error:
            raise Refusal("json_invalide", "Ce n’est pas de l’UTF-8.") from error


def parse_json(text: str) -> object:
    """JSON text as values.

    Raises Refusal `json_invalide` for what is not JSON in UTF-8, a key written twice, NaN and Infinity,
    a number or a nesting that no call can mean.
    """
    try:
        text.encode("utf-8")
        return json.loads(text, object_pairs_hook=_once, parse_constant=_not_a_number)
    except UnicodeEncodeError as error:
        raise Refusal("json_invalide", "Ce n’est pas de l’UTF-8.") from error
    except RecursionError as error:
        raise Refusal("json_invalide", "JSON trop imbriqué.") from error
    except json.JSONDecodeError as error:
        where = f"ligne {error.lineno}, colonne {error.colno}"
        raise Refusal("json_invalide", f"Ce n’est pas du JSON ({where}).") from error
    except ValueError as error:  # Python's own limit on the digits of a number
        raise Refusal("json_invalide", "Un nombre est démesuré.") from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise Refusal("json_invalide", "Un champ est écrit deux fois dans le même objet.")
    return content


def _not_a_number(name: str) -> object:
    raise Refusal("json_invalide", f"« {name} » n’est pas du JSON.")


def read_instant(value: object, now: datetime) -> datetime:
    """An ISO instant on Paris's clock (naive: Paris time), or `now` for None; raises Refusal."""
    if value is None:
        return in_paris(now)
    try:
        if not isinstance(value, str):
            raise ValueError(value)
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise Refusal(
            "valeur_invalide", "Un instant s’écrit 2026-11-24T10:00:00+01:00.", "instant"
        ) from error
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise Refusal("valeur_invalide", f"Un instant de {FIRST_YEAR} à {LAST_YEAR} est attendu.", "instant")
    return in_paris(instant)
