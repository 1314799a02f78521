"""Accounts of regulators and OSNP at the editor, INT_R02 (SAS protocol note, section 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from osnp_console.connectors.simulator import codes
from osnp_console.connectors.simulator.asking import Answer, Asked, Json, Refused, read_body, read_token

_SYSTEM_OF = {"IDNPS": codes.PERSON_SYSTEM, "INTRN": codes.TECHNICAL_SYSTEM}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")


class Accounts:
    """The accounts by the id the editor gave them."""

    def __init__(self) -> None:
        self._kept: dict[str, Json] = {}

    def read(self, id_: str) -> Answer:
        """One account; raises Refused (404)."""
        if id_ not in self._kept:
            raise Refused(404, "not-found", "Ce compte n’existe pas.")
        return Answer(200, self._kept[id_])

    def has(self, id_: str) -> bool:
        """Whether an account has that id."""
        return id_ in self._kept

    def create(self, asked: Asked, base: str) -> Answer:
        """POST: a new account; raises Refused: 400 malformed, 422 a rule, an identifier in use among them."""
        body = _checked(asked)
        self._refuse_held(body, besides=None)
        return self._keep(f"compte-{len(self._kept) + 1}", body, base, 201)

    def update(self, asked: Asked, base: str) -> Answer:
        """PUT by identifier: the account changes, or is created where nobody has that identifier."""
        token = read_token(asked, "identifier")
        body = _checked(asked)
        held = self._holder(token)
        self._refuse_held(body, besides=held)
        if held is None:
            return self._keep(f"compte-{len(self._kept) + 1}", body, base, 201)
        return self._keep(held, body, base, 200)

    def _keep(self, id_: str, body: Json, base: str, status: int) -> Answer:
        self._kept[id_] = {**body, "id": id_}
        return Answer(status, self._kept[id_], (("Location", f"{base}/Practitioner/{id_}"),))

    def _refuse_held(self, body: Json, besides: str | None) -> None:
        """A deactivated account's identifier may be given to another (section 7)."""
        for token in _tokens(body):
            holder = self._holder(token)
            if holder is not None and holder != besides and self._kept[holder]["active"] and body["active"]:
                raise Refused(422, "duplicate", "Un compte actif a déjà cet identifiant.")

    def _holder(self, token: tuple[str, str]) -> str | None:
        """Who has an identifier: the active account, else the last that had it."""
        having = [id_ for id_, kept in self._kept.items() if token in set(_tokens(kept))]
        active = [id_ for id_ in having if self._kept[id_]["active"]]
        return next(iter([*active, *reversed(having)]), None)


def _tokens(account: Json) -> Iterator[tuple[str, str]]:
    for one in account["identifier"]:
        yield one["system"], one["value"]


def _checked(asked: Asked) -> Json:
    body = read_body(asked, "Practitioner")
    fault = next(_faults(body), None)
    if fault is not None:
        raise Refused(422, "invariant", fault)
    return body


def _faults(body: Json) -> Iterator[str]:
    identifiers, names, telecoms = (_objects(body.get(name)) for name in ("identifier", "name", "telecom"))
    if not identifiers:
        yield "Il faut un identifiant."
    for one in identifiers:
        yield from _identifier_faults(one)
    if not isinstance(body.get("active"), bool):
        yield "Il faut active, vrai ou faux."
    if not names:
        yield "Il faut un nom."
    for name in names:
        if not _text(name.get("family")):
            yield "Le nom est vide."
        given = name.get("given")
        if not (isinstance(given, list) and given and all(_text(one) for one in given)):
            yield "Le prénom est vide."
    if not telecoms:
        yield "Il faut une adresse électronique."
    for telecom in telecoms:
        if telecom.get("system") != "email":
            yield "Seule une adresse électronique (system email) est attendue."
        if not _MAIL.fullmatch(_text(telecom.get("value"))):
            yield "L’adresse électronique est vide ou n’en est pas une."


def _identifier_faults(one: Json) -> Iterator[str]:
    type_ = one.get("type")
    coding = _objects(type_.get("coding")) if isinstance(type_, dict) else []
    codes_ = [code.get("code") for code in coding]
    system, value = one.get("system"), _text(one.get("value"))
    if len(codes_) != 1 or _SYSTEM_OF.get(str(codes_[0])) != system:
        yield "Le type de l’identifiant ne va pas avec son système."
    elif not value:
        yield "L’identifiant est vide."
    elif system == codes.TECHNICAL_SYSTEM and not _UUID.fullmatch(value):
        yield "L’identifiant technique doit être un UUID."


def _objects(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
