"""What a client asked and what the editor answers, apart from sockets; how parameters are read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qsl

from osnp_console.domain.clock import PARIS

Json = dict[str, Any]
"""A FHIR resource or a part of one."""

FHIR_JSON = "application/fhir+json"
_JSON_TYPES = frozenset({FHIR_JSON, "application/json+fhir", "application/json"})
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `path` and `query` are decoded, header names lower case, `raw` the target as it came."""

    method: str
    path: str
    query: Sequence[tuple[str, str]]
    headers: Mapping[str, str]
    body: bytes = b""
    raw: str = ""

    def values(self, name: str) -> list[str]:
        """Every value of a parameter, in order."""
        return [value for key, value in self.query if key == name]

    @property
    def route(self) -> tuple[str, ...]:
        """The parts of the path."""
        return tuple(part for part in self.path.split("/") if part)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: a resource as JSON, or nothing; `content` instead is bytes of `content_type`."""

    status: int
    resource: Json | None = None
    headers: tuple[tuple[str, str], ...] = ()
    content: bytes | None = None
    content_type: str = f"{FHIR_JSON}; charset=utf-8"
    owners: Sequence[str | None] = field(default=())
    """Of each entry of a bundle, the RPPS or SIRET it belongs to."""


class Refused(Exception):
    """The editor does not do what was asked; `answer` says why as an OperationOutcome."""

    def __init__(self, status: int, code: str, text: str, *headers: tuple[str, str]) -> None:
        super().__init__(text)
        self.answer = Answer(status, outcome(code, text), headers)


def outcome(code: str, text: str) -> Json:
    """An OperationOutcome with one error; `code` is of FHIR's issue types."""
    return {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": code, "diagnostics": text}],
    }


def read_query(text: str) -> list[tuple[str, str]]:
    """A query string's parameters in order; a raw `+` is a blank, as most servers read it."""
    return parse_qsl(text, keep_blank_values=True)


def read_instant(text: str, *, end: bool = False) -> datetime:
    """A FHIR date or dateTime of a search; without offset it is Paris time, a day alone its first instant.

    With `end`, a day alone is its last millisecond. Raises Refused (400) for anything else, a `+` that was
    not percent-encoded among them.
    """
    if not _INSTANT.fullmatch(text):
        raise Refused(
            400, "value", f"Instant illisible dans start : {text!r} (le + d’un décalage se code %2B)."
        )
    try:
        if "T" not in text:
            day = datetime.combine(date.fromisoformat(text), time(), PARIS)
            return day + timedelta(days=1, milliseconds=-1) if end else day
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(400, "value", f"Instant qui n’existe pas dans start : {text!r}.") from error
    return found if found.tzinfo is not None else found.replace(tzinfo=PARIS)


def read_window(starts: Sequence[str]) -> tuple[datetime, datetime]:
    """The bounds of `start`, one `ge` and one `le`, both required (SAS note, section 2.1)."""
    lower = [text[2:] for text in starts if text.startswith("ge")]
    upper = [text[2:] for text in starts if text.startswith("le")]
    if len(lower) != 1 or len(upper) != 1 or len(starts) != 2:
        raise Refused(400, "required", "Il faut start deux fois : une borne ge et une borne le.")
    return read_instant(lower[0]), read_instant(upper[0], end=True)


def read_identifiers(texts: Sequence[str], system: str, most: int) -> list[str]:
    """The values of `system|value` tokens, commas meaning "or".

    Raises Refused (400) without any, or beyond `most`.
    """
    tokens = [token for text in texts for token in text.split(",") if token]
    if not tokens:
        raise Refused(400, "required", "Il faut au moins un identifiant.")
    if len(tokens) > most:
        raise Refused(400, "too-costly", f"Au plus {most} identifiants par recherche.")
    values = []
    for token in tokens:
        found, bar, value = token.partition("|")
        if not bar or found != system:
            raise Refused(400, "value", f"Un identifiant s’écrit {system}|valeur.")
        values.append(value)
    return values


def accepts_json(asked: Asked) -> bool:
    """Whether FHIR JSON may be sent back, whatever way the media type is spelled (SAS note, section 12.1)."""
    wanted = asked.headers.get("accept", "*/*")
    types = {part.partition(";")[0].strip().lower() for part in wanted.split(",")}
    return bool(types & (_JSON_TYPES | {"*/*", "application/*"}))


def read_body(asked: Asked, kind: str) -> Json:
    """The resource of a POST or PUT; raises Refused: 415, 400 for what is no JSON or another resource."""
    sent = asked.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent not in _JSON_TYPES:
        raise Refused(415, "not-supported", "Le corps doit être du JSON FHIR.")
    try:
        found = json.loads(asked.body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "structure", "Le corps n’est pas du JSON.") from error
    if not isinstance(found, dict) or found.get("resourceType") != kind:
        raise Refused(400, "structure", f"Il faut une ressource {kind}.")
    return found


def read_token(asked: Asked, *names: str) -> tuple[str, str]:
    """The one `system|value` of a conditional request; raises Refused (400) without it."""
    found = [value for name in names for value in asked.values(name)]
    system, bar, value = found[0].partition("|") if len(found) == 1 else ("", "", "")
    if not (bar and value):
        raise Refused(400, "required", "Il faut identifier=système|valeur, une fois.")
    return system, value
